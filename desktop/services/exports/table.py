"""The inventory as CSV and as a workbook: neither runs what somebody wrote into a name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from desktop.base.texts import Texts
from desktop.domain.fleet import FleetRow
from desktop.domain.inventory_table import COLUMNS, Cell, CellKind, cells, is_formula, plain

_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_LONGEST = 32_000  # characters; Excel takes 32,767 in a cell


def to_csv(rows: Sequence[FleetRow], texts: Texts) -> bytes:
    """Return UTF-8 with a mark at the beginning and semicolons, as a German Excel opens it with a double click.

    Decimal points follow the language; a text that could be a formula gets an apostrophe before it.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(_titles(texts))
    for row in rows:
        writer.writerow([_csv_cell(value, texts) for value in cells(row)])
    return lines.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Sequence[FleetRow], texts: Texts, *, made_at: datetime) -> bytes:
    """Return a workbook with typed numbers and days, a filter and a fixed heading; every text is only a text."""
    from xlsxwriter import Workbook  # loads slowly, and most days nobody exports

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = Workbook(content, options)
    book.set_properties({"title": texts.text("inventory.title"), "created": made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(texts.text("inventory.sheet"))
    _write_heading(book, sheet, texts, len(rows))
    paper = _Paper(book, sheet, texts)
    for line, row in enumerate(rows, 1):
        for place, (column, value) in enumerate(zip(COLUMNS, cells(row), strict=True)):
            paper.write(line, place, column.kind, value)
    book.close()
    return content.getvalue()


class _Paper:
    """Writes cells by their type."""

    def __init__(self, book: Any, sheet: Any, texts: Texts) -> None:
        self._sheet, self._texts = sheet, texts
        self._quoted = book.add_format({"quote_prefix": True})
        self._formats = {
            CellKind.DAY: book.add_format({"num_format": _DAY, "align": "left"}),
            CellKind.MOMENT: book.add_format({"num_format": _MOMENT, "align": "left"}),
        }

    def write(self, line: int, place: int, kind: CellKind, value: Cell) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self._sheet.write_string(line, place, _flag(value, self._texts))
        elif isinstance(value, date):
            self._sheet.write_datetime(line, place, _local(value), self._formats[kind])
        elif isinstance(value, int | float):
            self._sheet.write_number(line, place, value)
        else:
            text = plain(value)[:_LONGEST]
            self._sheet.write_string(line, place, text, self._quoted if is_formula(value) else None)


def _write_heading(book: Any, sheet: Any, texts: Texts, count: int) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    for place, (column, title) in enumerate(zip(COLUMNS, _titles(texts), strict=True)):
        sheet.write_string(0, place, title, bold)
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, len(COLUMNS) - 1)


def _titles(texts: Texts) -> Iterator[str]:
    return (texts.text(f"inventory.column.{column.id}") for column in COLUMNS)


def _csv_cell(value: Cell, texts: Texts) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _flag(value, texts)
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value).replace(".", ",") if texts.language == "de" else str(value)
    text = plain(value)
    return f"'{text}" if is_formula(value) else text


def _flag(value: bool, texts: Texts) -> str:
    return texts.text("diagnostics.yes" if value else "diagnostics.no")


def _local(moment: date) -> date:
    """Return a moment in this office's time without a zone, which spreadsheets do not know; a day stays."""
    return moment.astimezone().replace(tzinfo=None) if isinstance(moment, datetime) else moment
