"""Foreign text that is printed: no escape sequences and no reversed lines."""

from __future__ import annotations

import unicodedata

# Bidirectional controls (Unicode TR 9): shown raw they let a ticket's text rearrange the line around it.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(text: str) -> str:
    """Return `text` safe for a terminal: line ends and tabs stay, every other control character becomes "�"."""
    return "".join(one if one in "\n\t" or not _is_control(one) else "�" for one in text)


def _is_control(one: str) -> bool:
    return one in _BIDI or unicodedata.category(one) in ("Cc", "Cs")
