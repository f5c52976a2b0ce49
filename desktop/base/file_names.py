"""Names of foreign files: only for show, and harmless on every system where somebody saves them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MAX_BYTES = 120  # leaves room for a folder within Windows' 260 characters
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")


def safe_name(name: str, taken: Collection[str] = ()) -> str:
    """Return a harmless file name: no path, controls, reserved device names or tail dots; unlike every `taken` one.

    Names are compared without case, as Windows and macOS do. An empty result becomes "Datei".
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = _FORBIDDEN.sub("_", base).strip().rstrip(". ").lstrip(".") or "Datei"
    if _RESERVED.fullmatch(base):
        base = f"_{base}"
    return _unlike(_shortened(base), {one.casefold() for one in taken})


def _shortened(name: str) -> str:
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending.encode()) <= 16 else ""
    head = (stem if tail else name).encode()[: MAX_BYTES - len(tail.encode())]
    return head.decode(errors="ignore").rstrip(". ") + tail


def _unlike(name: str, taken: Collection[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    number = 1
    found = name
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    return found
