"""Foreign text made harmless: no markup, no remote images, no hidden turns of direction, no endless words."""

from __future__ import annotations

import re

# Compiled when the first such text is shown: the `re` module keeps what it compiled.
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
_LONG_WORD = r"\S{60}(?=\S)"
_ENDLESS = 33  # letters of a word that no language has
_ENDLESS_WORD = r"\S{33,}"
_PIECE = r"\S{1,16}"
_CUT = "…"

MAX_TEXT = 200_000
"""Characters at which every window cuts: `domain.payloads.MAX_TEXT`, whose import a start can do without."""


def plain(text: str, limit: int = MAX_TEXT) -> str:
    """Return `text` without control and direction marks, cut to `limit` characters; to be shown as plain text."""
    clean = text[: limit + 1]
    if not clean.isprintable():
        clean = re.sub(_CONTROL, "", clean.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= limit else clean[:limit] + _CUT


def one_line(text: str, limit: int = 300) -> str:
    """Return the start of `text` as one line, for lists and titles."""
    return " ".join(plain(text, limit * 2).split())[:limit]


def breakable(text: str) -> str:
    """Return a text whose endless words have places to break: a label that wraps would grow as wide as they are."""
    if all(len(word) < _ENDLESS for word in text.split()):
        return text
    return re.sub(_ENDLESS_WORD, lambda found: "\u200b".join(re.findall(_PIECE, found.group())), text)


def safe_html(text: str, limit: int = MAX_TEXT, *, line_height: int = 120) -> str:
    """Return `text` as markup of ours around escaped letters, for labels that need a line height (per cent).

    Words of more than 60 characters get places to break, so that no single word widens a window.
    """
    from html import escape  # brings all names of HTML along, which a start shows none of

    broken = re.sub(_LONG_WORD, "\\g<0>\u200b", plain(text, limit))
    lines = escape(broken).replace("\t", "    ").replace("  ", "&nbsp; ").replace("\n", "<br>")
    return f'<p style="line-height:{line_height}%;margin:0">{lines}</p>'
