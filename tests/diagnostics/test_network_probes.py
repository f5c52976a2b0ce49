"""The network lane against servers of our own on the loopback interface; nothing else is asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.linux import network as linux_network
from desktop.diagnostics.linux.network import parse_resolv
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Probe, partial
from desktop.diagnostics.probes import name_service, network, portal, quality, reach, time_server
from desktop.diagnostics.probes.network import parse_proxy
from desktop.diagnostics.routes import ipv4_defaults, ipv6_defaults
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.targets import (
    DEFAULT_TARGETS,
    MAX_OF_A_KIND,
    NO_TARGETS,
    SYSTEM_PAGE,
    CompanyTarget,
    TargetKind,
    Targets,
    read_targets,
    targets_document,
)
from tests.diagnostics.servers import (
    LOOPBACK,
    binding_answer,
    closed_port,
    connections,
    datagrams,
    name_answer,
    time_answer,
)

PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without a proxy, whatever the machine of the test has."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


MakeScript = Callable[[bool | None, Targets], dict]


@pytest.fixture
def has_script_is(monkeypatch: pytest.MonkeyPatch) -> MakeScript:
    """Return a run of `net_reach` on a Linux desktop with a script or none, or on one that keeps its settings back."""

    def settings(machine: Machine) -> linux_network.Proxy:
        raise partial("silent", {})

    def run(has_script: bool | None, targets: Targets) -> dict:
        made = linux_network.Proxy(None, has_script=bool(has_script), has_exceptions=False)
        if has_script is None:
            monkeypatch.setattr(linux_network, "desktop_proxy", settings)
        ready = {linux_network.desktop_proxy: made} if has_script is not None else {}
        machine = Machine(platform="linux", targets=targets, root="/nowhere", window=0.0, made=ready)
        result = guarded(reach.read_net_reach, machine)
        return result["facts"] | {"status": result["status"]}

    return run


def facts(probe: Probe, targets: Targets = NO_TARGETS, *, root: str = "/nowhere") -> dict:
    """Run one probe as the collector does, on a machine without files of its own."""
    result = guarded(probe, Machine(platform="linux", targets=targets, root=root, window=0.0))
    found = result["facts"]
    assert isinstance(found, dict)
    return found | {"status": result["status"], "reason": result["reason"]}


def test_reach_tells_open_from_refused() -> None:
    """One open target is enough for "the Internet is there"; each keeps its own outcome."""
    with connections() as port:
        found = facts(reach.read_net_reach, Targets(internet=((LOOPBACK, port), (LOOPBACK, closed_port()))))
    assert [one["outcome"] for one in found["internet"]] == ["open", "refused"]
    assert found["is_internet_reachable"] is True
    assert found["gateway_answers"] is None
    assert found["proxy_answers"] is None


def test_reach_says_no_only_when_all_targets_fail() -> None:
    """Both closed: unreachable. None configured: not known."""
    both = Targets(internet=((LOOPBACK, closed_port()), (LOOPBACK, closed_port())))
    assert facts(reach.read_net_reach, both)["is_internet_reachable"] is False
    assert facts(reach.read_net_reach)["is_internet_reachable"] is None


@pytest.mark.parametrize("is_open", [True, False])
def test_behind_a_proxy_the_direct_way_may_be_closed(monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
    """Many companies let nobody out past their proxy: while that answers nobody knows whether the Internet does."""
    with connections() as port:
        monkeypatch.setenv("https_proxy", f"http://{LOOPBACK}:{port if is_open else closed_port()}/")
        found = facts(reach.read_net_reach, Targets(internet=((LOOPBACK, closed_port()),)))
    assert found["is_internet_reachable"] is (None if is_open else False)


@pytest.mark.parametrize("has_script", [True, False, None])
def test_with_a_script_nobody_knows_the_way_of_programs(has_script: bool | None, has_script_is: MakeScript) -> None:
    """A script (PAC) may lead programs out by a proxy that is written nowhere else; unread settings may name one."""
    found = has_script_is(has_script, Targets(internet=((LOOPBACK, closed_port()),)))
    assert found["is_internet_reachable"] is (None if has_script is not False else False)
    assert found["status"] == "ok"


def test_what_is_asked_in_turn_fits_into_the_deadline() -> None:
    """With room for a slow start: a silent time server must not cost the date of a web server that answered."""
    clock, names = time_server.read_time_drift.deadline, name_service.read_net_resolve.deadline
    assert clock - (time_server.ASKING + time_server.PATIENCE) > 0.5
    assert names - (linux_network.PATIENCE + name_service.PATIENCE) > 0.5


@pytest.mark.parametrize("is_open", [True, False])
def test_a_configured_proxy_is_tried(monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
    """The proxy of the environment answers or not; its password is never a fact."""
    with connections() as port:
        chosen = port if is_open else closed_port()
        monkeypatch.setenv("https_proxy", f"http://anna:geheim@{LOOPBACK}:{chosen}/")
        assert facts(reach.read_net_reach)["proxy_answers"] is is_open
        found = facts(network.read_net_proxy)
    assert (found["host"], found["port"]) == (LOOPBACK, chosen)
    assert "geheim" not in str(found)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", None),
        ("http://proxy.firma.example:3128/", ("proxy.firma.example", 3128)),
        ("socks5://user:p@ss@10.0.0.1:1080", ("10.0.0.1", 1080)),
        ("proxy", ("proxy", 80)),
        ("http://[fd00::7]:8080", ("fd00::7", 8080)),
        ("http://", None),
        ("::::", None),
    ],
)
def test_proxy_values(value: str, found: tuple[str, int] | None) -> None:
    """The forms that people write, and some that they should not."""
    assert parse_proxy(value) == found


@pytest.mark.parametrize("code", [0, 3])
def test_a_name_server_that_answers_lives(code: int) -> None:
    """Also "no such name" is an answer."""
    with datagrams(lambda question: name_answer(question, code=code)) as port:
        assert name_service.ask_server(LOOPBACK, "www.beispiel.example", port=port) is not None


@pytest.mark.parametrize("answer", [b"", b"short", b"\0" * 40])
def test_a_name_server_that_lies_does_not(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer to another question, or none of the protocol, counts as none."""
    monkeypatch.setattr(name_service, "PATIENCE", 0.3)
    with datagrams(lambda _: answer) as port:
        assert name_service.ask_server(LOOPBACK, "www.beispiel.example", port=port) is None


def test_a_dead_name_server_is_told_by_its_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens: no answer, and no exception."""
    monkeypatch.setattr(name_service, "PATIENCE", 0.3)
    with datagrams(lambda _: None) as port:
        assert name_service.ask_server(LOOPBACK, "www.beispiel.example", port=port) is None
    assert name_service.ask_server(LOOPBACK, "www.beispiel.example", port=closed_port()) is None


def test_names_are_resolved_through_the_system() -> None:
    """A name that every machine knows, without a server of the machine to ask."""
    found = facts(name_service.read_net_resolve, Targets(names=("localhost",)))
    assert found["names_resolved"] == 1
    assert found["names"][0]["is_resolved"] is True
    assert found["median_ms"] == found["names"][0]["answer_ms"]
    assert facts(name_service.read_net_resolve)["reason"] == "no_targets"


@pytest.mark.parametrize("ahead", [-400.0, 0.0, 400.0])
def test_the_clock_is_compared_with_a_server(ahead: float) -> None:
    """The offset is the server's clock minus ours."""
    with datagrams(lambda question: time_answer(question, moment=time.time() + ahead)) as port:
        found = facts(time_server.read_time_drift, Targets(time_servers=((LOOPBACK, port),)))
    assert found["offset_s"] == pytest.approx(ahead, abs=5)
    assert found["offset_abs_s"] == abs(found["offset_s"])
    assert found["server"] == LOOPBACK


@pytest.mark.parametrize(("stratum", "mode"), [(0, 4), (2, 3)])
def test_an_unset_or_foreign_time_answer_counts_as_none(stratum: int, mode: int) -> None:
    """A server that says it has no time, or a packet of a client, is no witness."""
    with datagrams(lambda question: time_answer(question, moment=0.0, stratum=stratum, mode=mode)) as port:
        found = facts(time_server.read_time_drift, Targets(time_servers=((LOOPBACK, port),)))
    assert found["status"] == "partial"
    assert "offset_s" not in found


def test_a_web_servers_date_stands_in_for_a_time_server() -> None:
    """To the second, and only where no time server answers."""
    ahead = time.time() + 400
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(ahead))
    with connections(f"HTTP/1.1 200 OK\r\nDate: {date}\r\n\r\nsuccess".encode()) as page:
        portal_page = f"http://{LOOPBACK}:{page}/"
        dead = Targets(time_servers=((LOOPBACK, closed_port()),), portal=portal_page)
        found = facts(time_server.read_time_drift, dead)
        assert (found["source"], found["server"]) == ("http", LOOPBACK)
        assert found["offset_s"] == pytest.approx(400, abs=5)
        with datagrams(lambda question: time_answer(question, moment=time.time() - 90)) as port:
            both = facts(time_server.read_time_drift, Targets(time_servers=((LOOPBACK, port),), portal=portal_page))
    assert (both["source"], round(both["offset_s"] / 10)) == ("ntp", -9)
    with connections(b"HTTP/1.1 200 OK\r\nDate: yesterday\r\n\r\n") as page:
        vague = Targets(time_servers=((LOOPBACK, closed_port()),), portal=f"http://{LOOPBACK}:{page}/")
        assert facts(time_server.read_time_drift, vague)["status"] == "partial"


def test_time_stamps_survive_their_turn_in_2036() -> None:
    """The 32 bits of seconds start again in 2036; the nearest turn is meant."""
    later = 2085978496 + 1000.0
    question = bytes(48)
    answer = time_answer(question, moment=later)
    assert time_server.offset(answer, question, sent=later, arrived=later) == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("answer", "is_captive"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\nsuccess\n", False),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>Willkommen im Hotel</html>", True),
        (b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n", True),
        (b"220 mail ready\r\n", None),
    ],
)
def test_a_sign_in_page_shows_itself(answer: bytes, is_captive: bool | None) -> None:
    """The known page, another page, a redirection, and something that is no web server."""
    with connections(answer) as port:
        found = facts(portal.read_net_portal, Targets(portal=f"http://{LOOPBACK}:{port}/success.txt"))
    assert found.get("is_captive") is is_captive


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_each_system_has_a_page_of_its_own(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The maker's page has its own words, and those of another maker are somebody in between."""
    page, words = portal.SYSTEM_PAGES[platform]
    body = f"<HTML><HEAD><TITLE>Success</TITLE></HEAD>{words}</HTML>" if words.startswith("<") else f"{words}\n"
    with connections(f"HTTP/1.1 200 OK\r\n\r\n{body}".encode()) as port:
        own = f"http://{LOOPBACK}:{port}/{page.rpartition('/')[2]}"
        monkeypatch.setitem(portal.SYSTEM_PAGES, platform, (own, words))
        machine = Machine(platform=platform, targets=Targets(portal=SYSTEM_PAGE), window=0.0)
        assert guarded(portal.read_net_portal, machine)["facts"] == {"is_captive": False, "code": 200}
        assert facts(portal.read_net_portal, Targets(portal=own, portal_text="andere"))["is_captive"] is True


def test_a_portal_test_without_target_or_answer() -> None:
    """Switched off, of another form, or nobody there."""
    assert facts(portal.read_net_portal)["status"] == "unsupported"
    assert facts(portal.read_net_portal, Targets(portal="https://x.example/"))["status"] == "unsupported"
    gone = Targets(portal=f"http://{LOOPBACK}:{closed_port()}/")
    assert facts(portal.read_net_portal, gone)["status"] == "partial"


def test_questions_are_asked_side_by_side_and_late_ones_are_left() -> None:
    """A question that hangs costs the deadline once, a failing one nothing."""
    with datagrams(lambda _: None):
        answers = ask_all(lambda one: 1 / one if one else _fail(), [1, 0, 2], deadline=5.0)
    assert answers == [1.0, None, 0.5]


def _fail() -> float:
    raise OSError


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    """RFC 6761: names below .invalid never resolve."""
    assert connect("nowhere.invalid", 443, deadline=2.0)[0] in ("unreachable", "timeout")


def test_a_meeting_services_line_is_measured() -> None:
    """Every third packet is lost; the round trips of the others are known."""
    seen: list[bytes] = []

    def answer(request: bytes) -> bytes | None:
        seen.append(request)
        return None if len(seen) % 3 == 0 else binding_answer(request)

    with datagrams(answer) as port:
        found = facts(quality.read_net_quality, Targets(meeting=("localhost", port)))
    assert (found["sent"], found["received"], found["loss_percent"]) == (10, 7, 30.0)
    assert 0 <= found["rtt_ms"] < 1000
    assert found["jitter_ms"] >= 0
    assert len(set(seen)) == 10


@pytest.mark.parametrize("answer", [None, b"", b"x" * 32])
def test_a_meeting_service_that_is_none(answer: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence or packets of another protocol: not known, as a firewall looks the same."""
    monkeypatch.setattr(quality, "PATIENCE", 0.1)
    with datagrams(lambda _: answer) as port:
        found = facts(quality.read_net_quality, Targets(meeting=(LOOPBACK, port)))
    assert (found["status"], found["reason"], found["received"]) == ("partial", "no_answer", 0)
    assert "loss_percent" not in found
    refused = facts(quality.read_net_quality, Targets(meeting=(LOOPBACK, closed_port())))
    assert (refused["reason"], refused["sent"]) == ("no_answer", 10)
    lost = facts(quality.read_net_quality, Targets(meeting=("nowhere.invalid", 1)))
    assert (lost["status"], lost["reason"]) == ("partial", "no_address")
    assert facts(quality.read_net_quality)["status"] == "unsupported"


def test_the_companys_servers_are_tried() -> None:
    """Each with its kind; what is refused counts as not reachable, and each address is dialled once."""
    closed = closed_port()
    with connections() as port:
        company = (
            CompanyTarget(TargetKind.FILE, "Daten", LOOPBACK, port),
            CompanyTarget(TargetKind.MAIL, "Post", LOOPBACK, closed, is_behind_vpn=True),
        )
        found = facts(reach.read_net_reach, Targets(company=company))
    rows = [(one["kind"], one["outcome"], one["is_reachable"], one["is_behind_vpn"]) for one in found["company"]]
    assert rows == [("file", "open", True, False), ("mail", "refused", False, True)]
    assert found["company_unreachable"] == 1


def test_a_dead_name_server_differs_from_a_wrong_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same lost name: nobody answers, the server says no, or the server knows what the system does not ask for."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "resolv.conf").write_text(f"nameserver {LOOPBACK}\n")
    monkeypatch.setattr(name_service, "PATIENCE", 0.3)
    wanted = Targets(company_names=("intranet.invalid",))
    causes = []
    for answer in (None, 3, 2, 0):
        with datagrams(lambda asked, code=answer: None if code is None else name_answer(asked, code=code)) as port:
            monkeypatch.setattr(name_service.ask_server, "__kwdefaults__", {"port": port})
            found = facts(name_service.read_net_resolve, wanted, root=str(tmp_path))
        assert found["names"][0]["is_company"] is True
        assert found["names"][0]["is_resolved"] is False
        causes.append((found["names"][0]["cause"], found["servers"][0]["answers"], found["servers_answering"]))
    assert causes == [
        ("servers_silent", False, 0), ("no_such_name", True, 1), ("servers_failing", True, 1),
        ("name_found_by_server", True, 1),
    ]  # fmt: skip
    assert (found["names_resolved"], found["company_resolved"], found["servers"][0]["knows_company"]) == (0, 0, True)


FULL = Targets(
    internet=(("a", 1),), names=("b",), time_servers=(("c", 123), ("ptbtime1.ptb.de", 123)), portal="http://d/",
    portal_text="da", company=(CompanyTarget(TargetKind.VPN, "Tor", "e", 2, is_behind_vpn=True),), company_names=("f",),
    meeting=("g", 3), wifi_key="00ff", wifi_marks=("h",), asks_portal=False,
)  # fmt: skip


def test_targets_travel_as_a_document() -> None:
    """What the caller configures arrives in the collector, through JSON."""
    assert read_targets(json.loads(json.dumps(targets_document(FULL)))) == FULL
    assert read_targets({}) == NO_TARGETS
    assert targets_document(FULL)["version"] == 1


def test_targets_of_a_later_version_are_read() -> None:
    """What this version does not know is passed over; endless lists are cut."""
    document = targets_document(FULL) | {"version": 2, "news": {"x": 1}, "names": ["n"] * 99}
    document["company"] = [{"kind": "fax", "name": "x", "host": "y", "port": 9, "colour": "red"}]
    found = read_targets(document)
    assert found.company == (CompanyTarget(TargetKind.OTHER, "x", "y", 9),)
    assert len(found.names) == MAX_OF_A_KIND
    assert found.meeting == FULL.meeting


@pytest.mark.parametrize(
    "wrong",
    [{"internet": 7}, {"internet": [["a"]]}, {"names": 3}, {"names": "abc"}, {"time_servers": [["a", "b"]]},
     {"internet": [["a", 70000]]}, {"company": [{"kind": "file"}]}, {"company": ["x"]}, {"wifi_key": "zz"},
     {"meeting": ["a", 0]}],
)  # fmt: skip
def test_targets_that_are_none_of_ours(wrong: dict[str, object]) -> None:
    """A clear error instead of half the targets."""
    with pytest.raises(ValueError, match=r"."):
        read_targets(wrong)


def test_switches_decide_whom_a_probe_sees() -> None:
    """No portal: only that. No third parties: the company's own servers, names and clock remain."""
    assert Machine(targets=FULL).targets == FULL._replace(portal="")
    alone = Machine(targets=FULL._replace(asks_third_parties=False)).targets
    assert alone == FULL._replace(
        internet=(), names=(), time_servers=(("c", 123),), portal="", meeting=None, asks_third_parties=False
    )
    assert Machine(targets=DEFAULT_TARGETS).targets == DEFAULT_TARGETS


def test_routes_of_the_kernel() -> None:
    """The cheapest default comes first; host routes and unreachable defaults are none."""
    ipv4 = (
        "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n"
        "wlan0 00000000 0104A8C0 0003 0 0 600 00000000 0 0 0\n"
        "eth0 00000000 FE04A8C0 0003 0 0 100 00000000 0 0 0\n"
        "eth0 0004A8C0 00000000 0001 0 0 100 00FFFFFF 0 0 0\n"
        "ppp0 00000000 00000000 0001 0 0 700 00000000 0 0 0\n"
    )
    assert ipv4_defaults(ipv4) == [("192.168.4.254", "eth0"), ("192.168.4.1", "wlan0"), ("", "ppp0")]
    zero = "0" * 32
    gateway = "fe80000000000000000000000000abcd"
    ipv6 = (
        f"{zero} 00 {zero} 00 {gateway} 00000400 00000001 00000000 00000003 eth0\n"
        f"{zero} 00 {zero} 00 {zero} ffffffff 00000001 00000000 00200200 lo\n"
    )
    assert ipv6_defaults(ipv6) == [("fe80::abcd", "eth0")]
    assert ipv4_defaults("") == ipv6_defaults("") == []


def test_resolv_conf() -> None:
    """Servers and search names; comments and unknown lines are passed over."""
    content = (
        "# a\n; b\nnameserver 192.168.4.1\nnameserver fd00::1 \nsearch firma.example lan\noptions edns0\nnameserver\n"
    )
    assert parse_resolv(content) == (["192.168.4.1", "fd00::1"], ["firma.example", "lan"])
