"""Colours on a terminal, where one is and nobody minds: not with NO_COLOR (no-color.org), nor into a pipe."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"
NO_COLOUR_VARIABLE = "NO_COLOR"
_WINDOWS_SIGNS = ("WT_SESSION", "ANSICON", "TERM")
"""What terminals of Windows set that understand these sequences; the old console does not."""


class Colours:
    """Paints text, or leaves it as it is."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on

    def paint(self, text: str, *codes: str) -> str:
        """Return the text in these colours."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.is_on and text else text


def colours_for(stream: TextIO, *, is_unwanted: bool = False, environment: Mapping[str, str] = os.environ) -> Colours:
    """Return colours for a stream, none where they are unwanted or it is no terminal that shows them."""
    return Colours(is_on=not is_unwanted and not environment.get(NO_COLOUR_VARIABLE) and is_terminal(stream))


def is_terminal(stream: TextIO, *, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a stream is a terminal that understands colours and going back to the start of a line."""
    if not stream.isatty() or environment.get("TERM") == "dumb":
        return False
    return os.name != "nt" or any(name in environment for name in _WINDOWS_SIGNS)
