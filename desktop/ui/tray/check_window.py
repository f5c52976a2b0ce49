"""The PC check: one calm sentence, what was found with what to do now, and what was looked at; nothing is sent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.base.clock import from_text
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.library import Library
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.tray.check_results import Found, checked_card, finding_banner, judged_check
from desktop.ui.tray.closing import close_by_escape
from desktop.ui.tray.facts_gatherer import FactsGatherer
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.parts import Page, heading, hint
from desktop.ui.tray.place import keep_place, put_in_place
from desktop.ui.tray.tools import Tools
from desktop.ui.tray.topics import for_employees

_PLACE = "check"


class CheckWindow(QWidget):
    """Looks at the PC when it is shown; nothing of it leaves the machine unless the employee sends it."""

    help_wanted = Signal(str)
    """What is wrong in words, empty for a request of another kind."""
    guide_wanted = Signal(str)
    """The id of the checklist that helps."""
    send_wanted = Signal(object)
    """The `Snapshot` to be shown before it is sent."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._guides: frozenset[str] = frozenset()
        look, text = tools.look, tools.look.text
        self.facts = FactsGatherer(tools, self)
        self.setWindowTitle(text("tray.check"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.setMinimumSize(360, 300)
        self.resize(520, 640)
        put_in_place(self, tools, _PLACE)
        self.page = Page(look)
        self.said = heading(look, "")
        self.when = hint(look, "")
        self._bar = QProgressBar()
        self._running = self._running_card()
        self.found = QVBoxLayout()
        self.found.setSpacing(8)
        self.again = Button(
            look, text("tray.check.again"), icon_name="arrows-clockwise", small=True, clicked=self.start
        )
        for one in (self.said, self.when, self._running):
            self.page.body.addWidget(one)
        self.page.body.addSpacing(4)
        self.page.body.addLayout(self.found)
        self.page.body.addLayout(row(self.again, None, margins=(0, 6, 0, 0)))
        self.page.body.addStretch(1)
        self.send = Button(look, text("tray.check.send"), icon_name="paper-plane-tilt", clicked=self._on_send)
        self.ask = Button(look, text("tray.ask"), icon_name="chat-text", kind="primary", clicked=self._on_ask)
        self.page.set_footer(None, self.send, self.ask)
        self.setLayout(column(self.page, spacing=0))
        self.facts.ready.connect(self._on_facts)
        self.facts.progressed.connect(self._on_progress)
        close_by_escape(self)

    def start(self) -> None:
        """Look at the PC now, unless that already goes on."""
        if self.facts.is_running:
            return
        self.facts.forget()
        clear(self.found)
        self._bar.setRange(0, 0)
        self._say("tray.check.running", "tray.check.stays")
        self.facts.start(is_full=True)
        self._show_running()
        self.page.focus_first()

    def stop(self) -> None:
        """End a running check, for leaving the program."""
        self.facts.cancel()

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self.page.set_phone(phone)

    def set_enrolled(self, *, is_enrolled: bool) -> None:
        """Offer to send the result where there is somebody to send it to."""
        self.send.setVisible(is_enrolled)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which checklists hold by now."""
        self._tools.slow(self._tools.load_wizards, owner=self, done=self._on_library)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop looking; the next opening looks anew."""
        keep_place(self, self._tools, _PLACE)
        self.facts.cancel()
        super().closeEvent(event)

    def _running_card(self) -> Card:
        look, text = self._tools.look, self._tools.look.text
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("tray.check.running"))
        self._count = plain_label(look, text("tray.check.looking"), weight=BOLD, wrap=True)
        self.cancel = Button(look, text("tray.check.cancel"), small=True, clicked=self.facts.cancel)
        top = row(self._count, self.cancel, spacing=12)
        top.setStretch(0, 1)
        return Card(column(top, self._bar, spacing=8, margins=(14, 10, 14, 12)))

    def _show_running(self) -> None:
        is_running = self.facts.is_running
        self._running.setVisible(is_running)
        self.again.setVisible(not is_running)
        self.send.setEnabled(not is_running and self.facts.snapshot is not None)

    def _on_library(self, library: Library) -> None:
        self._guides = frozenset(one.id for one in for_employees(library.wizards.values()))
        if self.facts.snapshot is not None:
            self._show(self.facts.snapshot)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_facts(self, snapshot: Snapshot | None) -> None:
        self._show_running()
        if snapshot is None:
            self._say("tray.check.stopped", "tray.check.stopped.hint")
        else:
            self._show(snapshot)
        if not self.facts.is_running:
            announce(self, self.said.text())

    def _show(self, snapshot: Snapshot) -> None:
        look, found = self._tools.look, judged_check(snapshot)
        clear(self.found)
        self._put_in_front(found)
        at = look.formats.moment(from_text(snapshot.taken_at))
        when = look.text("tray.check.when", at=at)
        if found.unanswered:
            when = look.texts.plural("tray.check.when_part", found.unanswered, at=at)
        self.when.setText(when if found.is_usable else look.text("tray.check.failed.hint"))
        for one in found.present:
            banner, button = finding_banner(look, one, self._guides)
            button.clicked.connect(self._leading_on(one.wizard, banner.accessibleName()))
            self.found.addWidget(banner)
        if found.is_usable:
            self.found.addWidget(checked_card(look, snapshot))

    def _put_in_front(self, found: Found) -> None:
        texts = self._tools.look.texts
        if not found.is_usable:
            words = texts.text("tray.check.failed")
        elif found.present:
            words = texts.plural("tray.check.found", len(found.present))
        else:
            words = texts.text("tray.check.running" if self.facts.is_running else "tray.check.good")
        self._head(words)

    def _leading_on(self, wizard: str, words: str) -> Callable[[], None]:
        if wizard in self._guides:
            return lambda: self.guide_wanted.emit(wizard)
        return lambda: self.help_wanted.emit(words)

    def _say(self, head: str, words: str) -> None:
        text = self._tools.look.text
        self._head(text(head))
        self.when.setText(text(words))

    def _head(self, words: str) -> None:
        self.said.setText(words)
        self.said.setAccessibleName(words)

    def _on_send(self) -> None:
        if self.facts.snapshot is not None:
            self.send_wanted.emit(self.facts.snapshot)

    def _on_ask(self) -> None:
        self.help_wanted.emit("")
