"""The loop as two scripts see it: what one side says, the other side reads, command by command."""

from __future__ import annotations

import json
import socket
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.common.program import Streams, run_program
from desktop.entry import command_line, tray


def run_hilfe(argv: list[str], streams: Streams) -> int:
    """Run a command of Hilfe."""
    return run_program(tray.program(), argv, make_context=tray.make_context, streams=streams)


class Side:
    """One program on one home."""

    def __init__(self, run: Any, home: Path) -> None:
        self._run = run
        self._home = home

    def ask(self, *argv: str, code: int = 0) -> Any:
        """Run a command with `--json`, check its exit code and return its document."""
        out, err = StringIO(), StringIO()
        got = self._run(["--home", str(self._home), *argv, "--json"], Streams(StringIO(), out, err))
        assert got == code, (argv, got, err.getvalue())
        return json.loads(out.getvalue())

    def say(self, *argv: str) -> tuple[int, str, str]:
        """Run a command for people."""
        out, err = StringIO(), StringIO()
        code = self._run(["--home", str(self._home), *argv], Streams(StringIO(), out, err))
        return code, out.getvalue(), err.getvalue()


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Side, Side]:
    monkeypatch.setenv("ERSTHELFER_KEYS", "file")
    monkeypatch.setenv("ERSTHELFER_PASSPHRASE", "test")
    monkeypatch.setenv("ERSTHELFER_OFFLINE", "1")
    monkeypatch.delenv("ERSTHELFER_HOME", raising=False)
    desk, pc = Side(command_line.run, tmp_path / "desk"), Side(run_hilfe, tmp_path / "pc")
    made = desk.ask("init", "--company", "Möbelwerk Ahornblick", "--mailbox", str(tmp_path / "mailbox"))
    pc.ask("enrol", made["invitation"])
    return desk, pc


def send(desk: Side, pc: Side) -> str:
    """Send a request and take it in; returns the ticket's number."""
    sent = pc.ask("send", "--text", "Der Drucker druckt nur leere Seiten", "--category", "printer", "--level", "none")
    taken = desk.ask("inbox", "import")
    return next(one["ticket"] for one in taken["messages"] if one["id"] == sent["id"])


def test_a_reply_is_on_its_way_when_the_command_ends(sides: tuple[Side, Side]) -> None:
    desk, pc = sides
    number = send(desk, pc)
    desk.ask("ticket", "reply", number, "Ich sehe nach.")
    pc.ask("sync")
    (request,) = pc.ask("status")["requests"]
    assert (request["ticket"], request["state"]) == (number, "open")
    assert [(one["from"], one["text"]) for one in request["messages"]][-1] == ("it", "Ich sehe nach.")


def test_a_reply_without_keys_is_kept_said_and_sent_later(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, pc = sides
    number = send(desk, pc)
    monkeypatch.setenv("ERSTHELFER_PASSPHRASE", "wrong")
    code, out, err = desk.say("ticket", "reply", number, "Ich sehe nach.")
    assert code == 0
    assert number in out
    assert "beim nächsten Mal" in err
    monkeypatch.setenv("ERSTHELFER_PASSPHRASE", "test")
    desk.ask("inbox", "import")
    pc.ask("sync")
    (request,) = pc.ask("status")["requests"]
    assert request["messages"][-1]["text"] == "Ich sehe nach."


def test_people_read_states_as_words(sides: tuple[Side, Side]) -> None:
    desk, pc = sides
    pc.ask("send", "--text", "Kein Netz am Packtisch", "--level", "none")
    assert "im Firmenordner" in pc.say("status")[1]
    desk.ask("inbox", "import")
    pc.ask("sync")
    assert "Neu" in pc.say("status")[1]


def test_a_command_with_nothing_for_a_pc_needs_no_keys(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = sides
    desk.ask("inbox", "import")
    monkeypatch.delenv("ERSTHELFER_PASSPHRASE")
    code, _, err = desk.say("ticket", "new", "Anruf: Outlook fragt nach dem Kennwort", "--channel", "phone")
    assert (code, err) == (0, "")


def test_a_diagnosis_is_asked_for_shown_agreed_to_and_kept(sides: tuple[Side, Side]) -> None:
    desk, pc = sides
    number = send(desk, pc)
    (device,) = desk.ask("device", "list")["devices"]
    assert pc.ask("diagnosis", "list", code=1) == {"asks": [], "open": None}
    asked = desk.ask("device", "ask", device["name"], "--ticket", number, "--reason", "Ist der Speicher voll?")["ask"]
    pc.ask("sync")
    told = pc.ask("diagnosis", "list")
    assert (told["open"], told["asks"][0]["reason"]) == (asked["id"], "Ist der Speicher voll?")
    shown = pc.ask("diagnosis", "answer", "--without", "printers", "network", code=1)
    assert shown["sent"] is False
    assert shown["message"]["snapshot"]["probes"]["printers"]["status"] == "withheld"
    assert desk.ask("device", "asks")["asks"][0]["state"] == "open"
    sent = pc.ask("diagnosis", "answer", "--agree", "--without", "printers", "network", "--comment", "Bitte sehr")
    desk.ask("inbox", "import")
    (row,) = desk.ask("device", "asks", device["name"])["asks"]
    assert (row["state"], row["comment"], row["ticket"]) == ("answered", "Bitte sehr", number)
    page = desk.ask("ticket", "show", number)
    assert [one["kind"] for one in page["events"]][-2:] == ["diagnosis_asked", "diagnosis_came"]
    assert desk.ask("device", "show", device["name"])["snapshot"] == sent["message"]["snapshot"]


def test_a_pc_declines_sends_unasked_and_learns_of_a_withdrawal(sides: tuple[Side, Side]) -> None:
    desk, pc = sides
    send(desk, pc)
    (device,) = desk.ask("device", "list")["devices"]
    for act, state in ((("diagnosis", "decline", "--comment", "Später"), "declined"), (None, "withdrawn")):
        desk.ask("device", "ask", device["name"])
        if act is None:
            desk.ask("device", "ask", device["name"], "--withdraw")
        pc.ask("sync")
        if act is not None:
            pc.ask(*act)
        assert pc.ask("diagnosis", "answer", code=4)["error"]["code"] == "ask.gone"
        desk.ask("inbox", "import")
        assert desk.ask("device", "asks")["asks"][0]["state"] == state
    assert desk.ask("device", "ask", device["name"], "--withdraw", code=1) == {"ask": None}
    pc.ask("diagnosis", "send", "--agree", "--without", "network", "printers")
    desk.ask("inbox", "import")
    assert len(desk.ask("device", "show", device["name"])["snapshots"]) == 1
    assert pc.ask("diagnosis", "send", "--without", "secrets", code=2)["error"]["code"] == "diagnosis.group"


def test_what_the_company_sets_is_in_force_on_the_next_diagnosis(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Own servers and own thresholds travel to the PC, which asks and judges by them; nobody else is asked."""
    desk, pc = sides
    monkeypatch.delenv("ERSTHELFER_OFFLINE")
    send(desk, pc)
    pc.ask("sync")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert desk.ask("targets", "set", "--third-parties", "off", "--level", "basic")["third_parties"] is False
        added = desk.ask("targets", "add", "Warenwirtschaft", "127.0.0.1", "--port", str(port))
        assert added["targets"][0] == {
            "name": "Warenwirtschaft", "kind": "other", "host": "127.0.0.1", "port": port, "behind_vpn": False
        }  # fmt: skip
        desk.ask("findings", "set", "uptime.long", "uptime_s=1")
        desk.ask("inbox", "import")
        pc.ask("sync")
        assert desk.ask("targets", "test")["targets"][0]["reachable"] is True
        facts = pc.ask("diagnose", "--probe", "net_reach", "uptime")
    reach = facts["probes"]["net_reach"]["facts"]
    assert [(one["name"], one["is_reachable"]) for one in reach["company"]] == [("Warenwirtschaft", True)]
    assert not reach.get("internet")
    assert {one["id"]: one["state"] for one in facts["findings"]}["uptime.long"] == "present"
    assert desk.ask("targets", "test", code=1)["targets"][0]["reachable"] is False
    assert desk.ask("targets", "remove", "warenwirtschaft")["targets"] == []
    assert desk.ask("targets", "set", "--level", "basic", code=1)["level"] == "basic"
    assert desk.ask("targets", "add", "X", "http://x/", code=2)["error"]["code"] == "targets.host"
