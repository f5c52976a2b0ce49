"""Is your problem solved? Yes or no, and if one likes a rating in four steps with a comment."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget

from desktop.client.rows import Answer, RequestRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD, MEDIUM, REGULAR
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look

_FACES = ((1, "star"), (2, "smiley"), (3, "smiley-meh"), (4, "smiley-sad"))


class FaceButton(QAbstractButton):
    """One step of the rating: a face and a word, chosen by click or arrow keys."""

    def __init__(self, look: Look, rating: int, icon_name: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon_name
        self.rating = rating
        self.setText(look.text(f"tray.rating.{rating}"))
        self.setAccessibleName(look.text(f"tray.rating.{rating}"))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Ask for the room of icon and word."""
        return QSize(self._look.theme.px(92), self._look.theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw card, face and word."""
        theme, chosen = self._look.theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("acc" if chosen else "line2"))
        painter.setBrush(theme.color("accbg" if chosen else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 7, 7)
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)
        side = theme.px(22)
        tone = "acc" if chosen else "t2"
        draw_icon(painter, QRectF((self.width() - side) / 2, theme.px(10), side, side), self._icon, theme.color(tone))
        painter.setFont(theme.font("meta", BOLD if chosen else REGULAR))
        painter.setPen(theme.color("t1"))
        below = QRectF(0, theme.px(35), self.width(), theme.px(20))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class SolvedCard(Card):
    """Asks whether the problem is solved, then whether the employee was content."""

    answered = Signal(bool, int, str)
    """Solved or not, the rating (0 = none) and the comment."""
    grown = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        text = look.text
        self._request = ""
        self.yes = Button(look, text("tray.solved.yes"), icon_name="check", kind="primary")
        self.yes.clicked.connect(lambda: self._answer(is_solved=True))
        self.no = Button(look, text("tray.solved.no"), clicked=lambda: self._answer(is_solved=False))
        self.faces = [FaceButton(look, rating, icon_name) for rating, icon_name in _FACES]
        self._group = QWidget()
        self._group.setLayout(row(*self.faces, None, spacing=6))
        self._group.setAccessibleName(text("tray.rating.title"))
        self.comment = QPlainTextEdit()
        self.comment.setPlaceholderText(text("tray.rating.comment"))
        self.comment.setAccessibleName(text("tray.rating.comment"))
        self.comment.setTabChangesFocus(True)
        self.comment.setFixedHeight(look.theme.px(56))
        self.send = Button(look, text("tray.rating.send"), small=True, clicked=lambda: self._answer(is_solved=True))
        for face in self.faces:
            face.clicked.connect(self._on_face)
        self._question = plain_label(look, text("tray.solved.question"), size="reading", weight=BOLD, wrap=True)
        self._buttons = QWidget()
        self._buttons.setLayout(row(self.yes, self.no, None, spacing=8))
        asked = plain_label(look, text("tray.rating.title"), weight=MEDIUM)
        free = plain_label(look, text("tray.rating.free"), tone="t3")
        self._thanks = plain_label(look, text("tray.rating.thanks"), tone="t2", wrap=True)
        self._rate = QWidget()
        self._rate.setLayout(
            column(row(asked, free, None, spacing=6), self._group, self.comment, row(self.send, None), spacing=8)
        )
        self.setLayout(
            column(self._question, self._buttons, self._rate, self._thanks, spacing=10, margins=(16, 14, 16, 14))
        )

    def show_request(self, request: RequestRow) -> None:
        """Ask about this request as far as it still has to be asked."""
        if request.id != self._request:
            self._clear()
        self._request = request.id
        is_open = request.state in ("solved", "closed") and request.answer is Answer.NONE
        is_solved = request.answer is Answer.SOLVED
        self._question.setVisible(is_open)
        self._buttons.setVisible(is_open)
        self._rate.setVisible(is_open or (is_solved and request.rating == 0))
        self._thanks.setVisible(is_solved and request.rating > 0)
        self._show_comment()
        self.setVisible(is_open or is_solved)

    def rating(self) -> int:
        """Return the chosen step, 0 where none is."""
        return next((one.rating for one in self.faces if one.isChecked()), 0)

    def _answer(self, *, is_solved: bool) -> None:
        self.answered.emit(is_solved, self.rating() if is_solved else 0, self.comment.toPlainText().strip())

    def _on_face(self) -> None:
        self._show_comment()
        self.grown.emit()

    def _show_comment(self) -> None:
        chosen = self.rating() > 0
        self.comment.setVisible(chosen)
        self.send.setVisible(chosen and self._buttons.isHidden())

    def _clear(self) -> None:
        for face in self.faces:
            face.setAutoExclusive(False)
            face.setChecked(False)
            face.setAutoExclusive(True)
        self.comment.clear()
