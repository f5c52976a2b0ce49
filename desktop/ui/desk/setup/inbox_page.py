"""Page 3 of the set-up: the shared folder through which requests come, tried out before it is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.base.errors import AppError
from desktop.exchange.folder_check import FolderCheck, is_usable
from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import announce
from desktop.ui.common.labels import plain_label
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import TextField
from desktop.ui.desk.setup.check_list import FolderCheckList
from desktop.ui.desk.setup.page import SetupPage
from desktop.ui.desk.setup.tools import SetupTools

PAUSE_MS = 400  # milliseconds without a key before the folder is tried out


class InboxPage(SetupPage):
    """Asks for the mailbox folder."""

    def __init__(self, look: Look, tools: SetupTools) -> None:
        super().__init__(look, look.text("setup.inbox.title"), look.text("setup.inbox.lead"))
        self._tools = tools
        self._tried: tuple[str, tuple[FolderCheck, ...]] = ("", ())
        choose = Button(look, look.text("setup.inbox.choose"), icon_name="folder-open", clicked=self._on_choose)
        self.check_button = Button(look, look.text("setup.inbox.check"), icon_name="fingerprint", clicked=self.check)
        hint = look.text("setup.inbox.hint")
        self.folder = TextField(look, look.text("setup.inbox.folder"), hint=hint, beside=(choose, self.check_button))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.folder.edited.connect(self._on_edited)
        self._busy = plain_label(look, "", size="meta", tone="t3")
        self.results = FolderCheckList(look)
        self.arrange(self.folder, 10, self._busy, self.results)

    @property
    def path(self) -> Path:
        """Return the chosen folder."""
        return Path(self.folder.text)

    def first_fault(self) -> QWidget | None:
        """Refuse a folder that was not tried out with success."""
        tried, checks = self._tried
        if tried == self.folder.text and is_usable(checks):
            return None
        if not self.folder.text:
            self.folder.set_error(self.look.text("setup.inbox.empty"))
        elif tried != self.folder.text:
            self.check()
        return self.folder.edit

    def start(self) -> None:
        """Begin with the folder."""
        self.folder.edit.setFocus()

    def check(self) -> None:
        """Try the folder out now."""
        text = self.folder.text
        if not text:
            self.results.set_checks(())
            return
        self._busy.setText(self.look.text("setup.inbox.checking"))
        self._tools.dispatcher.run(
            self._tools.io,
            lambda: self._tools.check_folder(Path(text)),
            owner=self,
            done=lambda checks: self._show(text, checks),
            failed=lambda error: self._on_failed(text, error),
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Do not look at a path any more that nobody sees."""
        self._pause.stop()
        super().hideEvent(event)

    def _on_edited(self) -> None:
        self.results.set_checks(())
        self._pause.start()

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.look.text("setup.inbox.folder"), self.folder.text)
        if chosen:
            self.folder.set_text(str(Path(chosen)))
            self.check()

    def _on_failed(self, text: str, error: AppError) -> None:
        if text == self.folder.text:
            self._busy.setText("")
            self.folder.set_error(self.look.texts.error(error).what)

    def _show(self, text: str, checks: tuple[FolderCheck, ...]) -> None:
        if text != self.folder.text:
            return  # typed on in the meantime
        self._busy.setText("")
        self._tried = (text, checks)
        self.results.set_checks(checks)
        announce(self.results, self.results.accessibleName())
        self.completed_changed.emit()
