"""`ersthelfer findings list|set|reset`: what counts as a fault in this company."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import shown, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.diagnostics.rules import CompanyRule
    from desktop.services.work import Work


def declare(parser: Parser) -> None:
    """Add the arguments of `findings`."""
    text = parser.texts.text
    actions = parser.actions()
    listing = actions.add("list", "cli.findings.list")
    listing.add_argument("--changed", action="store_true", help=text("cli.findings.changed"))
    change = actions.add("set", "cli.findings.set")
    change.add_argument("finding", help=text("cli.findings.which"))
    change.add_argument("limits", nargs="*", metavar="NAME=VALUE", help=text("cli.findings.limits"))
    switch = change.add_mutually_exclusive_group()
    switch.add_argument("--off", action="store_true", help=text("cli.findings.off"))
    switch.add_argument("--on", action="store_true", help=text("cli.findings.on"))
    reset = actions.add("reset", "cli.findings.reset")
    reset.add_argument("finding", nargs="?", help=text("cli.findings.which"))
    reset.add_argument("--all", action="store_true", help=text("cli.findings.all"))


def run(context: Context, arguments: Namespace) -> int:
    """List the findings, or answer a change with the finding or findings."""
    if arguments.action == "list":
        return _list(context, only_changed=arguments.changed)
    if arguments.action == "reset" and arguments.all:
        return _reset_all(context)
    with opened(context) as work:
        done = _set(work, arguments) if arguments.action == "set" else _reset(work, arguments.finding)
    context.answer({"finding": finding_document(done.result, context)}, _lines(context, [done.result]))
    return DONE if done.changes.items else NOTHING_TO_DO


def finding_document(row: CompanyRule, context: Context) -> dict[str, object]:
    """Return what `--json` prints of a finding; values are in the unit in which a limit's name ends."""
    return {
        "id": row.rule.id,
        "title": context.texts.text(f"finding.{row.rule.id}.title"),
        "topic": row.rule.topic,
        "severity": row.rule.severity.value,
        "wizard": row.rule.wizard,
        "rule": _rule_text(row, context),
        "source": row.rule.source[context.texts.language],
        "ours": row.rule.is_ours,
        "on": not row.override.is_off,
        "employees": row.rule.is_for_employees,
        "limits": [
            {
                "name": name,
                "value": row.rule.limits[name],
                "usual": row.usual.limits[name],
                "ours": row.is_ours(name),
            }
            for name in row.own_limits
        ],
    }


def _list(context: Context, *, only_changed: bool) -> int:
    from desktop.services.finding_limits import list_rules

    with opened(context) as work:
        rows = [one for one in list_rules(work) if not (only_changed and one.override.is_empty)]
    context.answer({"findings": [finding_document(one, context) for one in rows]}, _lines(context, rows))
    return DONE


def _set(work: Work, arguments: Namespace) -> Done[CompanyRule]:
    from desktop.services.finding_limits import change_finding

    is_on = True if arguments.on else False if arguments.off else None
    return change_finding(work, arguments.finding, dict(map(_pair, arguments.limits)), is_on=is_on)


def _reset(work: Work, finding: str | None) -> Done[CompanyRule]:
    from desktop.services.finding_limits import reset_finding

    if finding is None:
        raise AppError("findings.which", kind=ErrorKind.USAGE)
    return reset_finding(work, finding)


def _reset_all(context: Context) -> int:
    from desktop.services.finding_limits import reset_all

    with opened(context) as work:
        done = reset_all(work)
    context.answer({"findings": [finding_document(one, context) for one in done.result]}, _lines(context, done.result))
    return DONE if done.changes.items else NOTHING_TO_DO


def _pair(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value.replace(",", "."))
    except ValueError:
        raise AppError("findings.pair", kind=ErrorKind.USAGE, parameters={"text": text[:100]}) from None


def _lines(context: Context, rows: Sequence[CompanyRule]) -> Iterator[str]:
    text = context.texts.text
    if not rows:
        yield text("cli.findings.none")
    cells = [
        (
            one.rule.id,
            text("cli.findings.is_off") if one.override.is_off else text(f"finding.severity.{one.rule.severity.value}"),
            _rule_text(one, context),
            " ".join(f"{name}={one.rule.limits[name]:.15g}" for name in one.own_limits),
        )
        for one in rows
    ]
    yield from (shown(line) for line in table(cells))


def _rule_text(row: CompanyRule, context: Context) -> str:
    from desktop.diagnostics.evidence import rule_text

    return rule_text(row.rule, context.texts)
