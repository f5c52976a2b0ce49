"""Compiled gettext catalogues, read by what a start needs of them.

Python's own `gettext` decodes every text and compiles the plural rule of each file: 1 ms for the first picture and
4 for all areas. Here a text is decoded when it is asked for, and the rule is the one that both our languages have.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from struct import unpack_from

_MAGIC = 0x950412DE  # little-endian, as all machines are that Qt's packages exist for


class Catalogue:
    """One file in gettext's binary form. Raises ValueError where it is none."""

    def __init__(self, content: bytes) -> None:
        magic, _revision, count, keys, texts = unpack_from("<5I", content)
        if magic != _MAGIC:
            raise ValueError(magic)
        self._content = content
        places = unpack_from(f"<{2 * count}I", content, texts)
        named = unpack_from(f"<{2 * count}I", content, keys)
        self._places = {
            content[start : start + length].partition(b"\0")[0]: (begin, begin + size)
            for length, start, size, begin in zip(named[::2], named[1::2], places[::2], places[1::2], strict=True)
        }

    def forms(self, code: str) -> list[str]:
        """Return the text of a code, or its forms for one and for many; nothing for an unknown code."""
        place = self._places.get(code.encode())
        return self._content[slice(*place)].decode().split("\0") if place else []


class Catalogues:
    """The areas of one language: the `first` ones at once, the others at the first code that is in none of these."""

    def __init__(self, folder: Path | None = None, first: Sequence[str] = ()) -> None:
        """Read `<area>.mo` in `folder`; without one there are no texts at all."""
        self._folder, self._first = folder, first
        self._read = [_read(path) for area in first if folder and (path := folder / f"{area}.mo").exists()]
        self.is_whole = folder is None
        """Whether every area has been read."""

    def text(self, code: str) -> str | None:
        """Return the text of a code; for a plural the form for one."""
        forms = self._forms(code)
        return forms[0] if forms else None

    def plural(self, code: str, count: int) -> str | None:
        """Return the form of a plural for `count` things: one for 1, else the other, in German as in English."""
        forms = self._forms(code)
        return forms[count != 1] if len(forms) > 1 else None

    def _forms(self, code: str) -> list[str]:
        for one in self._read:
            if forms := one.forms(code):
                return forms
        if self.is_whole or self._folder is None:
            return []
        rest = sorted(path for path in self._folder.glob("*.mo") if path.stem not in self._first)
        # In one step, whichever thread asks: nobody may see half of it.
        self._read, self.is_whole = [*self._read, *map(_read, rest)], True
        return self._forms(code)


def _read(path: Path) -> Catalogue:
    return Catalogue(path.read_bytes())
