"""The running time of a call across the top of its form; it can rest and go on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look

TICK_MS = 500


class CallClock(QFrame):
    """Measures the call with a clock that no change of the system's time can turn; screen readers hear it on demand."""

    def __init__(self, look: Look, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._look, self._monotonic = look, monotonic
        self._before, self._since = 0.0, monotonic()
        self.is_running = True
        self.setProperty("banner", "grn")
        self._time = plain_label(look, "00:00", size="step", weight=BOLD)
        self._hint = plain_label(look, look.text("phone.timer.hint"), tone="t2", wrap=True)
        self.pause = Button(look, look.text("phone.pause"), icon_name="pause", clicked=self.toggle)
        mark = IconLabel(look.theme, "phone-call", "grn", size=24, filled=True)
        line = row(mark, self._time, self._hint, self.pause, spacing=14, margins=(18, 8, 18, 8))
        line.setStretch(2, 1)
        self.setLayout(line)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show)
        self._tick.start()
        self._show()

    @property
    def seconds(self) -> float:
        """Return how long the call has lasted without its rests."""
        return self._before + (self._monotonic() - self._since if self.is_running else 0.0)

    @property
    def minutes(self) -> int:
        """Return the begun minutes, at least one."""
        return max(1, -(-int(self.seconds) // 60))

    def toggle(self) -> None:
        """Let the clock rest, or go on."""
        if self.is_running:
            self._before = self.seconds
        else:
            self._since = self._monotonic()
        self.is_running = not self.is_running
        text = self._look.text
        self.pause.set_text(text("phone.pause" if self.is_running else "phone.resume"))
        self.pause.set_icon("pause" if self.is_running else "play")
        self._hint.setText(text("phone.timer.hint" if self.is_running else "phone.timer.paused"))
        self._show()

    def go_on_from(self, seconds: float) -> None:
        """Count on from the time a call had taken when it was put aside."""
        self._before, self._since = seconds, self._monotonic()
        self._show()

    def _show(self) -> None:
        minutes, seconds = divmod(int(self.seconds), 60)
        shown = f"{minutes:02d}:{seconds:02d}"
        if shown != self._time.text():
            self._time.setText(shown)
            self._time.setAccessibleName(self._look.text("phone.timer.name", time=shown))
