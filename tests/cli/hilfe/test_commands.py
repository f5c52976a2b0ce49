"""The commands of Hilfe against a real folder: documents, exit codes, and no request lost by a missing folder."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.base.ids import new_id
from desktop.base.paths import Home
from desktop.cli.common.program import Streams, run_program
from desktop.client.policy import store_policy
from desktop.client.store import ClientStore, store_path
from desktop.client.wizards import store_wizards
from desktop.domain.payloads import Policy, Wizards
from desktop.entry.tray import make_context, program
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.invitation import make_invitation
from desktop.exchange.keys import OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder
from tests.services.own_files import own


class Pc:
    """One PC's command line, with a company whose folder is `mailbox`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mailbox = MailboxFolder(root / "mailbox")
        self.mailbox.prepare("Möbelwerk")
        self.keys = OrgKeys.generate()
        self.org = self.keys.public(new_id(), RecoveryKey.generate().box.public)
        where = str(self.mailbox.path)
        made = make_invitation(self.keys, self.org, company="Möbelwerk", mailbox=where, devices=5)
        self.invitation, self.code = root / "firma.ersthelfer", made.to_code()
        self.invitation.write_bytes(made.to_file_bytes())

    def run(self, *words: str, given: str = "") -> tuple[int, dict[str, Any], str]:
        """Run a command with --json; returns exit code, document and what stood on standard error."""
        out, err = io.StringIO(), io.StringIO()
        argv = ["--home", str(self.root / "home"), "--json", *words]
        streams = Streams(io.StringIO(given), out, err)
        code = run_program(program(), argv, make_context=make_context, streams=streams)
        return code, json.loads(out.getvalue()), err.getvalue()


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pc:
    """Return a PC that keeps its keys in a sealed file."""
    monkeypatch.setenv("ERSTHELFER_KEYS", "file")
    monkeypatch.setenv("ERSTHELFER_PASSPHRASE", "test")
    return Pc(tmp_path)


def test_from_invitation_to_rating(pc: Pc) -> None:
    """Enrol, send with a file, see it in the status, add to it and rate it; all of it lies in the folder."""
    code, document, _ = pc.run("enrol", str(pc.invitation), "--name", "Anna Oswald")
    assert (code, document["company"], document["state"], len(document["words"])) == (0, "Möbelwerk", "waiting", 4)
    note = pc.root / "notiz.txt"
    note.write_text("leer")
    code, sent, _ = pc.run(
        "send", "--text", "Drucker", "--category", "printer", "--level", "none", "--attach", str(note)
    )
    assert (code, sent["state"], sent["ticket"]) == (0, "delivered", "")
    assert sent.keys() >= {"reference", "id", "state", "ticket"}
    assert pc.run("reply", sent["reference"], "Noch etwas")[0] == 0
    code, rated, _ = pc.run("rate", sent["reference"], "2", "--comment", "Danke")
    assert (code, rated["answer"], rated["rating"]) == (0, "solved", 2)
    code, status, _ = pc.run("status")
    (request,) = status["requests"]
    assert (code, status["outbox"], request["state"]) == (0, 4, "delivered")
    assert [(one["from"], one["text"]) for one in request["messages"]] == [("me", "Drucker"), ("me", "Noch etwas")]
    desk = DeskPost(pc.mailbox, pc.keys, pc.org, folder=pc.root / "desk")
    kinds = sorted(one.payload.kind for one in desk.scan() if one.payload)
    assert kinds == ["enrol", "follow_up", "request", "verdict"]


def test_a_missing_folder_loses_nothing(pc: Pc) -> None:
    """Without the folder the request is queued with exit code 0; `sync` says 3 until it is back, then 0."""
    pc.run("enrol", pc.code)
    away = pc.root / "away"
    shutil.move(pc.mailbox.path, away)
    code, sent, told = pc.run("send", "--text", "Hilfe", "--level", "none")
    assert (code, sent["state"]) == (0, "queued")
    assert told
    assert pc.run("sync")[0] == 3
    shutil.move(away, pc.mailbox.path)
    assert pc.run("sync")[0] in (0, 1)
    code, status, _ = pc.run("status")
    assert status["requests"][0]["state"] in ("queued", "delivered")
    assert status["outbox"] == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("send", "--text", "x", "--level", "none"), 3),
        (("sync",), 3),
        (("reply", "H-7K3F", "x"), 3),
        (("enrol", "/nowhere/firma.ersthelfer"), 3),
        (("enrol", "EH1-QQQQ-QQQQ"), 4),
        (("rate", "H-7K3F"), 2),
        (("rate", "H-7K3F", "9"), 2),
        (("send",), 2),
        (("dance",), 2),
        (("status",), 0),
    ],
)
def test_exit_codes_before_enrolment(pc: Pc, words: tuple[str, ...], code: int) -> None:
    """2 usage, 3 environment, 4 refused; each with one document and a sentence."""
    found, document, told = pc.run(*words)
    assert found == code
    assert code == 0 or (document["error"]["what"] and told)


@pytest.mark.parametrize(
    "words", [("reply", "H-0000", "x"), ("rate", "H-0000", "1"), ("send", "--text", " ", "--level", "none")]
)
def test_refused_input(pc: Pc, words: tuple[str, ...]) -> None:
    """Unknown requests and empty texts are refused with 4, and nothing is stored."""
    pc.run("enrol", str(pc.invitation))
    assert pc.run(*words)[0] == 4
    assert pc.run("status")[1]["requests"] == []


def test_status_tells_of_a_checklist_that_only_a_newer_program_reads(pc: Pc) -> None:
    pc.run("enrol", str(pc.invitation))
    newer = own().decode().replace("format = 1", "format = 2")
    store = ClientStore(store_path(Home.under(pc.root / "home")))
    with store.write() as db:
        store_wizards(db, Wizards(version=1, created_at="2026-11-23T10:00:00Z", files={"lift-stuck": newer}))
    store.close()
    (refused,) = pc.run("status")[1]["refused_checklists"]
    assert (refused["id"], refused["rule"]) == ("lift-stuck", "newer")
    out = io.StringIO()
    streams = Streams(io.StringIO(), out, io.StringIO())
    run_program(program(), ["--home", str(pc.root / "home"), "status"], make_context=make_context, streams=streams)
    assert f"„lift-stuck“ der Firma wird hier nicht benutzt. {refused['text']}" in out.getvalue()


def test_diagnose_prints_the_snapshot(pc: Pc) -> None:
    """The document is the snapshot's own; a request with facts carries tags instead of this PC's names."""
    code, document, _ = pc.run("diagnose", "--probe", "memory")
    assert code == 0
    assert document.keys() >= {"schema", "taken_at", "probes", "findings"}
    assert document["probes"]["memory"]["status"] == "ok"


@pytest.mark.parametrize(
    ("offered", "words", "level"),
    [("none", (), None), ("none", ("--level", "basic"), "basic"), ("basic", (), "basic"), ("", (), "basic")],
)
def test_without_a_word_as_much_goes_along_as_the_company_offers(
    pc: Pc, monkeypatch: pytest.MonkeyPatch, offered: str, words: tuple[str, ...], level: str | None
) -> None:
    monkeypatch.setenv("ERSTHELFER_OFFLINE", "1")
    pc.run("enrol", str(pc.invitation), "--name", "Anna Oswald")
    store = ClientStore(store_path(Home.under(pc.root / "home")))
    with store.write() as db:
        store_policy(db, Policy(1, "2026-11-23T09:00:00.000000Z", level=offered))
    assert pc.run("send", "--text", "Hilfe", *words)[0] == 0
    with store.read() as db:
        documents = [json.loads(row["document"]) for row in db.execute("SELECT document FROM outgoing").fetchall()]
    store.close()
    (request,) = [one for one in documents if one["kind"] == "request"]
    assert (request["snapshot"] or {}).get("level") == level
    assert not level or not request["consent"]["programs"]


def test_keys_that_cannot_be_had_stop_the_sending(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a wrong passphrase nothing is stored and the code is 3."""
    pc.run("enrol", str(pc.invitation))
    monkeypatch.setenv("ERSTHELFER_PASSPHRASE", "wrong")
    code, document, _ = pc.run("send", "--text", "x", "--level", "none")
    assert code == 3
    assert document["error"]["code"].startswith("secrets.")
    assert pc.run("status")[1]["requests"] == []


def test_a_text_from_standard_input_goes_as_it_is_or_is_refused_whole(pc: Pc) -> None:
    """ "-" reads the text; one of two million characters is refused by name, not cut and not kept."""
    pc.run("enrol", str(pc.invitation))
    code, sent, _ = pc.run("send", "--text", "-", "--level", "none", given="Der Drucker\nstreikt \x1b[31m\u202e")
    assert code == 0
    assert pc.run("reply", sent["reference"], "-", given="Noch immer")[0] == 0
    (request,) = pc.run("status")[1]["requests"]
    assert [one["text"] for one in request["messages"]] == ["Der Drucker\nstreikt \x1b[31m\u202e", "Noch immer"]
    code, document, said = pc.run("send", "--text", "-", "--level", "none", given="W" * 2_000_000)
    assert (code, document["error"]["code"]) == (4, "request.too_long")
    assert "WWWW" not in said
    assert len(pc.run("status")[1]["requests"]) == 1
