"""A diagnosis on its own: the IT asks and the employee decides, or they send one of their own accord."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.client.asks import AskRow
from desktop.client.policy import Depth
from desktop.domain.snapshot import Snapshot
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import column
from desktop.ui.tray.closing import close_by_escape
from desktop.ui.tray.consent_page import ConsentPage
from desktop.ui.tray.consenting import Consenting
from desktop.ui.tray.diagnosis_flow import DiagnosisFlow
from desktop.ui.tray.diagnosis_pages import AskPage, DeclinePage, DonePage, sentence_card
from desktop.ui.tray.facts_gatherer import FactsGatherer
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.page_stack import PageStack
from desktop.ui.tray.place import keep_place, put_in_place
from desktop.ui.tray.tools import Tools

_PLACE = "diagnosis"
_TYPED = 400  # milliseconds after the last key until the sentence is taken over


class DiagnosisWindow(QWidget):
    """Leads from the ask to the consent; closing it answers nothing."""

    changed = Signal(object)
    """The `Changes` of an answer that was stored."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        look = tools.look
        self.flow = DiagnosisFlow(tools, self)
        self.facts = FactsGatherer(tools, self)
        self.pages = PageStack()
        self.ask, self.decline, self.done = AskPage(look), DeclinePage(look), DonePage(look)
        self.consent = ConsentPage(look, kind="diagnosis", step=0)
        self._consenting = Consenting(self.consent, self.facts, self)
        self.sentence = QLineEdit()
        self.consent.extra.addWidget(sentence_card(look, self.sentence))
        self._is_asked = True
        self._shown = ""
        self._outcome = "sent"
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED)
        for name, page in (
            ("ask", self.ask), ("decline", self.decline), ("consent", self.consent), ("done", self.done),
        ):  # fmt: skip
            self.pages.add(name, page)
        self.setWindowTitle(look.text("tray.diagnosis"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.setMinimumSize(360, 300)
        self.resize(520, 700)
        put_in_place(self, tools, _PLACE)
        self.setLayout(column(self.pages, spacing=0))
        self._wire()

    def open_ask(self) -> None:
        """Show what the IT asks for, from the beginning unless the employee is in the middle of it."""
        if self.pages.current in ("consent", "decline") and self._is_asked and self.flow.ask is not None:
            return
        self._is_asked = True
        self.flow.load()

    def open_unasked(self, snapshot: Snapshot) -> None:
        """Show what would be sent of a diagnosis that is there already."""
        self._is_asked = False
        self.flow.ask = None
        self.facts.adopt(snapshot)
        self.consent.set_usable(is_usable=False)
        self.flow.recall()

    def apply(self, changes: Changes) -> None:
        """Look whether the IT still asks."""
        if self._is_asked and changes.touches(Subject.DEVICE) and self.pages.current != "done":
            self.flow.load()

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self.pages.set_phone(phone)

    def stop(self) -> None:
        """End collecting, for leaving the program."""
        self.facts.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop collecting; the ask stays open until it is answered."""
        keep_place(self, self._tools, _PLACE)
        self._typed.stop()
        self.pages.go("ask")
        self.facts.forget()
        super().closeEvent(event)

    def _wire(self) -> None:
        self.ask.look_wanted.connect(self._on_look)
        self.ask.decline_wanted.connect(lambda: self.pages.go("decline"))
        self.ask.later_wanted.connect(self.close)
        self.decline.back_wanted.connect(lambda: self.pages.go("ask"))
        self.decline.decline_wanted.connect(self._on_decline)
        self.consent.back_wanted.connect(self._on_back)
        self._consenting.groups_wanted.connect(self._show_consent)
        self._consenting.message_wanted.connect(self._on_message_wanted)
        self.consent.send_wanted.connect(self._on_send)
        self.sentence.textEdited.connect(self._on_typed)
        self._typed.timeout.connect(self._on_typed_out)
        self.done.done_wanted.connect(self.close)
        self.facts.ready.connect(self._on_facts)
        self.flow.loaded.connect(self._on_loaded)
        self.flow.recalled.connect(self._on_recalled)
        self.flow.prepared.connect(self._on_prepared)
        self.flow.sent.connect(self._on_sent)
        self.flow.failed.connect(self._on_failed)
        close_by_escape(self)

    def _on_loaded(self, ask: AskRow | None) -> None:
        if not self._is_asked:
            return
        if ask is None:
            was_asked = self.pages.current != "done" and self.flow.message is not None
            self._end("gone" if was_asked else "none", is_good=False)
            return
        is_other, self._shown = ask.id != self._shown, ask.id
        self.ask.show_ask(ask)
        if self.pages.current == "done" or is_other:  # what was read and chosen was for another ask
            self.facts.cancel()
            self.pages.go("ask")

    def _on_recalled(self) -> None:
        snapshot = self.facts.snapshot
        if not self._is_asked and snapshot is not None:
            self._begin(Depth.FULL if snapshot.level == "full" else Depth.BASIC)

    def _on_look(self) -> None:
        if self.flow.ask is not None:
            self._begin(Depth.FULL if self.flow.ask.level == Depth.FULL.value else Depth.BASIC)
            self.facts.start(is_full=self.consent.choice.depth is Depth.FULL)
            self._show_consent()

    def _begin(self, depth: Depth) -> None:
        self.flow.begin_anew()
        self.sentence.clear()
        self._consenting.begin(depth, self.flow.off)
        self.pages.go("consent")
        self._show_consent()

    def _show_consent(self) -> None:
        self.consent.show_groups(has_facts=self.facts.snapshot is not None)
        self._consenting.prepare()

    def _on_message_wanted(self) -> None:
        self.flow.prepare(self.facts.snapshot, self.consent.choice, self.sentence.text())

    def _on_typed_out(self) -> None:
        if self.pages.current == "consent":
            self._consenting.prepare()

    def _on_typed(self, _text: str) -> None:
        self.consent.set_usable(is_usable=False)
        self._typed.start()

    def _on_facts(self, _snapshot: object) -> None:
        if self.pages.current == "consent":
            self._show_consent()

    def _on_prepared(self) -> None:
        self.consent.show_prepared(self.flow.message, self.flow.whole)
        self.consent.set_usable(is_usable=self.flow.is_ready)

    def _on_send(self) -> None:
        self._outcome = "sent"
        self.consent.set_usable(is_usable=False)
        self.flow.send()

    def _on_decline(self, sentence: str) -> None:
        self._outcome = "declined"
        self.decline.send.setEnabled(False)
        self.flow.decline(sentence)

    def _on_back(self) -> None:
        self.facts.cancel()
        if self._is_asked:
            self.pages.go("ask")
        else:
            self.close()

    def _on_sent(self, changes: Changes) -> None:
        self.decline.sentence.clear()
        self._end(self._outcome)
        self.facts.forget()
        self.changed.emit(changes)

    def _end(self, code: str, *, is_good: bool = True) -> None:
        self.decline.send.setEnabled(True)
        self.done.show_outcome(code, is_good=is_good)
        self.pages.go("done")
        announce(self, self._tools.look.text(f"tray.asked.{code}.heading"))

    def _on_failed(self, error: AppError) -> None:
        if error.code == "ask.gone":
            self._end("gone", is_good=False)
            return
        self.decline.send.setEnabled(True)
        self.consent.set_usable(is_usable=self.flow.is_ready)
        (self.decline.notice if self.pages.current == "decline" else self.consent.notice).show_error(error)
