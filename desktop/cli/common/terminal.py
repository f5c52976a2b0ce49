"""Foreign text on a terminal: no escape sequences, no reversed lines, and columns that line up."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Bidirectional controls (Unicode TR 9): shown raw they let a ticket's text rearrange the line around it.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def whole(text: str) -> str:
    """Return text from a command line of any encoding with every half character as "�", which the store can keep."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not text.isascii() else text


def shown(text: str) -> str:
    """Return `text` safe for a terminal: line ends and tabs stay, every other control character becomes "�"."""
    return "".join(one if one in "\n\t" or not _is_control(one) else "�" for one in text)


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


def _is_control(one: str) -> bool:
    return one in _BIDI or unicodedata.category(one) in ("Cc", "Cs")
