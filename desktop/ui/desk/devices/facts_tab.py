"""The facts of a snapshot in words, probe by probe, and the same as raw data to copy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from desktop.diagnostics.evidence import formatted
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card, Chip
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line, plain

SHOWN_LINES = 12  # rows of a table of facts; the rest is in the raw data
RAW_LIMIT = 200_000  # characters
_LABEL_WIDTH = 210


class FactsTab(QWidget):
    """One card per probe that answered."""

    def __init__(self, look: Look, snapshot: Snapshot) -> None:
        super().__init__()
        self._look = look
        cards = [self._card(name, snapshot.probes[name]) for name in in_order(snapshot)]
        self.setLayout(column(*cards, None, spacing=12, margins=(24, 16, 24, 24)))

    def _card(self, probe: str, result: ProbeResult) -> Card:
        look = self._look
        title = plain_label(look, self._name(f"probe.{probe}.title", probe), weight=BOLD)
        head = row(title, None)
        if result.status is not ProbeStatus.OK:
            head.addWidget(Chip(look, look.text(f"diagnostics.status.{result.status.value}"), "plain"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, look.theme.px(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(result.facts.items()):
            label = plain_label(look, self._field(probe, name), size="meta", tone="t3", wrap=True)
            shown = plain_label(look, self._value(probe, name, value), wrap=True, selectable=True)
            label.setBuddy(shown)
            grid.addWidget(label, line, 0)
            grid.addWidget(shown, line, 1)
        return Card(column(head, 4, grid, spacing=4, margins=(16, 12, 16, 12)))

    def _value(self, probe: str, name: str, value: object) -> str:
        if isinstance(value, Mapping):
            return self._pairs(probe, cast("Mapping[str, object]", value))
        rows = cast("list[object]", value) if isinstance(value, list) else []
        if any(isinstance(one, Mapping) for one in rows):
            return self._table(probe, rows)
        return one_line(formatted(name, cast("object", value), self._look.texts), 400)

    def _table(self, probe: str, rows: Sequence[object]) -> str:
        lines = [self._pairs(probe, cast("Mapping[str, object]", one)) for one in rows if isinstance(one, Mapping)]
        more = len(lines) - SHOWN_LINES
        if more > 0:
            lines = [*lines[:SHOWN_LINES], self._look.texts.plural("device.fact.more", more)]
        return "\n".join(lines)

    def _pairs(self, probe: str, facts: Mapping[str, object]) -> str:
        known = ((name, value) for name, value in facts.items() if value not in (None, "", []))
        words = (f"{self._field(probe, name)}: {formatted(name, value, self._look.texts)}" for name, value in known)
        return one_line(" · ".join(words), 400)

    def _field(self, probe: str, name: str) -> str:
        return self._name(f"probe.{probe}.field.{name}", name)

    def _name(self, code: str, fallback: str) -> str:
        return self._look.text(code) if self._look.texts.has(code) else one_line(fallback, 60)


def in_order(snapshot: Snapshot) -> list[str]:
    """Return the probes of a snapshot as people read them: in the order of the registry, unknown ones last."""
    from desktop.diagnostics.registry import PROBES  # loads every probe, needed only here

    places = {one.id: place for place, one in enumerate(PROBES)}
    return sorted(snapshot.probes, key=lambda name: (places.get(name, len(places)), name))


class RawTab(QWidget):
    """The snapshot's document, exactly as it was sent."""

    def __init__(self, look: Look, snapshot: Snapshot) -> None:
        super().__init__()
        self._look = look
        document = json.dumps(snapshot.to_document(), ensure_ascii=False, indent=2)
        self.view = QPlainTextEdit(plain(document, RAW_LIMIT))
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setProperty("raw", True)
        self.view.setAccessibleName(look.text("device.raw.name"))
        look.theme.dress(self.view, "meta")
        self._said = plain_label(look, "", size="meta", tone="t3")
        copy = Button(look, look.text("device.copy"), icon_name="copy", small=True, clicked=self._on_copy)
        whole = column(row(copy, self._said, None), self.view, spacing=8, margins=(24, 16, 24, 24))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        self._said.setText(self._look.text("device.copied"))
        announce(self._said, self._said.text())
