"""`ersthelfer search TEXT`: tickets, devices and people by their words."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from desktop.base.clock import to_text
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.rows import SearchHit

_MARKS = str.maketrans({"\u0001": "", "\u0002": ""})


def declare(parser: Parser) -> None:
    """Add the arguments of `search`."""
    from desktop.services.search import PLACES

    text = parser.texts.text
    parser.add_argument("text", metavar="TEXT", help=text("cli.search.text"))
    parser.add_argument("--in", dest="where", choices=PLACES, default="all", help=text("cli.search.in"))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=text("cli.limit"))


def run(context: Context, arguments: Namespace) -> int:
    """Print what was found, the best first."""
    from desktop.services.search import search

    with opened(context) as work:
        found = search(work, arguments.text, where=arguments.where, limit=max(1, arguments.limit))
    hits = [
        {
            "kind": one.kind,
            "id": one.id,
            "title": one.title,
            "context": one.context.translate(_MARKS),
            "at": to_text(one.at) if one.at.year > 1 else None,
        }
        for one in found.hits
    ]
    context.answer({"hits": hits, "total": found.total}, _lines(context, found.hits))
    return DONE


def _lines(context: Context, hits: Sequence[SearchHit]) -> Iterator[str]:
    if not hits:
        yield context.texts.text("cli.search.none")
    yield from table(
        [(one.kind, one_line(one.title, width=50), one_line(one.context.translate(_MARKS), width=70)) for one in hits]
    )
