"""`ersthelfer tour --out DIR`: the whole loop once, without a screen."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import NOTHING_TO_DO
from desktop.cli.context import Context


def declare(parser: Parser) -> None:
    """Add the arguments of `tour`."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=parser.texts.text("cli.tour.out"))


def run(context: Context, arguments: Namespace) -> int:
    """Take the tour; 0 only if every step held."""
    return NOTHING_TO_DO if context.take_tour is None else context.take_tour(context, arguments.out)
