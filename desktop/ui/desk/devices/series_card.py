"""The few numbers of a PC worth watching: each with its present value, what is usual, and how it went on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.diagnostics.evidence import formatted
from desktop.domain.device_rows import Series
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fact_table import Cell, Column, FactTable
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import ElidedLabel, plain_label, set_tone
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.devices.sparkline import Sparkline

MOST = 4  # tiles
_TILE = 190  # logical pixels at 100 % that a tile needs
_SHARE = "net.reachable"  # yes or no: what people want is how often
_UNITS = {"bytes": "bytes", "percent": "percent", "days": "days", "ms": "ms"}


class SeriesCard(Card):
    """One tile per series; a marker stands where `changed_at` says that something changed."""

    def __init__(self, look: Look, series: Sequence[Series], *, changed_at: datetime | None = None) -> None:
        super().__init__()
        self._look, self._series = look, series
        self._tiles = [pane(_tile(look, one, changed_at), edge="left") for one in series[:MOST]]
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._beside = 0
        table = Button(look, look.text("device.series.table"), kind="link", clicked=self._on_table)
        foot = pane(row(table, None, margins=(16, 5, 16, 7)), edge="top")
        self.setLayout(column(self._grid, foot, spacing=0))
        self._fit(len(self._tiles))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many tiles beside each other as there is room for."""
        super().resizeEvent(event)
        self._fit(self.width() // self._look.theme.px(_TILE))

    def _fit(self, room: int) -> None:
        beside = max(1, min(room, len(self._tiles)))
        if beside == self._beside:
            return
        self._beside = beside
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // beside, place % beside)
            set_tone(tile, "left" if place % beside else "", property_name="edge")
        for place in range(len(self._tiles)):
            self._grid.setColumnStretch(place, 1 if place < beside else 0)

    def _on_table(self) -> None:
        dialog = SeriesTable(self._look, self._series, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _tile(look: Look, series: Series, changed_at: datetime | None) -> QVBoxLayout:
    now = _now(look, series)
    tone = "amb" if series.unusual_since is not None else "acc"
    value = plain_label(look, now, size="pane", weight=BOLD, tone="amb" if tone == "amb" else "t1")
    first, last = series.points[0], series.points[-1]
    ends = row(
        plain_label(look, look.formats.date(first.at), size="caption", tone="t3"), None,
        plain_label(look, look.formats.moment(last.at), size="caption", tone="t3"),
    )  # fmt: skip
    points = [(one.at, one.value) for one in series.points]
    line = Sparkline(
        look, points, sentence=sentence(look, series), tone=tone, marker=series.unusual_since or changed_at
    )
    return column(
        ElidedLabel(look, look.text(f"device.series.{series.id}"), size="meta", tone="t2"),
        row(value, ElidedLabel(look, _usual(look, series), size="meta", tone="t3"), spacing=8),
        4, line, ends, spacing=2, margins=(16, 12, 16, 10),
    )  # fmt: skip


def sentence(look: Look, series: Series) -> str:
    """Say a whole series in one sentence, for people who do not see the line."""
    first, last = series.points[0], series.points[-1]
    return look.text(
        "device.series.spoken",
        name=look.text(f"device.series.{series.id}"),
        first=value_words(look, series.id, first.value), since=look.formats.date(first.at),
        last=value_words(look, series.id, last.value), usual=_usual(look, series),
    )  # fmt: skip


def value_words(look: Look, series_id: str, value: float) -> str:
    """Return one value of a series with its unit; whether the Internet was there is yes or no."""
    if series_id == _SHARE:
        return look.text("device.series.yes" if value else "device.series.no")
    unit = series_id.rpartition("_")[2] if "_" in series_id else series_id.rpartition(".")[2]
    return formatted(f"value_{_UNITS.get(unit, unit)}", value, look.texts)


def _now(look: Look, series: Series) -> str:
    if series.id != _SHARE:
        return value_words(look, series.id, series.points[-1].value)
    return look.formats.percent(sum(one.value for one in series.points) / len(series.points))


def _usual(look: Look, series: Series) -> str:
    if series.id == _SHARE:
        return look.texts.plural("device.series.of", len(series.points))
    low, high = (value_words(look, series.id, one) for one in (series.low, series.high))
    if low == high:
        return look.text("device.series.usual.one", value=low)
    return look.text("device.series.usual", low=low, high=high)


class SeriesTable(QDialog):
    """The same numbers as a table, newest first."""

    def __init__(self, look: Look, series: Sequence[Series], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(look.text("device.series.title"))
        columns = [
            Column(look.text("device.series.at")),
            *(Column(_name(look, one), 1, is_number=True) for one in series),
        ]
        table = FactTable(look, columns, name=look.text("device.series.title"))
        moments = sorted({point.at for one in series for point in one.points}, reverse=True)
        values = [{point.at: point.value for point in one.points} for one in series]
        table.show_rows([tuple(self._row(look, series, values, at)) for at in moments])
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        close = Button(look, look.text("device.compare.close"), kind="primary", clicked=self.accept)
        body = pane(column(table, margins=(8, 8, 8, 8)), ground="surface")
        foot = pane(row(None, close, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        whole = column(body, foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(720), look.theme.px(480))

    @staticmethod
    def _row(look: Look, series: Sequence[Series], values: list[dict[datetime, float]], at: datetime) -> list[Cell]:
        cells = [Cell(look.formats.date_time(at), at.timestamp())]
        for one, known in zip(series, values, strict=True):
            value = known.get(at)
            cells.append(Cell("", -1.0) if value is None else Cell(value_words(look, one.id, value), value))
        return cells


def _name(look: Look, series: Series) -> str:
    return look.text(f"device.series.{series.id}")
