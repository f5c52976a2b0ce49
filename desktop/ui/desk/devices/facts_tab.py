"""The facts of a snapshot in words, one card per probe."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.ui.common.controls import Card, Chip
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.devices.fact_words import FactWords

_LABEL_WIDTH = 210


class FactsTab(QWidget):
    """Shows what every probe found, as plain text that can be selected."""

    def __init__(self, look: Look, snapshot: Snapshot) -> None:
        super().__init__()
        self._look, self._words = look, FactWords(look)
        cards = [self._card(name, snapshot.probes[name]) for name in self._words.probes_in_order(snapshot)]
        self.setLayout(column(*cards, None, spacing=12, margins=(24, 16, 24, 24)))

    def _card(self, probe: str, result: ProbeResult) -> Card:
        look, words = self._look, self._words
        head = row(plain_label(look, words.title(probe), weight=BOLD), None)
        if result.status is not ProbeStatus.OK:
            head.addWidget(Chip(look, look.text(f"diagnostics.status.{result.status.value}"), "plain"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, look.theme.px(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(words.facts_in_order(probe, result.facts)):
            label = plain_label(look, words.label(probe, name), size="meta", tone="t3", wrap=True)
            shown = plain_label(look, words.value(probe, name, value), wrap=True, selectable=True)
            label.setBuddy(shown)
            grid.addWidget(label, line, 0)
            grid.addWidget(shown, line, 1)
        return Card(column(head, 4, grid, spacing=4, margins=(16, 12, 16, 12)))
