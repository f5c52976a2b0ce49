"""Page 2 of the set-up: where the database lies, checked while one types, and what protects the keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Chip
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import OptionCard
from desktop.ui.desk.fields import TextField
from desktop.ui.desk.setup.page import SetupPage
from desktop.ui.desk.setup.tools import SetupTools

PAUSE_MS = 250  # milliseconds without a key before the path is looked at
SHORTEST_PASSPHRASE = 12  # characters


class StoragePage(SetupPage):
    """Asks where the tickets lie and, without a keychain, for a passphrase."""

    def __init__(self, look: Look, tools: SetupTools) -> None:
        super().__init__(look, look.text("setup.storage.title"), look.text("setup.storage.lead"))
        self._tools = tools
        self._checked: tuple[str, AppError | None] | None = None
        self._make_folder(look)
        self._make_choice(look)
        self._make_keys(look)
        # All in the layout, in the order of Tab, also what is not shown.
        keys = (self._keychain, self.first, 10, self.second)
        self.arrange(self.here, 6, self.other, 14, self.folder, 14, *keys)
        self._on_choice()

    @property
    def path(self) -> Path:
        """Return the chosen folder."""
        return self._tools.data if self.here.isChecked() else Path(self.folder.text)

    @property
    def passphrase(self) -> str:
        """Return the passphrase; empty where the keychain keeps the keys."""
        return self.first.edit.text() if self._tools.needs_passphrase else ""

    def first_fault(self) -> QWidget | None:
        """Refuse an unsuitable folder and a weak or mistyped passphrase."""
        if self.folder.error or not self._is_answered():
            self._check()
            return self.folder.edit
        if not self._tools.needs_passphrase:
            return None
        text = self.look.text
        is_short = len(self.passphrase) < SHORTEST_PASSPHRASE
        differs = self.passphrase != self.second.edit.text()
        self.first.set_error(text("setup.storage.passphrase.short") if is_short else "")
        self.second.set_error(text("setup.storage.passphrase.differ") if differs and not is_short else "")
        return self.first.edit if is_short else self.second.edit if differs else None

    def start(self) -> None:
        """Begin with the recommended choice."""
        (self.here if self.here.isChecked() else self.other).setFocus()
        self._check()

    def _make_choice(self, look: Look) -> None:
        self.here = OptionCard(
            look,
            look.text("setup.storage.here"),
            look.text("setup.storage.here.hint"),
            icon_name="desktop",
            checkable=True,
        )
        self.other = OptionCard(
            look,
            look.text("setup.storage.other"),
            look.text("setup.storage.other.hint"),
            icon_name="hard-drives",
            checkable=True,
        )
        self.here.setChecked(True)
        self.here.toggled.connect(self._on_choice)

    def _make_folder(self, look: Look) -> None:
        self._verdict = Chip(look, "", "plain")
        self._choose = Button(look, look.text("setup.storage.choose"), clicked=self._on_choose)
        self.folder = TextField(look, look.text("setup.storage.folder"), beside=(self._verdict, self._choose))
        self.folder.edited.connect(self._on_edited)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._check)

    def _make_keys(self, look: Look) -> None:
        lock = IconLabel(look.theme, "lock-simple", "grn", filled=True)
        words = plain_label(look, look.text("setup.storage.keys.keychain"), size="meta", tone="t2", wrap=True)
        line = row(lock, words, spacing=8)
        line.setStretch(1, 1)
        self._keychain = QWidget()
        self._keychain.setLayout(line)
        hint = look.text("setup.storage.keys.file")
        self.first = TextField(look, look.text("setup.storage.passphrase"), is_secret=True, hint=hint)
        self.second = TextField(look, look.text("setup.storage.passphrase.again"), is_secret=True)
        for one in (self._keychain,) if self._tools.needs_passphrase else (self.first, self.second):
            one.hide()  # shown before it has its place, the other would open a window of its own

    def _on_choice(self) -> None:
        is_own = self.here.isChecked()
        self.folder.edit.setReadOnly(is_own)
        self._choose.setEnabled(not is_own)
        if is_own:
            self.folder.set_text(str(self._tools.data))
        self._check()

    def hideEvent(self, event: QHideEvent) -> None:
        """Do not look at a path any more that nobody sees."""
        self._pause.stop()
        super().hideEvent(event)

    def _on_edited(self, _text: str) -> None:
        self._pause.start()

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.look.text("setup.storage.folder"), self.folder.text)
        if chosen:
            self.folder.set_text(str(Path(chosen)))
            self._check()

    def _is_answered(self) -> bool:
        return self._checked is not None and self._checked[0] == self.folder.text and self._checked[1] is None

    def _check(self) -> None:
        text = self.folder.text
        if not text or not Path(text).is_absolute():
            self._show(text, None, self.look.text("setup.storage.absolute"))
            return
        path = Path(text)
        self._tools.dispatcher.run(
            self._tools.io,
            lambda: self._tools.check_place(path),
            owner=self,
            done=lambda _: self._show(text, None),
            failed=lambda error: self._show(text, error),
        )

    def _show(self, text: str, error: AppError | None, refusal: str = "") -> None:
        if text != self.folder.text:
            return  # typed on in the meantime
        self._checked = None if refusal else (text, error)
        words = self.look.texts.error(error) if error else None
        sentence = refusal or (f"{words.what}\n{words.do}".strip() or error.code if words and error else "")
        self.folder.set_error(sentence)
        if sentence:
            self._verdict.set_chip(self.look.text("setup.storage.refused"), "red")
        else:
            self._verdict.set_chip(self.look.text("setup.storage.fits"), "grn")
        self.completed_changed.emit()
