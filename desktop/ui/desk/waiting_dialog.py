"""Letting a ticket rest: for what, and on which day it comes back."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QWidget

from desktop.domain.ticket import WaitingReason
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import Field

_MORNING = time(8)
_DAYS = (1, 3, 7)
_WEEK = timedelta(days=6)


def back_on(day: datetime, days: int) -> datetime:
    """Return the morning `days` later, moved on to Monday where that is a weekend."""
    wanted = (day + timedelta(days=days)).replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)
    return wanted + timedelta(days=max(0, 7 - wanted.weekday())) if wanted.weekday() > 4 else wanted


class WaitingDialog(QDialog):
    """Asks for reason and date; `reason` and `wake_at` hold the answers after it was accepted."""

    def __init__(self, look: Look, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(look.text("waiting.title", number=number))
        choices = [(one.value, look.text(f"waiting.{one.value}")) for one in WaitingReason]
        self.reason_choice = ChoiceButton(look, look.text("waiting.reason"), choices, value=WaitingReason.ANSWER.value)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        look.theme.dress(self.day)
        now = look.formats.now()
        self.day.setMinimumDate(_qdate(now + timedelta(days=1)))
        self.day.setDate(_qdate(back_on(now, 3)))
        days = dict.fromkeys(back_on(now, one) for one in _DAYS)  # before a weekend two of them are the same Monday
        self.quick = [self._quick(now, one) for one in days]
        self.accept_button = Button(look, look.text("waiting.accept"), kind="primary", clicked=self.accept)
        self.accept_button.setDefault(True)
        cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        title = plain_label(look, look.text("waiting.heading"), size="pane", weight=BOLD, wrap=True)
        body = column(
            title,
            plain_label(look, look.text("waiting.hint"), tone="t2", wrap=True),
            8,
            Field(look, look.text("waiting.reason"), self.reason_choice, beside=(None,)),
            Field(look, look.text("waiting.day"), self.day, beside=(*self.quick, None)),
            None,
            spacing=8,
            margins=(20, 18, 20, 18),
        )
        footer = row(None, cancel, self.accept_button, margins=(20, 12, 20, 12))
        self.setLayout(column(pane(body, ground="surface"), pane(footer, ground="surface2", edge="top"), spacing=0))
        self.setMinimumWidth(look.theme.px(480))

    @property
    def reason(self) -> WaitingReason:
        """Return what the ticket waits for."""
        return WaitingReason(self.reason_choice.value)

    @property
    def wake_at(self) -> datetime:
        """Return the morning on which the ticket comes back, with the reader's time zone."""
        chosen = self.day.date()
        now = self._look.formats.now()
        return now.replace(
            year=chosen.year(), month=chosen.month(), day=chosen.day(), hour=_MORNING.hour, minute=0, second=0
        )

    def _quick(self, now: datetime, day: datetime) -> Button:
        formats = self._look.formats
        is_this_week = day - now < _WEEK  # a week from now has the name of today
        button = Button(self._look, formats.weekday(day) if is_this_week else formats.date(day), kind="link")
        button.clicked.connect(lambda: self.day.setDate(_qdate(day)))
        return button


def _qdate(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)
