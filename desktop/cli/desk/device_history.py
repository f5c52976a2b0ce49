"""`ersthelfer device diff|pin|unpin`: what changed on a PC, and what it is compared with."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.change import Change, NotCompared

if TYPE_CHECKING:
    from desktop.services.comparing import Comparison


def declare_diff(parser: Parser) -> None:
    """Add what `device diff` takes."""
    text = parser.texts.text
    parser.add_argument("--against", metavar="ID", default="", help=text("cli.device.against"))
    parser.add_argument("--with", dest="other", metavar="DEVICE", default="", help=text("cli.device.with"))
    parser.add_argument("--ticket", metavar="NUMBER", default="", help=text("cli.device.ticket"))
    parser.add_argument("--since", metavar="TIME", default="", help=text("cli.device.since"))


def declare_pin(parser: Parser) -> None:
    """Add what `device pin` takes."""
    parser.add_argument("--snapshot", metavar="ID", default="", help=parser.texts.text("cli.device.snapshot"))


def diff(context: Context, arguments: Namespace) -> int:
    """Print what changed since the device was healthy; exit code 1 where nothing did."""
    from desktop.services.comparing import Compare, compare_device

    if arguments.against and arguments.other:
        raise AppError("cli.device.either", kind=ErrorKind.USAGE)
    command = Compare(
        arguments.device,
        before=arguments.against,
        other=arguments.other,
        ticket=arguments.ticket,
        since=_since(arguments.since),
    )
    with opened(context) as work:
        found = compare_device(work, command)
    context.answer(comparison_document(found), comparison_lines(context, found))
    return DONE if found.differences.changes or found.differences.minor else NOTHING_TO_DO


def pin(context: Context, arguments: Namespace) -> int:
    """Choose or release the snapshot that a device is compared with."""
    from desktop.services.baselines import find_baseline, pin_baseline, unpin_baseline

    with opened(context) as work:
        if arguments.action == "pin":
            done = pin_baseline(work, arguments.device, arguments.snapshot)
        else:
            done = unpin_baseline(work, arguments.device)
        baseline = find_baseline(work, done.result.id)
    lines = [context.texts.text("cli.device.baseline", id=baseline or "–")]
    context.answer({"device": done.result.name, "baseline": baseline or None}, lines)
    return DONE if done.changes.items else NOTHING_TO_DO


def comparison_document(found: Comparison) -> dict[str, object]:
    """Return a comparison as `--json` prints it."""
    return {
        "device": found.device.name,
        "basis": found.basis.value,
        "before": {"id": found.before_id, "taken_at": to_text(found.differences.before_at)},
        "after": {"id": found.after_id, "taken_at": to_text(found.differences.after_at)},
        "other": found.other.name if found.other else None,
        "since": _moment(found.since),
        "changes": [change_document(one) for one in found.differences.changes],
        "minor": [change_document(one) for one in found.differences.minor],
        "not_compared": [_gap_document(one) for one in found.differences.not_compared],
    }


def change_document(one: Change) -> dict[str, object]:
    """Return a change as `--json` prints it."""
    return {
        "rank": one.rank,
        "kind": one.kind.value,
        "act": one.act.value,
        "path": str(one.path).replace("\x1f", "|"),
        "subject": one.subject,
        "field": one.field,
        "before": one.before,
        "after": one.after,
        "relevance": one.relevance.value,
        "feeds": list(one.feeds),
        "seen_after": _moment(one.seen_after),
        "seen_by": _moment(one.seen_by),
        "happened_on": one.happened_on or None,
        "elsewhere": one.elsewhere,
        "others": one.others,
    }


def comparison_lines(context: Context, found: Comparison, *, most: int = 40) -> Iterator[str]:
    """Say what is compared, then the changes by rank, then how many hardly matter."""
    from desktop.diagnostics.change_words import change_line

    texts, differences = context.texts, found.differences
    days = {"before": _day(differences.before_at), "after": _day(differences.after_at)}
    yield texts.text(f"change.basis.{found.basis.value}", **days)
    if not differences.changes:
        yield texts.text("cli.device.no_changes")
    for one in differences.changes[:most]:
        elsewhere = texts.text("cli.device.elsewhere", count=one.elsewhere, of=one.others) if one.others else ""
        mark = "!" if one.feeds else "·"
        yield f"  {mark} {one_line(change_line(one, texts), width=100)}  {elsewhere}".rstrip()
    if len(differences.changes) > most:
        yield texts.plural("cli.device.more", len(differences.changes) - most)
    if differences.minor:
        yield texts.plural("cli.device.minor", len(differences.minor))
    if differences.not_compared:
        yield texts.text("cli.device.not_compared", names=_titles(context, differences.not_compared))


def _titles(context: Context, gaps: Sequence[NotCompared]) -> str:
    return ", ".join(context.texts.text(f"probe.{one.probe}.title") for one in gaps)


def _gap_document(one: NotCompared) -> dict[str, object]:
    before, after = (side.value if side else None for side in (one.before, one.after))
    return {"probe": one.probe, "before": before, "after": after}


def _since(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return from_text(text) if found.tzinfo else found.astimezone()
    except (ValueError, OverflowError) as error:
        raise AppError("cli.device.since", kind=ErrorKind.USAGE, parameters={"value": text[:40]}) from error


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _moment(moment: datetime | None) -> str | None:
    return to_text(moment) if moment else None
