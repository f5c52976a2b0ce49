"""Each command's JSON has the keys scripts rely on, and does what it says."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.common.program import Streams, run_program
from desktop.entry import tray

TICKET_KEYS = {
    "number",
    "title",
    "state",
    "state_type",
    "priority",
    "level",
    "category",
    "person",
    "device",
    "assignee",
    "due_at",
    "created_at",
}


@pytest.fixture
def number(company: Any) -> str:
    """Return the number of a new ticket."""
    made = company(
        "ticket", "new", "Drucker druckt leer", "--person", "Sabine Oswald", "--text", "Seit heute.", "--json"
    )
    assert made.json["ticket"].keys() >= TICKET_KEYS
    return str(made.json["ticket"]["number"])


def ticket(ran: Any) -> dict[str, Any]:
    assert ran.code == 0, ran.err
    return ran.json["ticket"]


def test_init_prints_where_things_lie(ersthelfer: Any, tmp_path: Path) -> None:
    made = ersthelfer("init", "--company", "Werk", "--mailbox", str(tmp_path / "mailbox"), "--json").json
    assert {"home", "mailbox", "invitation", "database"} <= made.keys()
    assert all(Path(made[key]).exists() for key in ("home", "mailbox", "invitation", "database"))
    again = ersthelfer("init", "--company", "Werk", "--mailbox", str(tmp_path / "mailbox"), "--json")
    assert again.json["error"]["code"] == "company.exists"


def test_invite_writes_a_file_and_prints_the_code(company: Any, tmp_path: Path) -> None:
    made = company("invite", "--out", str(tmp_path / "pc.ersthelfer"), "--devices", "0", "--json").json
    assert Path(made["invitation"]).is_file()
    assert made["code"].startswith("EH1-")
    assert company("invite", "--out", str(tmp_path)).code == 0


def test_an_empty_inbox_is_nothing_to_do(company: Any) -> None:
    ran = company("inbox", "import", "--json")
    assert ran.code == 1
    assert ran.json["messages"] == []
    assert ran.json["counts"] == {}


def test_what_is_put_aside_is_told_in_words_and_to_scripts_as_a_code(company: Any, tmp_path: Path) -> None:
    arrived = tmp_path / "mailbox" / "in" / "fremd.ehr"
    arrived.write_bytes(b"not one of ours")
    ran = company("inbox", "import")
    assert "Die Datei ist keine Nachricht von Ersthelfer." in ran.out
    assert "not_an_envelope" not in ran.out
    arrived.write_bytes(b"not one of ours")
    (message,) = company("inbox", "import", "--json").json["messages"]
    assert (message["fate"], message["reason"]) == ("quarantined", "not_an_envelope")


def test_the_life_of_a_ticket(company: Any, number: str, tmp_path: Path) -> None:
    file = tmp_path / "foto.txt"
    file.write_text("leer")
    assert ticket(company("ticket", "assign", number, "--json"))["assignee"] == "Katrin"
    assert ticket(company("ticket", "reply", number, "Wird gemacht.", "--attach", str(file), "--json"))
    assert ticket(company("ticket", "note", number, "-", "--json", given="aus der Leitung"))
    set_ = ("--priority", "high", "--reason", "eilt", "--category", "printer", "--title", "Neu", "--level", "2")
    row = ticket(company("ticket", "set", number, *set_, "--impact", "team", "--json"))
    assert (row["priority"], row["category"], row["title"], row["level"]) == ("high", "printer", "Neu", 2)
    assert ticket(company("ticket", "wait", number, "--until", "+3", "--reason", "delivery", "--json"))["wake_at"]
    assert ticket(company("ticket", "solve", number, "--text", "Fertig.", "--json"))["state_type"] == "solved"
    assert ticket(company("ticket", "close", number, "--json"))["state_type"] == "closed"
    assert ticket(company("ticket", "reopen", number, "--reason", "doch nicht", "--json"))["state_type"] == "open"
    page = company("ticket", "show", number, "--json").json
    assert [one["kind"] for one in page["messages"]] == ["request", "reply", "note", "reply"]
    assert page["messages"][2]["text"] == "aus der Leitung"
    assert [one["name"] for one in page["attachments"]] == ["foto.txt"]
    assert {"kind", "at", "actor"} <= page["events"][0].keys()
    assert "Wird gemacht." in company("ticket", "show", number).out


def test_lists_and_search_find_it(company: Any, number: str) -> None:
    listed = company("ticket", "list", "--view", "unassigned", "--json").json
    assert [one["number"] for one in listed["tickets"]] == [number]
    assert listed["total"] == 1
    assert company("ticket", "list", "--view", "nonsense").code == 2
    found = company("search", "drucker", "--in", "tickets", "--json").json
    assert [one["id"] for one in found["hits"]] == [number]
    assert {"kind", "id", "title", "context", "at"} == found["hits"][0].keys()
    assert company("search", "Oswald", "--json").json["total"] == 2
    assert company("search", "gibtesnicht").code == 0


def test_refusals_have_their_exit_codes(company: Any, number: str) -> None:
    assert company("ticket", "show", "A-1999-0001").code == 2
    assert company("ticket", "set", number).code == 2
    assert company("ticket", "wait", number, "--until", "bald").code == 2
    assert company("ticket", "reply", number, "x", "--attach", "/gibt/es/nicht").code == 3
    assert company("device", "approve", "unbekannt").code == 2


def test_partners_are_kept_changed_and_taken_off(company: Any) -> None:
    added = company("partner", "add", "Sommerfeldt", "--level", "3", "--topics", "Etiketten", "--json").json["partner"]
    assert (added["level"], added["kind"], added["channel"]) == (3, "vendor", "mail")
    assert company("partner", "add", "sommerfeldt").code == 4
    assert company("partner", "edit", "Sommer", "--kind", "colleague", "--json").json["partner"]["kind"] == "colleague"
    assert company("partner", "edit", "Sommer", "--json").code == 1
    assert [one["name"] for one in company("partner", "list", "--json").json["partners"]] == ["Sommerfeldt"]
    assert "E-Mail" in company("partner", "list").out
    company("partner", "edit", "Sommer", "--remove")
    assert company("partner", "list", "--json").json["partners"] == []


def test_a_hand_over_writes_files_and_names_the_gaps(company: Any, number: str, tmp_path: Path) -> None:
    company("partner", "add", "Sommerfeldt", "--level", "3")
    words = ("handover", number, "--to", "Sommerfeldt", "--out", str(tmp_path / "out"))
    assert company(*words, "--complete").code == 1
    made = company(*words, "--task", "Tauschen", "--serial", "SN-1", "--json").json
    assert "serial" not in made["missing"]
    assert "task" not in made["missing"]
    assert "device" in made["missing"]
    assert (made["ticket"]["level"], made["ticket"]["state_type"]) == (3, "waiting")
    assert all((Path(made["path"]) / name).is_file() for name in made["files"])
    zipped = company(*words, "--zip", "--in", "en", "--json").json
    assert zipped["path"].endswith(f"Handover-{number}.zip")
    assert company("handover", number, "--to", "Niemand", "--out", str(tmp_path)).code == 4


def test_check_and_upgrade(company: Any, number: str) -> None:
    report = company("check", "--json").json
    assert report["ok"] is True
    parts = {"database", "search", "audit", "attachments", "settings", "wizards"}
    assert parts == {one["name"] for one in report["checks"]}
    assert all({"name", "ok", "detail"} == one.keys() for one in report["checks"])
    assert company("db", "upgrade").code == 1


def test_devices_are_listed(company: Any) -> None:
    found = company("device", "list", "--json").json
    assert (found["devices"], found["total"]) == ([], 0)


def test_what_a_pc_wants_is_seen_before_it_is_let_in(company: Any, tmp_path: Path) -> None:
    """First aid need not wait for the approval: what stands in the waiting room can be read."""
    invitation = tmp_path / "jeder-wartet.ersthelfer"
    assert company("invite", "--out", str(invitation), "--devices", "0").code == 0
    assert hilfe(tmp_path, "enrol", str(invitation), "--name", "Anna Oswald") == 0
    assert hilfe(tmp_path, "send", "--text", "Rauch aus dem Netzteil", "--level", "none") == 0
    company("inbox", "import")
    (device,) = company("device", "list", "--json").json["devices"]
    assert device["status"] == "waiting"
    (waiting,) = company("device", "show", device["id"], "--json").json["waiting"]
    assert (waiting["kind"], waiting["text"]) == ("request", "Rauch aus dem Netzteil")
    assert "wartet auf die Freigabe: Rauch aus dem Netzteil" in company("device", "show", device["id"]).out
    company("device", "approve", device["id"])
    company("inbox", "import")
    assert company("device", "show", device["id"], "--json").json["waiting"] == []


def hilfe(root: Path, *words: str) -> int:
    """Run a command of a PC whose home lies beside the Desk's."""
    streams = Streams(StringIO(), StringIO(), StringIO())
    given = ["--home", str(root / "pc"), *words]
    return run_program(tray.program(), given, make_context=tray.make_context, streams=streams)
