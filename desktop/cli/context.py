"""What a command gets: where things lie, how to speak, and the few tools only the wiring can make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from desktop.base.clock import Clock
from desktop.base.harmless import shown
from desktop.base.paths import Home
from desktop.base.texts import Texts

if TYPE_CHECKING:
    from desktop.domain.handover import Handover
    from desktop.system.secrets import SecretStore

PdfRenderer: TypeAlias = "Callable[[Handover, Texts], bytes]"
"""Turns a hand-over into a PDF file; made by the wiring, because it needs Qt."""

TourGuide: TypeAlias = "Callable[[Context, Path], int]"
"""Takes the tour and returns its exit code; made by the wiring, because it needs everything."""


# What JSON may hold raw and a terminal must not get: C1 and bidirectional controls, half characters.
_UNSAFE_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(document: Mapping[str, object]) -> str:
    """Return `document` as JSON that a terminal can show: whatever could steer it is escaped, the content stays."""
    written = json.dumps(document, ensure_ascii=False, indent=2)
    return _UNSAFE_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


@dataclass(frozen=True, slots=True)
class Context:
    """One call of the command line; `secrets` opens the keychain when a command first needs it."""

    home: Home
    texts: Texts
    clock: Clock
    as_json: bool
    source: TextIO
    out: TextIO
    err: TextIO
    secrets: Callable[[], SecretStore]
    render_pdf: PdfRenderer | None = None
    take_tour: TourGuide | None = None

    def answer(self, document: Mapping[str, object], lines: Iterable[str], *, is_painted: bool = False) -> None:
        """Print the answer: one JSON document for scripts, or `lines` (drawn only then) for people.

        Whatever could steer a terminal is taken out of the lines, unless they are painted: then their maker did it.
        """
        if self.as_json:
            self.out.write(json_text(document) + "\n")
            return
        for line in lines:
            self.out.write((line if is_painted else shown(line)) + "\n")

    def given(self, text: str, *, limit: int = -1) -> str:
        """Return `text`, or for "-" what comes in on standard input, up to `limit` characters."""
        return self.source.read(limit) if text == "-" else text

    def say(self, code: str, **parameters: object) -> None:
        """Tell a person on standard error what goes on, so that standard output stays the answer alone."""
        if not self.as_json:
            self.err.write(shown(self.texts.text(code, **parameters)) + "\n")
