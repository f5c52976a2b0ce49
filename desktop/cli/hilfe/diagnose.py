"""`ersthelfer-hilfe diagnose`: the facts of this machine with what the rules say about them.

Needs nothing but the machine: no company, no folder, no network, and nowhere to write. Where the PC belongs to a
company its targets and thresholds are in force.
"""

from __future__ import annotations

import difflib
from argparse import Namespace
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.arguments import Parser
from desktop.cli.common.colours import Colours, colours_for, is_terminal
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client

if TYPE_CHECKING:
    from desktop.client.context import Client
    from desktop.diagnostics.overrides import Overrides
    from desktop.diagnostics.rules import CompanyRule
    from desktop.domain.snapshot import Snapshot
    from desktop.domain.wizard.definition import Wizard

INTERRUPTED = 130
"""What shells call a program that Ctrl-C ended."""


def declare(parser: Parser) -> None:
    """Add the arguments of `diagnose`."""
    text = parser.texts.text
    parser.add_argument("--level", choices=("basic", "full"), default="basic", help=text("hilfe.diagnose.level"))
    parser.add_argument(
        "--probe", action="extend", nargs="+", default=[], metavar="ID", help=text("hilfe.diagnose.probe")
    )
    parser.add_argument("--explain", metavar="FINDING", default="", help=text("hilfe.diagnose.explain"))
    parser.add_argument("--no-colour", "--no-color", action="store_true", help=text("hilfe.diagnose.no_colour"))


def run(context: Context, arguments: Namespace) -> int:
    """Collect and show, or explain one finding; 0 where a probe has answered, whatever was found, else 1.

    Raises AppError `diagnose.no_probe` or `diagnose.no_finding` for a name that is none.
    """
    colours = colours_for(context.out, is_unwanted=arguments.no_colour)
    if arguments.explain:
        return _explain(context, arguments.explain, colours)
    _check_probes(arguments.probe)
    snapshot = _collected(context, arguments.level, arguments.probe or None)
    with _known_client(context) as client:
        own = _own_thresholds(client)
    lines = _report(context, snapshot, colours, is_whole=bool(arguments.probe), has_own=bool(own))
    context.answer(snapshot.to_document(), lines, is_painted=True)
    return exit_code(snapshot)


def _explain(context: Context, name: str, colours: Colours) -> int:
    from desktop.cli.hilfe.report import painted_explanation
    from desktop.diagnostics.explaining import explain
    from desktop.diagnostics.explanation_lines import explanation_lines

    rule, is_own = _rule(context, name)
    snapshot = _collected(context, "full", sorted(rule.rule.rests_on))
    found = explain(rule.rule, snapshot, usual=rule.usual.limits)
    lines = list(explanation_lines(found, context.texts))
    if is_own:
        lines.append(context.texts.text("hilfe.diagnose.own_thresholds"))
    document = {**found.to_document(), "thresholds": "company" if is_own else "shipped"}
    context.answer(document, painted_explanation(lines, colours), is_painted=True)
    return exit_code(snapshot)


def _report(context: Context, snapshot: Snapshot, colours: Colours, *, is_whole: bool, has_own: bool) -> Iterator[str]:
    from desktop.cli.hilfe.report import Report

    wizards: Mapping[str, Wizard] = _wizards(context) if snapshot.present else {}
    yield from Report(context.texts, colours, wizards, is_whole=is_whole, has_own_thresholds=has_own).lines(snapshot)


def _wizards(context: Context) -> Mapping[str, Wizard]:
    """Return the checklists that hold on this PC: the shipped ones where it belongs to no company."""
    from desktop.base.paths import resources
    from desktop.client.wizards import library_in_force
    from desktop.domain.wizard.library import load_library

    with _known_client(context) as client:
        return (library_in_force(client) if client else load_library(resources() / "wizards")).wizards


def _collected(context: Context, level: Literal["basic", "full"], probes: Sequence[str] | None) -> Snapshot:
    """Run the collector; on a terminal each lane's progress is shown, elsewhere one sentence is enough."""
    from desktop.cli.hilfe.lanes import LaneLine
    from desktop.client.facts import start_collection

    if not is_terminal(context.err):
        context.say("hilfe.diagnose.collecting")
        with _known_client(context) as client:
            return start_collection(level, probes, client=client).run()
    shown: list[LaneLine] = []
    with _known_client(context) as client:
        collection = start_collection(level, probes, client=client, on_progress=lambda one: shown[0].show(one))
    shown.append(LaneLine(context.err, context.texts, collection.lanes))
    try:
        return collection.run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        shown[0].clear()


@contextmanager
def _known_client(context: Context) -> Generator[Client | None]:
    """Open what this PC knows of its company's thresholds and targets.

    None where it never belonged to a company, or where its store cannot be used: a diagnosis is wanted then above all.
    """
    from desktop.client.policy import load_policy
    from desktop.client.store import store_path

    if not store_path(context.home).exists():
        yield None
        return
    with opened_client(context) as client:
        try:
            load_policy(client)
        except AppError:
            client = None
        yield client


def exit_code(snapshot: Snapshot) -> int:
    """Return 0 where a probe has answered, else 1: what is wrong with the machine is the answer, and no failure."""
    from desktop.diagnostics.findings import ANSWERED

    return DONE if any(one.status in ANSWERED for one in snapshot.probes.values()) else NOTHING_TO_DO


def _check_probes(names: Iterable[str]) -> None:
    from desktop.diagnostics.registry import PROBES

    known = [one.id for one in PROBES]
    for name in names:
        if name not in known:
            raise _unheard_of("diagnose.no_probe", name, known)


def _rule(context: Context, name: str) -> tuple[CompanyRule, bool]:
    """Return a rule beside its shipped one, and whether the company changed anything in its rules.

    Raises AppError `diagnose.no_finding`, or `diagnose.finding_off` where the company does not have it looked for.
    """
    from desktop.diagnostics.rules import company_rules, load_rules

    with _known_client(context) as client:
        own = _own_thresholds(client)
    rules = {one.rule.id: one for one in company_rules(load_rules(), own)}
    if name not in rules:
        raise _unheard_of("diagnose.no_finding", name, list(rules))
    if rules[name].override.is_off:
        raise AppError("diagnose.finding_off", parameters={"name": name})
    return rules[name], bool(own)


def _own_thresholds(client: Client | None) -> Overrides:
    from desktop.client.policy import own_thresholds

    return own_thresholds(client) if client else {}


def _unheard_of(code: str, name: str, known: Sequence[str]) -> AppError:
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.4) or list(known[:5])
    return AppError(code, kind=ErrorKind.USAGE, parameters={"name": name, "near": ", ".join(near)})
