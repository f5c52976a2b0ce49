"""Foreign text on a terminal: no escape sequences, no reversed lines, and columns that line up."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.base.harmless import shown

__all__ = ["one_line", "shown", "table", "whole"]


def whole(text: str) -> str:
    """Return text from a command line of any encoding with every half character as "�", which the store can keep."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not text.isascii() else text


def one_line(text: str, *, width: int = 60) -> str:
    """Return `text` on one line of at most `width` characters, cut with "…"."""
    flat = " ".join(shown(text).split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return `rows` as lines whose columns line up, two blanks apart; the first row may be a heading."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
