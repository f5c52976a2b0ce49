"""`ersthelfer-hilfe diagnose`: the facts of this machine with what the rules say about them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import shown
from desktop.cli.context import Context

if TYPE_CHECKING:
    from desktop.domain.snapshot import Snapshot


def declare(parser: Parser) -> None:
    """Add the arguments of `diagnose`."""
    text = parser.texts.text
    parser.add_argument("--level", choices=("basic", "full"), default="basic", help=text("hilfe.diagnose.level"))
    parser.add_argument(
        "--probe", action="extend", nargs="+", default=[], metavar="ID", help=text("hilfe.diagnose.probe")
    )


def run(context: Context, arguments: Namespace) -> int:
    """Collect and show; 1 where no probe of these names exists here."""
    from desktop.client.facts import collect_facts

    context.say("hilfe.diagnose.collecting")
    snapshot = collect_facts(arguments.level, probes=arguments.probe or None)
    context.answer(snapshot.to_document(), _lines(context, snapshot))
    return DONE if snapshot.probes else NOTHING_TO_DO


def _lines(context: Context, snapshot: Snapshot) -> Iterator[str]:
    from desktop.diagnostics.evidence import finding_text
    from desktop.diagnostics.fact_lines import fact_lines

    text = context.texts.text
    yield context.texts.plural("hilfe.diagnose.probes", len(snapshot.probes))
    if not snapshot.present:
        yield text("hilfe.diagnose.healthy")
    for one in snapshot.present:
        why = shown(finding_text(one, "technician", context.texts))
        yield text("hilfe.diagnose.finding", title=text(f"finding.{one.id}.title"), why=why)
    yield ""
    yield from fact_lines(snapshot, context.texts)
