"""The PC check: what the rules find on this machine, in plain words, without sending anything."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.domain.snapshot import Finding, Severity, Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import clear, column
from desktop.ui.tray.closing import close_by_escape
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.parts import Page, heading, hint
from desktop.ui.tray.tools import Collecting, Tools

_TONES = {Severity.INFO: "acc", Severity.WARN: "amb", Severity.ERROR: "red", Severity.CRITICAL: "red"}


class CheckWindow(QWidget):
    """Looks at the PC when it is shown; nothing of it leaves the machine."""

    help_wanted = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._running: Collecting | None = None
        look, text = tools.look, tools.look.text
        self.setWindowTitle(text("tray.check"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.resize(520, 560)
        self.page = Page(look)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("tray.looking.heading"))
        self.found = QVBoxLayout()
        self.found.setSpacing(8)
        self.page.body.addWidget(heading(look, text("tray.check")))
        self.page.body.addWidget(hint(look, text("tray.check.stays")))
        self.page.body.addSpacing(6)
        self.page.body.addWidget(self._bar)
        self.page.body.addLayout(self.found)
        self.page.body.addStretch(1)
        self.again = Button(look, text("tray.check.again"), icon_name="arrows-clockwise", clicked=self.start)
        ask = Button(look, text("tray.ask"), icon_name="chat-text", kind="primary", clicked=self.help_wanted.emit)
        self.page.set_footer(12, self.again, None, ask)
        self.setLayout(column(self.page, spacing=0))
        close_by_escape(self)

    def start(self) -> None:
        """Look at the PC now."""
        if self._running is not None:
            return
        clear(self.found)
        self._bar.show()
        self.again.setEnabled(False)
        self._running = self._tools.open_collection("basic")
        self._tools.slow(self._running.run, owner=self, done=self._on_done, failed=self._on_failed)

    def stop(self) -> None:
        """End a running check, for leaving the program."""
        if self._running is not None:
            self._running.cancel()

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self.page.set_phone(phone)

    def _on_done(self, snapshot: Snapshot) -> None:
        self._end()
        text = self._tools.look.text
        present = [one for one in snapshot.present if one.severity is not Severity.INFO]
        if not present:
            self.found.addWidget(Banner(self._tools.look, text("tray.check.good"), tone="grn"))
        for one in present:
            self.found.addWidget(self._banner(one))
        announce(self, self._tools.look.texts.plural("tray.check.found", len(present)))

    def _banner(self, finding: Finding) -> Banner:
        from desktop.diagnostics.evidence import finding_text

        texts = self._tools.look.texts
        title, words = texts.text(f"finding.{finding.id}.title"), finding_text(finding, "employee", texts)
        return Banner(self._tools.look, title, words, tone=_TONES[finding.severity])

    def _on_failed(self, error: AppError) -> None:
        self._end()
        words = self._tools.look.texts.error(error)
        self.found.addWidget(Banner(self._tools.look, words.what, words.do, tone="amb"))
        announce(self, words.what)

    def _end(self) -> None:
        self._running = None
        self._bar.hide()
        self.again.setEnabled(True)
