"""The work behind the diagnosis window: what is asked, what will be sent, and sending it, all off the main thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.base.changes import Changes, Done
from desktop.client.asks import AskRow, find_open_ask
from desktop.client.diagnosis import (
    PreparedDiagnosis,
    SendDiagnosis,
    decline,
    prepare_diagnosis,
    send_diagnosis,
)
from desktop.client.facts import Choice, chosen, consent_to, sendable
from desktop.client.habits import load_habits
from desktop.domain.snapshot import Snapshot
from desktop.ui.tray.tools import Tools


class DiagnosisFlow(QObject):
    """Holds the open ask and turns the employee's choice into a message."""

    loaded = Signal(object)
    """The `AskRow` that is open, or None."""
    recalled = Signal()
    prepared = Signal()
    sent = Signal(object)
    """The `Changes`."""
    failed = Signal(object)

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._turn = 0
        self.ask: AskRow | None = None
        self.off: frozenset[str] | None = None
        """What was left out last time, None where nobody has chosen yet."""
        self.message: PreparedDiagnosis | None = None
        self.whole: Snapshot | None = None
        self.is_ready = False

    def load(self) -> None:
        """Read what the IT asks for."""
        client = self._tools.client
        self._tools.store(lambda: (find_open_ask(client), load_habits(client).off), owner=self, done=self._on_loaded)

    def recall(self) -> None:
        """Read what was left out last time, where nobody asks."""
        client = self._tools.client
        self._tools.store(lambda: load_habits(client).off, owner=self, done=self._on_recalled)

    def begin_anew(self) -> None:
        """Forget what was prepared: another message comes."""
        self._turn += 1
        self.message, self.whole, self.is_ready = None, None, False

    def prepare(self, snapshot: Snapshot | None, choice: Choice, comment: str) -> None:
        """Fix what will be sent by a choice; the newest call wins. Without facts there is nothing to send."""
        self._turn += 1
        self.is_ready = False
        turn, client, before = self._turn, self._tools.client, self.message
        ask_id = self.ask.id if self.ask else ""

        def work() -> tuple[PreparedDiagnosis | None, Snapshot | None]:
            facts = chosen(client, snapshot, choice)
            whole = sendable(client, snapshot, ()) if snapshot else None
            if facts is None:
                return None, whole
            command = SendDiagnosis(ask_id, facts, consent_to(choice.off), comment)
            return prepare_diagnosis(client, command, before=before), whole

        def done(found: tuple[PreparedDiagnosis | None, Snapshot | None]) -> None:
            if turn == self._turn:
                self.message, self.whole = found[0] or self.message, found[1]
                self.is_ready = found[0] is not None
                self.prepared.emit()

        self._tools.store(work, owner=self, done=done, failed=self.failed.emit)

    def send(self) -> None:
        """Store exactly what was prepared; delivery follows by itself."""
        message, client = self.message, self._tools.client
        if message is not None and self.is_ready:
            self._turn += 1
            self._tools.store(
                lambda: send_diagnosis(client, message), owner=self, done=self._on_sent, failed=self.failed.emit
            )

    def decline(self, comment: str) -> None:
        """Answer with no."""
        client, ask = self._tools.client, self.ask
        if ask is not None:
            self._tools.store(
                lambda: decline(client, ask.id, comment), owner=self, done=self._on_sent, failed=self.failed.emit
            )

    def _on_loaded(self, found: tuple[AskRow | None, frozenset[str] | None]) -> None:
        self.ask, self.off = found
        self.loaded.emit(self.ask)

    def _on_recalled(self, off: frozenset[str] | None) -> None:
        self.off = off
        self.recalled.emit()

    def _on_sent(self, done: Done[str]) -> None:
        changes: Changes = done.changes
        self.begin_anew()
        self.ask = None
        self.sent.emit(changes)
