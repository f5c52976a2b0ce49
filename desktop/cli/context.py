"""What a command gets: where things lie, how to speak, and the few tools only the wiring can make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from desktop.base.clock import Clock
from desktop.base.paths import Home
from desktop.base.texts import Texts
from desktop.cli.common.terminal import json_text

if TYPE_CHECKING:
    from desktop.domain.handover import Handover
    from desktop.system.secrets import SecretStore

PdfRenderer: TypeAlias = "Callable[[Handover, Texts], bytes]"
"""Turns a hand-over into a PDF file; made by the wiring, because it needs Qt."""

TourGuide: TypeAlias = "Callable[[Context, Path], int]"
"""Takes the tour and returns its exit code; made by the wiring, because it needs everything."""


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

    def answer(self, document: Mapping[str, object], lines: Iterable[str]) -> None:
        """Print the answer: one JSON document for scripts, or `lines` (drawn only then) for people."""
        if self.as_json:
            self.out.write(json_text(document) + "\n")
            return
        for line in lines:
            self.out.write(line + "\n")

    def say(self, code: str, **parameters: object) -> None:
        """Tell a person on standard error what goes on, so that standard output stays the answer alone."""
        if not self.as_json:
            self.err.write(self.texts.text(code, **parameters) + "\n")
