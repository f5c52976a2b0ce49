"""Compile the gettext catalogues (.po, kept in git) into what gettext reads (.mo, not kept)."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "desktop" / "resources" / "i18n"


def compile_texts(folder: Path = FOLDER) -> int:
    """Compile every catalogue that is newer than its compiled form; returns how many were."""
    done = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parent.parent.name, abort_invalid=True)
        unfinished = target.with_suffix(".part")  # a program that starts meanwhile never reads half a catalogue
        with unfinished.open("wb") as stream:
            write_mo(stream, catalogue)
        unfinished.replace(target)
        done += 1
    return done


if __name__ == "__main__":
    compile_texts()
    sys.exit(0)
