"""Page 4 of the set-up: 24 words that exist on paper only, and three of them typed back."""

from __future__ import annotations

import secrets
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import TextField
from desktop.ui.desk.setup.page import SetupPage
from desktop.ui.desk.setup.recovery_sheet import write_sheet
from desktop.ui.desk.setup.tools import SetupTools

ASKED = 3
COLUMNS = 3


class RecoveryPage(SetupPage):
    """Shows the words, saves them as a sheet, and asks for three at random."""

    def __init__(self, look: Look, tools: SetupTools) -> None:
        super().__init__(look, look.text("setup.recovery.title"), look.text("setup.recovery.lead"))
        self._tools = tools
        self.company = ""
        self.words = tools.recovery_words
        places = sorted(secrets.SystemRandom().sample(range(len(self.words)), ASKED))
        self.answers = {place: TextField(look, look.text("setup.recovery.word", number=place + 1)) for place in places}
        for one in self.answers.values():
            one.edited.connect(self._on_edited)
        save = Button(look, look.text("setup.recovery.print"), icon_name="file-pdf", small=True, clicked=self._on_save)
        copy = Button(look, look.text("setup.recovery.copy"), icon_name="copy", kind="flat", small=True)
        copy.clicked.connect(self._on_copy)
        self._said = plain_label(look, "", size="meta", tone="t3", wrap=True)
        said = row(save, copy, self._said, spacing=8)
        said.setStretch(2, 1)
        question = plain_label(look, look.text("setup.recovery.type"), weight=BOLD, wrap=True)
        self.arrange(self._sheet(look), 6, said, 8, question, row(*self.answers.values(), spacing=12))

    def first_fault(self) -> QWidget | None:
        """Compare the three words, whatever their case."""
        wrong: list[QWidget] = []
        for place, field in self.answers.items():
            is_right = field.text.casefold() == self.words[place].casefold()
            field.set_error("" if is_right else self.look.text("setup.recovery.wrong", number=place + 1))
            if not is_right:
                wrong.append(field.edit)
        return wrong[0] if wrong else None

    def _sheet(self, look: Look) -> Card:
        grid = QGridLayout()
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(5)
        per_column = -(-len(self.words) // COLUMNS)
        for place, word in enumerate(self.words):
            line, block = place % per_column, place // per_column * 2
            grid.addWidget(plain_label(look, f"{place + 1}", size="meta", tone="t3"), line, block)
            grid.addWidget(plain_label(look, word, weight=BOLD), line, block + 1)
            grid.setColumnStretch(block + 1, 1)
        card = Card(grid)
        card.setAccessibleName(look.text("setup.recovery.words"))
        return card

    def save(self, path: Path) -> None:
        """Write the sheet as a PDF to `path` and say so."""
        try:
            write_sheet(path, self.look, company=self.company, words=self.words, at=self._tools.clock())
        except AppError as error:
            self._say(self.look.texts.error(error).what)
        else:
            self._say(self.look.text("setup.recovery.saved", path=path))

    def _on_edited(self, _text: str) -> None:
        self.completed_changed.emit()

    def _on_save(self) -> None:
        name = str(Path.home() / self.look.text("setup.recovery.file.name"))
        title = self.look.text("setup.recovery.print")
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, self.look.text("setup.file.pdf"))
        if chosen:
            self.save(Path(chosen))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(" ".join(self.words))
        self._say(self.look.text("setup.recovery.copied"))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        announce(self._said, text)
