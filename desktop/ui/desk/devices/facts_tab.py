"""The facts of a snapshot in words, one card per probe; tables of facts as tables."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.ui.common.controls import Card, Chip
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.devices.fact_words import SHOWN_LINES, FactWords

_LABEL_WIDTH = 210
HARDWARE = frozenset(
    {"hardware", "battery", "disks", "disk_health", "displays", "audio_camera", "usb", "devices_bad", "temperature",
     "printers", "printer_port"}
)  # fmt: skip
"""What one can touch: the tab of that name; programs have one of their own, all else is the system and its network."""
PROGRAMS = frozenset({"software"})


class FactsTab(QWidget):
    """Shows what the named probes found, as plain text that can be selected; `first` stands on top."""

    def __init__(
        self, look: Look, snapshot: Snapshot, probes: Collection[str], *, first: QWidget | None = None
    ) -> None:
        super().__init__()
        self._look, self._words = look, FactWords(look)
        shown = [name for name in self._words.probes_in_order(snapshot) if name in probes]
        silent = [name for name in shown if snapshot.probes[name].status is ProbeStatus.UNSUPPORTED]
        cards = [self._card(name, snapshot.probes[name]) for name in shown if name not in silent]
        top = [first] if first else []
        self.setLayout(column(*top, *cards, *self._without(silent), None, spacing=12, margins=(24, 16, 24, 24)))

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
            table = words.rows(probe, name, value)
            label = plain_label(look, words.label(probe, name), size="meta", tone="t3", wrap=True)
            if table is not None and table[1]:
                grid.addLayout(column(label, self._table(*table), spacing=4), line, 0, 1, 2)
                continue
            shown = plain_label(look, words.value(probe, name, value), wrap=True, selectable=True)
            label.setBuddy(shown)
            grid.addWidget(label, line, 0)
            grid.addWidget(shown, line, 1)
        return Card(column(head, 4, grid, spacing=4, margins=(16, 12, 16, 12)))

    def _table(self, titles: list[str], lines: list[list[str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for place, title in enumerate(titles):
            grid.addWidget(plain_label(self._look, title, size="caption", tone="t3"), 0, place)
        for number, words in enumerate(lines, 1):
            for place, word in enumerate(words):
                label = plain_label(self._look, word, size="meta", selectable=True, wrap=not place)
                grid.addWidget(label, number, place)
        grid.setColumnStretch(0, 1)
        if len(lines) == SHOWN_LINES:
            more = plain_label(self._look, self._look.text("device.fact.rest"), size="meta", tone="t3")
            grid.addWidget(more, SHOWN_LINES + 1, 0, 1, max(1, len(titles)))
        return grid

    def _without(self, probes: list[str]) -> list[QWidget]:
        """Name what this machine has not got in one quiet line instead of a card each."""
        if not probes:
            return []
        names = ", ".join(self._words.title(one) for one in probes)
        return [
            plain_label(
                self._look, self._look.text("device.facts.without", names=names), size="meta", tone="t3", wrap=True
            )
        ]
