"""What changed between two snapshots: by kind, without noise, ranked, and honest about what nobody compared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.base.clock import to_text
from desktop.base.texts import load_texts
from desktop.diagnostics.change_words import change_line, kind_title
from desktop.diagnostics.comparison import compare, compare_flat
from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.flat import flatten
from desktop.diagnostics.probe import Kind
from desktop.diagnostics.ranking import CATEGORY_PROBES, Concern, concern_of
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.watched import IGNORED, WATCHED
from desktop.domain.change import Change, ChangeAct, ChangeKind, Differences, Relevance
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.domain.ticket import CATEGORIES

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def snapshot(day: int = 0, *, status: ProbeStatus = ProbeStatus.OK, **facts: dict[str, Any]) -> Snapshot:
    """A snapshot of the given day."""
    return holding(facts, day, status)


def holding(facts: dict[str, dict[str, Any]], day: int, status: ProbeStatus = ProbeStatus.OK) -> Snapshot:
    probes = {name: ProbeResult(status, values) for name, values in facts.items()}
    return Snapshot(to_text(START + timedelta(days=day)), "full", probes)


def differences(before: dict[str, Any], after: dict[str, Any], probe: str) -> Differences:
    return compare(holding({probe: before}, 0), holding({probe: after}, 1))


def lines(found: Differences) -> list[str]:
    texts = load_texts("en")
    return [change_line(one, texts) for one in found.changes]


def programs(*rows: tuple[str, str]) -> dict[str, Any]:
    return {"programs": [{"name": name, "version": version, "source": "registry"} for name, version in rows]}


def test_every_declared_field_is_compared_or_left_alone_for_a_reason() -> None:
    """Whoever adds a field says in `watched` what a change of it means."""
    declared: set[str] = set()
    for probe in PROBES:
        for one in probe.fields:
            path = f"{probe.id}.{one.name}"
            is_open = one.kind is Kind.TABLE and path not in IGNORED
            declared |= {f"{path}.{column.name}" for column in one.columns} if is_open else {path}
    named: set[str] = set()
    for watched in WATCHED:
        prefix = f"{watched.probe}.{watched.table}" if watched.table else watched.probe
        columns = {*watched.fields, *watched.key, watched.shown, watched.dated, watched.without} - {"", "subnet"}
        named |= {f"{prefix}.{name}" for name in columns}
    assert declared - named - IGNORED.keys() == set(), "neither in WATCHED nor in IGNORED of diagnostics/watched.py"
    assert named - declared == set(), "no probe declares it"
    assert IGNORED.keys() - declared == set(), "no probe declares it"


def test_programs_come_go_and_are_updated() -> None:
    before = programs(("Firefox", "128.0"), ("Zoom", "6.1"), ("7-Zip 23.01 (x64)", "23.01"))
    after = programs(("Firefox", "129.0"), ("HP Smart", "1.0"), ("7-Zip 24.08 (x64)", "24.08"))
    found = differences(before, after, "software")
    assert lines(found) == [
        "New: HP Smart (1.0)",
        "Removed: Zoom (6.1)",
        "7-Zip (x64): Version: 23.01 → 24.08",
        "Firefox: Version: 128.0 → 129.0",
    ]
    assert {one.kind for one in found.changes} == {ChangeKind.SOFTWARE}
    assert [one.rank for one in found.changes] == [1, 2, 3, 4]


def test_the_order_of_a_list_is_no_change() -> None:
    rows = [("A", "1.0"), ("B", "2.0"), ("B", "3.0")]
    assert differences(programs(*rows), programs(*reversed(rows)), "software").changes == ()


def test_the_second_of_two_equal_things_is_a_thing_of_its_own() -> None:
    one = {"name": "Dock", "vendor_id": "17ef", "product_id": "30b0", "class_name": "hub", "is_hub": False}
    found = differences({"devices": [one]}, {"devices": [one, one]}, "usb")
    assert [(each.act, each.subject) for each in found.changes] == [(ChangeAct.ADDED, "Dock")]


def test_a_part_of_another_program_is_minor() -> None:
    found = differences(programs(("libssl3", "3.0.1")), programs(("libssl3", "3.0.2")), "software")
    assert found.changes == ()
    assert [one.subject for one in found.minor] == ["libssl3"]


@pytest.mark.parametrize(
    ("before", "after", "is_change"),
    [
        (60.0, 52.0, False),  # same class
        (21.0, 19.0, False),  # another class, but less than a fifth
        (21.0, 15.0, True),
        (12.0, 4.0, True),
        (5.1, 4.9, False),
        (30.0, 22.0, False),
    ],
)
def test_numbers_count_with_a_fifth_and_another_class(before: float, after: float, is_change: bool) -> None:
    def disks(percent: float) -> dict[str, Any]:
        return {"volumes": [{"mount": "C:\\", "filesystem": "NTFS", "total_bytes": 10**11, "free_percent": percent}]}

    found = differences(disks(before), disks(after), "disks")
    assert [one.field for one in found.changes] == (["free_percent"] if is_change else [])
    assert all(one.kind is ChangeKind.STATE for one in found.changes)


def test_what_moves_by_itself_is_no_change() -> None:
    def facts(number: int) -> Snapshot:
        return snapshot(
            number,
            uptime={"uptime_s": 1000 * number, "restarted_at": number},
            processes={"count": number, "top_cpu": [{"name": f"p{number}", "cpu_percent": 3.0}]},
            cpu_load={"percent": 10.0 * number, "model": "i5"},
            app={"version": f"0.{number}"},
            net_ip={"addresses": [
                {"interface": "Ethernet", "family": "ipv4", "address": f"192.168.20.{number}", "scope": "usable"},
                {"interface": "Ethernet", "family": "ipv6", "address": f"fd00:1::{number}", "scope": "usable"},
                {"interface": "Ethernet", "family": "ipv6", "address": f"fe80::{number}%eth0", "scope": "link"},
            ]},
        )  # fmt: skip

    found = compare(facts(1), facts(7))
    assert (found.changes, found.minor, found.not_compared) == ((), (), ())


def test_another_network_is_a_change() -> None:
    def ip(address: str) -> dict[str, Any]:
        return {"addresses": [{"interface": "WLAN", "family": "ipv4", "address": address, "scope": "usable"}]}

    found = differences(ip("192.168.20.7"), ip("10.9.1.7"), "net_ip")
    assert lines(found) == ["New: 10.9.1.0/24", "Removed: 192.168.20.0/24"]


def test_virtual_adapters_come_and_go_unseen() -> None:
    def links(*names: str) -> dict[str, Any]:
        return {"interfaces": [{"name": name, "medium": "cable", "is_virtual": name != "eth0"} for name in names]}

    assert differences(links("eth0", "veth12"), links("eth0", "veth99"), "net_link").changes == ()


def test_lists_are_compared_as_sets() -> None:
    first = {"servers": ["192.168.1.1", "192.168.1.2"]}
    assert differences(first, {"servers": ["192.168.1.2", "192.168.1.1"]}, "net_dns").changes == ()
    found = differences(first, {"servers": ["9.9.9.9"]}, "net_dns")
    assert lines(found) == ["Name servers: Servers: 192.168.1.1, 192.168.1.2 → 9.9.9.9"]


@pytest.mark.parametrize("status", [ProbeStatus.WITHHELD, ProbeStatus.TIMEOUT, ProbeStatus.DENIED])
def test_a_silent_probe_changes_nothing_and_is_named(status: ProbeStatus) -> None:
    before = snapshot(0, software=programs(("Firefox", "128.0")))
    after = snapshot(1, status=status, software={})
    for found in (compare(before, after), compare(after, before)):
        assert (found.changes, found.minor) == ((), ())
        assert [one.probe for one in found.not_compared] == ["software"]
    assert compare(before, after).not_compared[0].after is status


def test_a_short_snapshot_says_what_it_was_not_asked() -> None:
    found = compare(snapshot(0, software=programs(("A", "1")), os={"build": "1"}), snapshot(1, os={"build": "1"}))
    assert [(one.probe, one.before, one.after) for one in found.not_compared] == [("software", ProbeStatus.OK, None)]


def test_a_probe_silent_on_both_sides_is_no_gap() -> None:
    before, after = (snapshot(day, status=ProbeStatus.UNSUPPORTED, battery={}) for day in (0, 1))
    assert compare(before, after).not_compared == ()


def test_half_an_answer_takes_nothing_away() -> None:
    whole = snapshot(0, software=programs(("A", "1.0"), ("B", "1.0")))
    half = snapshot(1, status=ProbeStatus.PARTIAL, software=programs(("A", "2.0")))
    assert [(one.act, one.subject) for one in compare(whole, half).changes] == [(ChangeAct.CHANGED, "A")]
    assert [(one.act, one.subject) for one in compare(half, whole).changes] == [(ChangeAct.CHANGED, "A")]


def test_what_is_not_known_has_not_changed() -> None:
    assert differences({"build": None, "name": "Windows 11"}, {"build": "26100"}, "os").changes == ()


def test_browsers_speak_for_their_entry_among_the_programs() -> None:
    def both(version: str) -> Snapshot:
        row = {"name": "Firefox", "role": "browser", "version": version, "is_default": True}
        return snapshot(int(version), software=programs(("Firefox", version)), browsers_office={"programs": [row]})

    assert [one.probe for one in compare(both("1"), both("2")).changes] == ["browsers_office"]


def _printer(driver: str, *, is_offline: bool = False) -> dict[str, Any]:
    return {"printers": [{"name": "Zebra", "driver": driver, "is_offline": is_offline, "is_paused": False}]}


def test_what_feeds_the_fault_comes_first() -> None:
    before = snapshot(0, os={"build": "1"}, printers=_printer("A"), printer_jobs={"own": 0})
    after = snapshot(1, os={"build": "2"}, printers=_printer("B", is_offline=True), printer_jobs={"own": 5})
    findings = evaluate(after.probes, load_rules())
    found = compare(before, after, concern_of(findings, load_rules()))
    assert [(one.probe, one.relevance) for one in found.changes] == [
        ("printers", Relevance.DIRECT),
        ("printers", Relevance.DIRECT),
        ("printer_jobs", Relevance.NEAR),
        ("os", Relevance.NONE),
    ]
    assert "printer.offline" in found.changes[0].feeds
    by_category = compare(before, after, concern_of((), (), category="printer"))
    assert by_category.changes[-1].probe == "os"


def test_every_category_but_other_knows_where_to_look() -> None:
    assert {*CATEGORY_PROBES, "other"} == set(CATEGORIES)
    assert set().union(*CATEGORY_PROBES.values()) <= {one.id for one in PROBES}


def _weekly() -> list[Snapshot]:
    """A program in week 1, another build in week 2, a printer's driver in week 3."""
    return [
        snapshot(
            7 * week,
            software=programs(*[("Zoom", "6.0")][: int(week >= 1)]),
            os={"build": str(1 + int(week >= 2))},
            printers=_printer("B" if week >= 3 else "A"),
        )
        for week in range(4)
    ]


def test_the_snapshots_between_tell_when_it_came() -> None:
    first, *between, last = map(flatten, _weekly())
    found = {one.probe: one for one in compare_flat(first, last, between=between).changes}
    days = {
        name: ((one.seen_after - START).days, (one.seen_by - START).days)
        for name, one in found.items()
        if one.seen_after and one.seen_by
    }
    assert days == {"software": (0, 7), "os": (7, 14), "printers": (14, 21)}


def test_what_came_when_the_trouble_came_is_looked_at_first() -> None:
    first, *between, last = map(flatten, _weekly())

    def order(day: int) -> list[str]:
        concern = Concern(since=START + timedelta(days=day))
        return [one.probe for one in compare_flat(first, last, concern, between).changes]

    assert order(5)[0] == "software"
    assert order(12)[0] == "os"
    assert order(19)[0] == "printers"


def test_what_everybody_has_is_hardly_the_cause() -> None:
    def elsewhere(change: Change) -> int:
        return {"os": 18, "printers": 0}.get(change.probe, 2)

    first, last = (
        snapshot(0, os={"build": "1"}, printers=_printer("A")),
        snapshot(1, os={"build": "2"}, printers=_printer("B")),
    )
    found = compare(first, last, Concern(elsewhere=elsewhere, others=20))
    assert [one.probe for one in found.changes] == ["printers"]
    assert [(one.probe, one.elsewhere, one.others) for one in found.minor] == [("os", 18, 20)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_changes_are_said_in_words(language: str) -> None:
    texts = load_texts(language)
    before = snapshot(0, disks={"volumes": [{"mount": "C:\\", "total_bytes": 1 << 38, "free_percent": 30.0}]})
    after = snapshot(1, disks={"volumes": [{"mount": "C:\\", "total_bytes": 1 << 39, "free_percent": 4.0}]})
    said = [change_line(one, texts) for one in compare(before, after).changes]
    assert any("256 GB → 512 GB" in one for one in said)
    assert any("30 % → 4 %" in one for one in said)
    assert not [kind for kind in ChangeKind if "." in kind_title(kind, texts)]
    (hostile,) = differences(programs(("\x1b[31mrot", "1.0")), programs(), "software").changes
    assert change_line(hostile, texts).isprintable()
