"""The question before something is thrown away: what happens, and two verbs to choose from."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look


class Question(QDialog):
    """Asks with the texts `<code>.title`, `.text`, `.yes` and `.no`; Esc and the first focus mean no."""

    def __init__(self, look: Look, code: str, parent: QWidget | None = None, **parameters: object) -> None:
        super().__init__(parent)
        title = look.text(f"{code}.title", **parameters)
        self.setWindowTitle(title)
        self.yes = Button(look, look.text(f"{code}.yes"), kind="danger", clicked=self.accept)
        self.no = Button(look, look.text(f"{code}.no"), kind="primary", clicked=self.reject)
        words = column(
            plain_label(look, title, size="pane", weight=BOLD, wrap=True),
            plain_label(look, look.text(f"{code}.text", **parameters), tone="t2", wrap=True),
            spacing=6,
        )
        mark = column(IconLabel(look.theme, "question", "acc", size=22, filled=True), None)
        line = row(mark, words, spacing=12, margins=(20, 18, 20, 18))
        line.setStretch(1, 1)
        footer = row(None, self.yes, self.no, spacing=8, margins=(20, 12, 20, 12))
        self.setLayout(column(pane(line, ground="surface"), pane(footer, ground="surface2", edge="top"), spacing=0))
        self.setMinimumWidth(look.theme.px(420))
        self.no.setDefault(True)
        self.no.setFocus()


def ask(parent: QWidget, look: Look, code: str, **parameters: object) -> bool:
    """Ask and wait for the answer."""
    question = Question(look, code, parent, **parameters)
    answer = question.exec()
    question.deleteLater()
    return answer == QDialog.DialogCode.Accepted
