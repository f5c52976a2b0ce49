"""Wires the Desk's command line: no Qt, no database until a command asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.base.clock import utc_now
from desktop.base.paths import Home
from desktop.base.texts import Texts
from desktop.cli.common.program import Common, Program, Streams, run_program, standard_streams
from desktop.cli.common.secret_source import open_for
from desktop.cli.context import Context
from desktop.system.folders import find_home

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.domain.handover import Handover
    from desktop.system.secrets import SecretStore

DESK = Program(
    name="ersthelfer",
    package="desktop.cli.desk",
    area="cli",
    commands=(
        "init",
        "invite",
        "inbox",
        "device",
        "ticket",
        "search",
        "wizard",
        "handover",
        "partner",
        "findings",
        "targets",
        "check",
        "db",
        "tour",
    ),
)


def run(argv: Sequence[str], streams: Streams | None = None) -> int:
    """Run one command of the Desk and return its exit code."""
    return run_program(DESK, argv, make_context=make_context, streams=streams or standard_streams())


def make_context(common: Common, texts: Texts, streams: Streams) -> Context:
    """Build what a command gets; nothing here opens a file or a keychain."""
    home = find_home("desk", common.home or None, os.environ)
    return Context(
        home=home,
        texts=texts,
        clock=utc_now,
        as_json=common.as_json,
        source=streams.source,
        out=streams.out,
        err=streams.err,
        secrets=secrets_of(home, common, texts, streams),
        render_pdf=_render_pdf,
        take_tour=_take_tour,
    )


def secrets_of(home: Home, common: Common, texts: Texts, streams: Streams) -> Callable[[], SecretStore]:
    """Return what opens the keychain, or the sealed file, when a command first needs a secret."""
    return lambda: open_for(home, common.keys, texts, streams.err)


def _render_pdf(document: Handover, texts: Texts) -> bytes:
    from desktop.ui.desk.handover_sheet import render_headless  # brings Qt along, which only this command needs

    return render_headless(document, texts)


def _take_tour(context: Context, out: Path) -> int:
    from desktop.entry.tour import take_tour  # brings everything along

    return take_tour(context, out, program=DESK, make_context=make_context)
