"""Paints every window: light and dark, German and English, 100 % and 150 %: `python -m desktop.entry.shots --out DIR`.

The scale of the screen is fixed when Qt starts, so each combination runs in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.base.clock import utc_now
from desktop.base.texts import LANGUAGES, load_texts
from desktop.cli.common.program import Common, standard_streams
from desktop.entry.command_line import DESK, make_context
from desktop.entry.pictures import take_pictures
from desktop.entry.tour_homes import clear_homes, make_desk, make_pc
from desktop.entry.tour_loop import Loop

SCALES = ("1", "1.5")


def main(argv: Sequence[str] | None = None) -> int:
    """Make a company and a PC, then paint; with `--language` only that one combination, on homes that are there."""
    parser = argparse.ArgumentParser(prog="shots")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--language", choices=LANGUAGES, default="")
    parser.add_argument("--number", default="")
    arguments = parser.parse_args(argv)
    out: Path = arguments.out.absolute()
    if arguments.language:
        return _paint(out, arguments.language, arguments.number)
    number = _make(out)
    codes = [_start(out, language, scale, number) for language in LANGUAGES for scale in SCALES]
    return max(codes)


def _make(out: Path) -> str:
    """Make what the windows show: a company with its year of tickets, a PC and one request that was answered."""
    out.mkdir(parents=True, exist_ok=True)
    clear_homes(out)
    context = make_context(Common("", "de", "file", as_json=False), load_texts("de"), standard_streams())
    loop = Loop(context, out, make_desk(out, "de", DESK, make_context), make_pc(out, "de"))
    for step in (loop.make_company, loop.enrol, loop.diagnose, loop.help_oneself, loop.send, loop.take_in, loop.talk):
        step()
    return loop.number


def _start(out: Path, language: str, scale: str, number: str) -> int:
    command = [sys.executable, "-m", "desktop.entry.shots", "--out", str(out), "--language", language]
    environment = {**os.environ, "QT_SCALE_FACTOR": scale}
    return subprocess.run([*command, "--number", number], env=environment, check=False).returncode


def _paint(out: Path, language: str, number: str) -> int:
    scale = round(float(os.environ.get("QT_SCALE_FACTOR", "1")) * 100)
    folder = out / f"{language}-{scale}"
    started = utc_now()
    names = take_pictures(make_desk(out, language, DESK, make_context), make_pc(out, language), folder, number=number)
    seconds = (utc_now() - started).total_seconds()
    sys.stdout.write(f"{folder}: {len(names)} PNG, {seconds:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
