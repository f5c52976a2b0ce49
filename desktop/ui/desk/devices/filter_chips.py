"""The chips above the list of devices: all, and each state of health that somebody is in, with its count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.layouts import clear, row
from desktop.ui.common.look import Look
from desktop.ui.desk.devices.health import FILTERS, MARKS, Health

_SPACING = 4


class FilterChips(QWidget):
    """One chip is in force; where the words do not fit, marks and counts stand for them."""

    picked = Signal(object)
    """A `Health`, or None for all."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._line = row(spacing=_SPACING)
        self._group: QButtonGroup | None = None
        self.setLayout(self._line)

    def show_counts(self, counts: Mapping[Health, int], chosen: Health | None, *, width: int) -> None:
        """Offer what there is, with the chip of `chosen` in force; `width` is the room in logical pixels."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        clear(self._line)
        shown = (None, *(one for one in FILTERS if counts[one]))
        chips = [self._chip(one, counts, is_short=False) for one in shown]
        if sum(one.sizeHint().width() + _SPACING for one in chips) > width:
            for chip in chips:
                chip.deleteLater()
            chips = [self._chip(one, counts, is_short=True) for one in shown]
        self._group = QButtonGroup(self)
        for health, chip in zip(shown, chips, strict=True):
            chip.setCheckable(True)
            chip.setChecked(health is chosen)
            self._group.addButton(chip)
            self._line.addWidget(chip)
            if had_focus and health is chosen:
                chip.setFocus()
        self._line.addStretch(1)

    def _chip(self, health: Health | None, counts: Mapping[Health, int], *, is_short: bool) -> Button:
        look = self._look
        if health is None:
            chip = Button(look, look.text("devices.filter.all"), kind="chip")
            chip.setProperty("tone", "acc")
        else:
            words, mark = look.texts.plural(f"devices.filter.{health.value}", counts[health]), MARKS[health]
            chip = Button(look, str(counts[health]) if is_short else words, kind="chip")
            chip.setProperty("tone", mark.tone)
            chip.setAccessibleName(words)
            if is_short:
                chip.set_icon(mark.icon, mark.tone, filled=True)
                chip.setToolTip(words)
        chip.clicked.connect(lambda _on=False, one=health: self.picked.emit(one))
        return chip
