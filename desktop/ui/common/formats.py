"""Times, sizes and numbers as people say them in their language: relative for a day, then weekday, then date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from PySide6.QtCore import QDate, QLocale

from desktop.base.clock import Clock, utc_now
from desktop.base.texts import Texts

_SOON = timedelta(hours=1)
_RELATIVE = timedelta(hours=24)
_GIVEN = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")
_THIS_WEEK = timedelta(days=6)


class DueText(NamedTuple):
    """A due date as text, icon and colour together, because colour alone says nothing to some."""

    text: str
    icon: str
    tone: str
    is_pressing: bool


class Formats:
    """Renders moments and amounts; `zone` None is the machine's own time zone."""

    def __init__(self, texts: Texts, clock: Clock = utc_now, zone: tzinfo | None = None) -> None:
        self._texts = texts
        self._clock = clock
        self._zone = zone
        self._locale = QLocale(QLocale.Language.German if texts.language == "de" else QLocale.Language.English)

    def now(self) -> datetime:
        """Return the present in the reader's time zone."""
        return self.local(self._clock())

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the reader's time zone."""
        return moment.astimezone(self._zone)

    def clock(self, moment: datetime) -> str:
        """Return the time of day, as in 10:42."""
        return f"{self.local(moment):%H:%M}"

    def date(self, moment: datetime) -> str:
        """Return the date, as in 23.11.2026."""
        if self._texts.language == "de":
            return f"{self.local(moment):%d.%m.%Y}"
        return self._day(moment, "d MMM yyyy")

    def day(self, day: date) -> str:
        """Return a day without any time, as in 31.03.2027."""
        if self._texts.language == "de":
            return f"{day:%d.%m.%Y}"
        return self._locale.toString(QDate(day.year, day.month, day.day), "d MMM yyyy")

    def date_time(self, moment: datetime) -> str:
        """Return date and time of day."""
        return self._texts.text("time.date_clock", date=self.date(moment), clock=self.clock(moment))

    def given(self, answer: str) -> str:
        """Return a day or a local moment that was given in a form as people write it; anything else as it is."""
        if not _GIVEN.fullmatch(answer):
            return answer
        try:
            moment = datetime.fromisoformat(answer)
        except ValueError:
            return answer
        return self.date_time(moment.replace(tzinfo=self.now().tzinfo)) if "T" in answer else self.day(moment.date())

    def weekday(self, moment: datetime) -> str:
        """Return the name of the weekday, as in Montag."""
        return self._day(moment, "dddd")

    def moment(self, moment: datetime) -> str:
        """Return a moment as short as it is clear: 10:42, gestern 10:42, Mo 10:42, else the date."""
        local, now = self.local(moment), self.now()
        days = (now.date() - local.date()).days
        if days == 0:
            return self.clock(moment)
        if days in (1, -1):
            code = "time.yesterday_clock" if days == 1 else "time.tomorrow_clock"
            return self._texts.text(code, clock=self.clock(moment))
        if abs(days) <= _THIS_WEEK.days:
            return self._texts.text("time.weekday_clock", day=self._short_day(moment), clock=self.clock(moment))
        return self.date(moment)

    def since(self, moment: datetime) -> str:
        """Return how long something has been so, as in seit 42 min."""
        passed = self._clock() - moment
        days = (self.now().date() - self.local(moment).date()).days
        if passed < _RELATIVE and days == 0:
            return self._texts.text("time.since", duration=self.duration(passed))
        if days <= 1:
            return self._texts.text("time.since_yesterday")
        if days <= _THIS_WEEK.days:
            return self._texts.plural("time.since_days", days)
        return self._texts.text("time.since_date", date=self.date(moment))

    def duration(self, span: timedelta) -> str:
        """Return a span in minutes, or hours and minutes; whole days from 48 hours on."""
        minutes = max(0, int(span.total_seconds() // 60))
        if minutes < 60:
            return self._texts.text("time.minutes", minutes=minutes)
        if minutes < 48 * 60:
            hours, rest = divmod(minutes, 60)
            return self._texts.text("time.hours_minutes" if rest else "time.hours", hours=hours, minutes=rest)
        return self._texts.plural("time.days", minutes // (24 * 60))

    def due(self, moment: datetime) -> DueText:
        """Return a due date with its icon and tone: overdue, within the hour, later."""
        left = moment - self._clock()
        if left < timedelta(0):
            text = self._texts.text("time.overdue", duration=self.duration(-left))
            return DueText(text, "bell-ringing", "red", is_pressing=True)
        if left < _SOON:
            text = self._texts.text("time.left", duration=self.duration(left))
            return DueText(text, "timer", "amb", is_pressing=True)
        if left < _RELATIVE and self.local(moment).date() == self.now().date():
            return DueText(
                self._texts.text("time.left", duration=self.duration(left)), "clock", "t3", is_pressing=False
            )
        return DueText(self._texts.text("time.until", moment=self.moment(moment)), "clock", "t3", is_pressing=False)

    def size(self, number_of_bytes: int) -> str:
        """Return an amount of data in decimal units, as in 7,8 GB."""
        return self._locale.formattedDataSize(number_of_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Return a number with the separators of the language."""
        return self._locale.toString(float(value), "f", decimals)

    def percent(self, share: float) -> str:
        """Return a share of 0 to 1 in per cent."""
        return self._texts.text("number.percent", value=self.number(share * 100))

    def _day(self, moment: datetime, pattern: str) -> str:
        local = self.local(moment)
        return self._locale.toString(QDate(local.year, local.month, local.day), pattern)

    def _short_day(self, moment: datetime) -> str:
        return self._day(moment, "ddd").rstrip(".")
