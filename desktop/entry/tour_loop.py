"""The loop itself: from "something is broken" to handed over, solved and rated; each step is checked for its claim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.base.clock import utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.cli.context import Context
from desktop.client.context import Client
from desktop.client.enrolment import open_post
from desktop.client.facts import collect_again, collect_facts, consent_to, default_off, sendable
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.store import ClientStore, store_path
from desktop.client.sync import sync
from desktop.domain.snapshot import Snapshot
from desktop.domain.ticket import Impact, Urgency
from desktop.domain.wizard.definition import Audience, Question
from desktop.domain.wizard.engine import advance, start
from desktop.domain.wizard.events import Answered, Event, HelpWanted, Judged, Tried, Try, Verified
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import Phase, RunState, to_document
from desktop.domain.wizard.scene import Scene
from desktop.entry.tour_homes import Side

COMPANY = "Möbelwerk Ahornblick"
WORDS = "Seit heute früh kommt aus dem Drucker im Versand nichts mehr. Bitte mit Ausrufezeichen: <b>eilig</b>"
TASK = "Druckkopf prüfen oder tauschen. Druck bleibt zu hell, obwohl die Dichte auf 8 steht."
PARTNER = "Etikettentechnik Sommerfeldt"
_MAX_STEPS = 25
Figures = list[str]


class Loop:
    """The state of the tour between its steps: both sides, the facts, the request and its ticket."""

    def __init__(self, context: Context, out: Path, desk: Side, pc: Side) -> None:
        self.context, self.out, self.desk, self.pc = context, out, desk, pc
        self.mailbox = out / "home" / "mailbox"
        self.snapshot: Snapshot | None = None
        self.run: RunState | None = None
        self.request_id = ""
        self.number = ""
        self.package = out
        self.scene = Scene(load_library(resources() / "wizards").wizards)

    def make_company(self) -> Figures:
        """Make the company with its year of tickets."""
        made = self.desk.ask("init", "--company", COMPANY, "--mailbox", str(self.mailbox), "--phone", "214", "--demo")
        held(Path(made["database"]).is_file() and Path(made["invitation"]).is_file(), "files")
        held(made["demo"]["people"] == 40, "people")
        return [f"{made['demo'][name]} {name}" for name in ("people", "devices", "tickets")]

    def enrol(self) -> Figures:
        """Enrol this machine as a second PC and let it in by the invitation's token."""
        invitation = self.desk.home.data / "firma.ersthelfer"
        self.pc.ask("enrol", str(invitation), "--name", "Sabine Oswald", "--phone", "214", "--department", "Versand")
        fates = self.desk.ask("inbox", "import")["counts"]
        held(fates.get("imported") == 1, "enrolment")
        self.pc.ask("sync")
        held(self.pc.ask("status")["admission"] == "approved", "admission")
        return [str(fates)]

    def diagnose(self) -> Figures:
        """Collect this machine's own facts in the collector's process."""
        self.snapshot = collect_facts("basic")
        answered = [one for one in self.snapshot.probes.values() if one.status.value in ("ok", "partial")]
        held(len(answered) >= 10, "probes")
        cpu = sum(one.cpu_ms for one in self.snapshot.probes.values())
        return [f"{len(answered)} probes", f"{len(self.snapshot.present)} findings", f"{cpu:.0f} ms CPU"]

    def help_oneself(self) -> Figures:
        """Walk through the printer's self-help as an employee, with this machine's facts, until asking for a person."""
        self.run = self._walk("printer-no-print", Audience.EMPLOYEE)
        held(self.run.phase is Phase.HANDED_OVER and bool(self.run.log), "self-help")
        return [f"{len(self.run.path)} steps", self.run.phase.value]

    def send(self) -> Figures:
        """Seal the request and put it into the folder; nobody can read it there."""
        if self.snapshot is None or self.run is None:
            raise AppError("tour.step", kind=ErrorKind.CHECK_FAILED, parameters={"claim": "facts and self-help"})
        store = ClientStore(store_path(self.pc.home))
        try:
            client = Client(store)
            off = default_off()
            command = SendRequest(
                WORDS,
                category="printer",
                impact=Impact.TEAM,
                urgency=Urgency.BLOCKED,
                snapshot=sendable(client, self.snapshot, off),
                wizard_runs=(to_document(self.run),),
                consent=consent_to(off),
            )
            self.request_id = send_request(client, prepare_request(client, command)).result
            sync(client, open_post(client, self.pc.secrets(), self.pc.home.data))
        finally:
            store.close()
        sealed = list((self.mailbox / "in").rglob(f"{self.request_id}.ehr"))
        held(len(sealed) == 1 and b"Versand" not in sealed[0].read_bytes(), "sealed file")
        return [f"{sealed[0].stat().st_size} bytes sealed"]

    def take_in(self) -> Figures:
        """Import the request, answer the PC, and find the number there."""
        messages = self.desk.ask("inbox", "import")["messages"]
        message = next(one for one in messages if one["id"] == self.request_id)
        held(message["fate"] == "imported" and bool(message["ticket"]), "import")
        self.number = str(message["ticket"])
        self.desk_and_pc()
        held(self._request()["ticket"] == self.number, "number on the PC")
        page = self.desk.ask("ticket", "show", self.number)
        held(page["messages"][0]["text"] == WORDS and len(page["wizard_runs"]) == 1, "ticket")
        held(bool(page["snapshots"]) and bool(page["findings"]), "facts on the ticket")
        return [self.number, page["ticket"]["priority"]]

    def triage(self) -> Figures:
        """Give it a title, a priority and somebody who does it."""
        title = "Drucker im Versand druckt nichts"
        self.desk.ask("ticket", "set", self.number, "--title", title, "--priority", "high", "--reason", "Spedition")
        row = self.desk.ask("ticket", "assign", self.number)["ticket"]
        held((row["priority"], row["state_type"], bool(row["assignee"])) == ("high", "open", True), "triage")
        return [row["assignee"], row["priority"]]

    def check_list(self) -> Figures:
        """Walk through the technician's checklist and keep it on the ticket."""
        from desktop.services.wizard_runs import SaveRun, save_run
        from desktop.services.work import open_work

        run = self._walk("printer-no-print", Audience.TECHNICIAN)
        work = open_work(self.desk.home)
        try:
            save_run(work, SaveRun(self.number, to_document(run)))
        finally:
            work.store.close()
        runs = self.desk.ask("ticket", "show", self.number)["wizard_runs"]
        held({one["audience"] for one in runs} == {"employee", "technician"}, "runs")
        return [f"{len(run.path)} steps", run.phase.value]

    def talk(self) -> Figures:
        """Reply, let it arrive, and take in the person's answer."""
        self.desk.ask("ticket", "reply", self.number, "Ich sehe nach und melde mich gleich.")
        self.desk_and_pc()
        said = [one["text"] for one in self._request()["messages"] if one["from"] == "it"]
        held(said == ["Ich sehe nach und melde mich gleich."], "reply on the PC")
        self.pc.ask("reply", self.request_id, "Die neue Rolle ist schon drin.")
        self.desk.ask("inbox", "import")
        texts = [one["text"] for one in self.desk.ask("ticket", "show", self.number)["messages"]]
        held(texts[-1] == "Die neue Rolle ist schon drin.", "answer on the ticket")
        return [f"{len(texts)} messages"]

    def hand_over(self) -> Figures:
        """Hand it over to the vendor as PDF and JSON."""
        target = ("--to", PARTNER, "--out", str(self.out / "handover"))
        words = ("--task", TASK, "--serial", "ZD421-0815", "--inform", "Die Werkstatt sieht sich den Drucker an.")
        answer = self.desk.ask("handover", self.number, *target, *words)
        self.package = Path(answer["path"])
        names = [self.package / name for name in answer["files"]]
        held(not answer["missing"] and all(one.is_file() for one in names), f"package {answer['missing']}")
        held(names[0].read_bytes().startswith(b"%PDF-"), "PDF")
        document = json.loads(names[1].read_text(encoding="utf-8"))
        held(document["ticket"]["number"] == self.number and document["task"] == TASK, "JSON")
        held(answer["ticket"]["level"] == 3 and answer["ticket"]["state_type"] == "waiting", "level")
        return [self.package.name, f"{names[0].stat().st_size} bytes PDF"]

    def solve(self) -> Figures:
        """Solve it, ask the person, and take in the rating."""
        self.desk.ask("ticket", "solve", self.number, "--text", "Der Druckkopf ist getauscht.")
        self.desk_and_pc()
        held(self._request()["state"] == "solved", "solved on the PC")
        self.pc.ask("rate", self.request_id, "1", "--comment", "Danke, läuft wieder.")
        self.desk.ask("inbox", "import")
        ticket = self.desk.ask("ticket", "show", self.number)["ticket"]
        held((ticket["state_type"], ticket["rating"]) == ("closed", 1), "rating")
        return [ticket["state_type"], f"rating {ticket['rating']}"]

    def examine(self) -> Figures:
        """Examine database, index, audit chain and files, and see that nothing is left in either direction."""
        report = self.desk.ask("check")
        held(bool(report["ok"]), "check")
        self.desk_and_pc()
        held(self.pc.ask("status")["outbox"] == 0, "outbox")
        return [f"{one['name']} {one['detail']}" for one in report["checks"]]

    def desk_and_pc(self) -> None:
        """Let both sides look into the mailbox until everything said is acknowledged."""
        for side, argv in ((self.desk, ("inbox", "import")), (self.pc, ("sync",))) * 2:
            try:
                side.ask(*argv)
            except AppError as error:
                if error.parameters.get("code") != int(ErrorKind.CHECK_FAILED):
                    raise

    def _request(self) -> dict[str, Any]:
        return next(one for one in self.pc.ask("status")["requests"] if one["id"] == self.request_id)

    def _walk(self, wizard: str, audience: Audience) -> RunState:
        scene = Scene(self.scene.wizards, self.snapshot)
        state = start(scene, wizard, run_id=new_id(), audience=audience, at=utc_now())
        for _ in range(_MAX_STEPS):
            if state.phase.is_over:
                return state
            for event in _events(scene, state):
                state = advance(scene, state, event)
            if audience is Audience.EMPLOYEE and len(state.path) >= 4:
                break
        return state if state.phase.is_over else advance(scene, state, HelpWanted(utc_now()))


def held(is_so: bool, claim: str) -> None:
    """Raise AppError `tour.step` where a step did not do what it claims."""
    if not is_so:
        raise AppError("tour.step", kind=ErrorKind.CHECK_FAILED, parameters={"claim": claim})


def _events(scene: Scene, state: RunState) -> Iterator[Event]:
    """Answer as somebody whom nothing helps: the first answer, tried without success, verified for real."""
    step = scene.step(state)
    if state.phase is Phase.VERIFYING:
        yield Verified(collect_again(getattr(step, "verify", "")).state, utc_now())
    elif state.phase is Phase.JUDGING:
        yield Judged(has_helped=False, at=utc_now())
    elif state.phase is Phase.COLLECTING:
        yield HelpWanted(utc_now())
    elif isinstance(step, Question):
        ids = answer_ids(step)
        yield Answered("no" if "no" in ids else ids[0] if ids else None, utc_now())
    else:
        yield Tried(Try.DONE, utc_now())
