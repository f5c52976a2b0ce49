"""One entry of a conversation as a widget: a message of somebody, or a line of the history."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.base.clock import from_text
from desktop.domain.history import EVENT_KINDS, Wizards, event_text
from desktop.domain.rows import AttachmentRow, EventRow, MessageRow
from desktop.ui.common.avatar import Avatar
from desktop.ui.common.buttons import Button
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label, reading_label, set_tooltip
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import MAX_TEXT, one_line, plain

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")

FOLD_FROM = 4000
"""Characters from which a message shows its start and a button for the rest."""

_MORE = 40_000  # characters that come with each "show the rest": a label of 200 000 takes seconds to lay out
_EVENT_ICONS = {
    "snapshot": "shield-check",
    "diagnosis_asked": "first-aid-kit",
    "diagnosis_came": "shield-check",
    "diagnosis_declined": "prohibit",
    "diagnosis_withdrawn": "arrow-counter-clockwise",
    "diagnosis_replaced": "arrows-clockwise",
    "wizard_started": "check-square",
    "wizard_finished": "check-square",
    "wizard_handed_over": "check-square",
    "wizard_continued": "check-square",
    "wizard_abandoned": "check-square",
    "handed_over": "arrow-bend-up-right",
    "answered": "arrow-bend-up-left",
    "waiting": "hourglass",
    "woken": "bell-ringing",
    "solved": "check-circle",
    "confirmed": "check-circle",
    "closed": "archive",
    "reopened": "arrow-counter-clockwise",
    "rejected": "arrow-counter-clockwise",
    "undone": "arrow-counter-clockwise",
    "assigned": "user",
    "rated": "star",
    "time": "timer",
    "created": "ticket",
}
_NAME = 44  # letters of a file's name that have room beside each other in the smallest window
_TALK = frozenset({"replied", "noted", "followed_up"})
"""Events that only repeat a message that stands there anyway."""


def is_shown(event: EventRow) -> bool:
    """Tell whether an event has a line of its own in the conversation."""
    return event.kind not in _TALK


class Entry(QWidget):
    """What both kinds share: they can be the one the keyboard is on."""

    def __init__(self, look: Look, spoken: str) -> None:
        super().__init__()
        self._look = look
        self._is_current = False
        self.setAccessibleName(spoken)

    def set_current(self, is_current: bool) -> None:
        """Draw or remove the ring."""
        self._is_current = is_current
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring where the keyboard is."""
        if self._is_current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)
            painter.end()


class MessageEntry(Entry):
    """A message with who, when, text and attachments; notes are marked as seen by IT only."""

    def __init__(
        self, look: Look, message: MessageRow, open_attachment: Callable[[AttachmentRow], None], *, department: str = ""
    ) -> None:
        """Show `message`; `department` is the writer's own where a person wrote it."""
        super().__init__(look, _spoken(look, message))
        self._message = message
        self._open_attachment = open_attachment
        self._department = department
        self._limit = FOLD_FROM
        self._text = reading_label(look, message.text, limit=FOLD_FROM)
        self._body = column(self._head(), self._text, spacing=3, margins=(13, 9, 13, 11))
        self._add_fold()
        self._add_attachments()
        frame = QFrame()
        frame.setProperty("message", _ground(message))
        frame.setLayout(self._body)
        avatar = column(Avatar(look, message.author, tone="acc" if message.is_ours else "grn"), None)
        line = row(avatar, frame, spacing=8, margins=(3, 3, 3, 3))
        line.setStretch(1, 1)
        self.setLayout(line)

    def _head(self) -> QWidget:
        look, message = self._look, self._message
        author = ElidedLabel(look, one_line(message.author, 80), weight=BOLD)
        author.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        items: list[QWidget | None] = [author]
        if message.kind == "note":
            items.append(IconLabel(look.theme, "lock", "amb", size=14))
            items.append(plain_label(look, look.text("message.note_mark"), size="caption", weight=BOLD, tone="amb"))
        else:
            items.append(plain_label(look, self._role(), size="meta", tone="t3"))
        items.append(None)
        if message.delivery:
            items.append(plain_label(look, look.text(f"delivery.{message.delivery}"), size="meta", tone="t3"))
        items.append(_time_label(look, message))
        head = QWidget()
        head.setLayout(row(*items, spacing=7))
        return head

    def _role(self) -> str:
        return self._look.text("message.role_it") if self._message.is_ours else one_line(self._department, 60)

    def _add_fold(self) -> None:
        if len(self._message.text) <= FOLD_FROM:
            return
        button = Button(self._look, self._look.text("message.show_all"), kind="link")
        button.clicked.connect(lambda: self._unfold(button))
        self._body.addWidget(button)

    def _unfold(self, button: Button) -> None:
        self._limit += _MORE
        longer = reading_label(self._look, self._message.text, limit=self._limit)
        self._body.replaceWidget(self._text, longer)
        self._text.deleteLater()
        self._text = longer
        button.setVisible(self._limit < min(len(self._message.text), MAX_TEXT))

    def _add_attachments(self) -> None:
        for attachment in self._message.attachments:
            name = _short_name(attachment.name)
            label = self._look.text("message.attachment", name=name, size=self._look.formats.size(attachment.size))
            button = Button(self._look, label, icon_name="paperclip", kind="link")
            set_tooltip(button, one_line(attachment.name, 200))
            button.clicked.connect(lambda _on=False, one=attachment: self._open_attachment(one))
            self._body.addWidget(button)


class EventEntry(Entry):
    """A line of the history."""

    def __init__(self, look: Look, event: EventRow, wizards: Wizards = dict) -> None:
        """Show `event`; `wizards` gives the checklists their titles."""
        detail = {name: _readable(look, value) for name, value in event.detail.items()}
        words = one_line(_event_words(look, event.kind, detail, wizards), 400)
        who = one_line(event.actor, 60)
        said = look.text("event.by", event=words, who=who) if who else words
        super().__init__(look, f"{said} {look.formats.moment(event.at)}")
        mark = IconLabel(look.theme, _EVENT_ICONS.get(event.kind, "pencil-simple"), "t3")
        text = ElidedLabel(look, said, size="meta", tone="t2")
        time = plain_label(look, look.formats.moment(event.at), size="meta", tone="t3")
        line = row(mark, text, time, margins=(9, 3, 3, 3))
        line.setStretch(1, 1)
        self.setLayout(line)


def _event_words(look: Look, kind: str, detail: dict[str, object], wizards: Wizards) -> str:
    """Return an event's sentence; one of another version, which may lack what ours names, is still said to be there."""
    try:
        return (
            event_text(look.texts, kind, detail, wizards=wizards) if kind in EVENT_KINDS else look.text("event.other")
        )
    except (KeyError, IndexError, ValueError):
        return look.text("event.other")


def _short_name(name: str) -> str:
    """Return a file's name with its ending, short enough for a narrow window."""
    whole = one_line(name, 300)
    return whole if len(whole) <= _NAME else f"{whole[: _NAME - 13]}…{whole[-12:]}"


def _readable(look: Look, value: object) -> object:
    """Return a moment as people write it; anything else as it is."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return look.formats.date_time(from_text(value))
    return value


def _time_label(look: Look, message: MessageRow) -> QWidget:
    label = plain_label(look, look.formats.moment(message.at), size="meta", tone="t3")
    label.setToolTip(look.formats.date_time(message.at))
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label


def _ground(message: MessageRow) -> str:
    """Return the ground of a message: notes yellow, what IT answered blue, what came in white."""
    if message.kind == "note":
        return "note"
    return "out" if message.kind == "reply" and message.is_ours else "in"


def _spoken(look: Look, message: MessageRow) -> str:
    kind = look.text(f"message.kind.{message.kind if message.is_ours else 'request'}")
    return f"{kind}, {one_line(message.author, 80)}, {look.formats.moment(message.at)}: {plain(message.text, 500)}"
