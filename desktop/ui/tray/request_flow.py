"""The work behind the help window: draft, facts, preparation and sending, all off the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.base.changes import Changes, Done
from desktop.client.drafts import NEW_REQUEST, files_of, load_draft, save_draft
from desktop.client.facts import Choice, chosen, consent_to, sendable
from desktop.client.habits import Habits, load_habits
from desktop.client.policy import Depth, offered_depth
from desktop.client.requests import PreparedRequest, SendRequest, prepare_request, send_request
from desktop.client.rows import Draft, RequestRow
from desktop.client.runs import RESOLVED, finish_run
from desktop.client.status import open_request
from desktop.domain.snapshot import Snapshot
from desktop.domain.ticket import Urgency
from desktop.ui.tray.draft import RequestDraft
from desktop.ui.tray.sent_bytes import FILES
from desktop.ui.tray.tools import Tools
from desktop.ui.tray.topics import TOPICS


class RequestFlow(QObject):
    """Holds what the employee has said so far and turns it into a request."""

    loaded = Signal(object)
    """The `Draft` with its files, as it was left."""
    prepared = Signal(object)
    """The `PreparedRequest` that will be sent if nothing is switched any more."""
    sent = Signal(object, object)
    """The `RequestRow` and the `Changes`."""
    failed = Signal(object)

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._turn = 0
        self.depth = Depth.FULL
        """How much is offered to be sent before anybody has chosen."""
        self._ended = RequestDraft()
        self.is_loaded = False
        self.draft = RequestDraft()
        self.habits = Habits()
        self.request: PreparedRequest | None = None
        self.whole: Snapshot | None = None
        """Everything that could be sent of this PC's facts, from which single lines are chosen."""
        self.is_ready = False
        """Whether `request` is what was chosen last; it is not while another choice is being prepared."""

    def load(self) -> None:
        """Read the draft that was left, and what was chosen last time."""
        client = self._tools.client
        self._tools.store(
            lambda: (load_draft(client, NEW_REQUEST), load_habits(client), offered_depth(client)),
            owner=self,
            done=self._on_loaded,
        )

    def keep(self, draft: RequestDraft) -> None:
        """Take over what was typed or chosen, and save it."""
        self.draft = draft
        client, document = self._tools.client, draft.to_document()
        self._tools.store(lambda: save_draft(client, NEW_REQUEST, document), owner=self, failed=self.failed.emit)

    def end_solved(self, run: Mapping[str, Any]) -> None:
        """Count a problem that was solved without a request."""
        client, wizard = self._tools.client, self.draft.wizard
        self._ended = replace(self.draft, run=dict(run)).without_guide()
        self.draft = RequestDraft(phone=self.draft.phone or self.habits.phone)
        is_counted = self._tools.counts_solved()
        self._tools.store(
            lambda: finish_run(client, wizard, RESOLVED, document=run, draft=NEW_REQUEST, is_counted=is_counted),
            owner=self,
        )

    def take_up_again(self) -> RequestDraft:
        """Return what was said before a guide seemed to have solved the problem."""
        return self._ended

    def prepare(self, snapshot: Snapshot | None, choice: Choice, *, reachable: str) -> None:
        """Fix what will be sent by a choice; the newest call wins."""
        self._turn += 1
        self.is_ready = False
        turn, client, before = self._turn, self._tools.client, self.request
        draft, language = self.draft, self._tools.look.texts.language

        def work() -> tuple[PreparedRequest, Snapshot | None]:
            files = () if FILES in choice.off else tuple(files_of(client, NEW_REQUEST))
            facts = chosen(client, snapshot, choice)
            command = _command(draft, reachable, language)
            command = replace(command, files=files, snapshot=facts, consent=consent_to(choice.off) if facts else {})
            whole = sendable(client, snapshot, ()) if snapshot else None
            return prepare_request(client, command, before=before), whole

        def done(found: tuple[PreparedRequest, Snapshot | None]) -> None:
            if turn == self._turn:
                (self.request, self.whole), self.is_ready = found, True
                self.prepared.emit(self.request)

        self._tools.store(work, owner=self, done=done, failed=self.failed.emit)

    def send(self) -> None:
        """Store exactly what was prepared; delivery follows by itself."""
        prepared, client = self.request, self._tools.client
        if prepared is None or not self.is_ready:
            return
        self._turn += 1

        def work() -> tuple[RequestRow, Changes]:
            done: Done[str] = send_request(client, prepared)
            return open_request(client, done.result).request, done.changes

        self._tools.store(work, owner=self, done=self._on_sent, failed=self.failed.emit)

    def _on_loaded(self, left: tuple[Draft, Habits, Depth]) -> None:
        draft, self.habits, self.depth = left
        self.is_loaded = True
        self.draft = RequestDraft.from_document({"phone": self.habits.phone, **draft.document})
        self.loaded.emit(draft)

    def _on_sent(self, result: tuple[RequestRow, Changes]) -> None:
        self._begin_anew()
        self.sent.emit(*result)

    def _begin_anew(self) -> None:
        """Forget the draft here too, and read again what was chosen for the request that went.

        What was still being prepared belongs to it: taken for the next request, that would be the same one again.
        """
        self._turn += 1
        self.draft = RequestDraft(phone=self.draft.phone or self.habits.phone)
        self.request, self.is_ready = None, False
        client = self._tools.client

        def note(habits: Habits) -> None:
            self.habits = habits

        self._tools.store(lambda: load_habits(client), owner=self, done=note)


def _command(draft: RequestDraft, reachable: str, language: str) -> SendRequest:
    topic = next((one for one in TOPICS if one.id == draft.topic), TOPICS[-1])
    runs = (*draft.runs, draft.run) if draft.run else draft.runs
    return SendRequest(
        text=draft.text,
        category=topic.category,
        urgency=Urgency(draft.urgency),
        phone=draft.phone,
        reachable=reachable,
        language=language,
        wizard_runs=runs,
        draft=NEW_REQUEST,
    )
