"""`ersthelfer targets list|add|remove|set|test`: whom the PCs' diagnoses ask, and what they offer to send."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.cli.common.arguments import Actions, Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.diagnostics.target_trial import Trial
    from desktop.services.diagnosis_policy import DiagnosisPolicy
    from desktop.services.work import Work

_LEVELS = ("full", "basic", "none")
_SWITCH = {"on": True, "off": False}


def declare(parser: Parser) -> None:
    """Add the arguments of `targets`."""
    actions = parser.actions()
    actions.add("list", "cli.targets.list")
    _declare_add(actions)
    remove = actions.add("remove", "cli.targets.remove")
    remove.add_argument("name", metavar="NAME", help=remove.texts.text("cli.targets.name"))
    change = actions.add("set", "cli.targets.set")
    text = change.texts.text
    change.add_argument("--third-parties", choices=_SWITCH, help=text("cli.targets.third_parties"))
    change.add_argument("--portal", choices=_SWITCH, help=text("cli.targets.portal"))
    change.add_argument("--names", nargs="*", metavar="HOST", help=text("cli.targets.names"))
    change.add_argument("--wifi", nargs="*", metavar="NAME", help=text("cli.targets.wifi"))
    change.add_argument("--level", choices=_LEVELS, help=text("cli.targets.level"))
    change.add_argument("--reset", action="store_true", help=text("cli.targets.reset"))
    actions.add("test", "cli.targets.test")


def _declare_add(actions: Actions) -> None:
    from desktop.diagnostics.targets import TargetKind

    add = actions.add("add", "cli.targets.add")
    text = add.texts.text
    add.add_argument("name", metavar="NAME", help=text("cli.targets.name"))
    add.add_argument("host", metavar="HOST", help=text("cli.targets.host"))
    add.add_argument("--port", type=int, help=text("cli.targets.port"))
    kinds = [kind.value for kind in TargetKind]
    add.add_argument("--kind", choices=kinds, default=TargetKind.OTHER.value, help=text("cli.targets.kind"))
    add.add_argument("--behind-vpn", action="store_true", help=text("cli.targets.behind_vpn"))


def run(context: Context, arguments: Namespace) -> int:
    """List, try or change; a change is told to the PCs when the command ends, and one that changes nothing is 1."""
    from desktop.cli.desk.posting import send_waiting
    from desktop.services.diagnosis_policy import read_diagnosis_policy

    with opened(context) as work:
        if arguments.action in ("list", "test"):
            policy = read_diagnosis_policy(work)
            is_changed = True
        else:
            done = [one for one in _change(work, arguments) if one.changes.items]
            policy, is_changed = read_diagnosis_policy(work), bool(done)
    if arguments.action == "test":
        return _test(context, policy)
    if arguments.action != "list":
        send_waiting(context)
    context.answer(_document(policy), _lines(context, policy))
    return DONE if is_changed else NOTHING_TO_DO


def _change(work: Work, arguments: Namespace) -> Iterator[Done[DiagnosisPolicy]]:
    from desktop.diagnostics.targets import USUAL_PORTS, CompanyTarget, TargetKind
    from desktop.services import diagnosis_policy as policies

    if arguments.action == "add":
        kind = TargetKind(arguments.kind)
        port = USUAL_PORTS[kind] if arguments.port is None else arguments.port
        target = CompanyTarget(kind, arguments.name, arguments.host, port, arguments.behind_vpn)
        yield policies.add_target(work, target)
        return
    if arguments.action == "remove":
        yield policies.remove_target(work, arguments.name)
        return
    if arguments.reset:
        yield policies.reset_targets(work)
    third, portal = _SWITCH.get(arguments.third_parties or ""), _SWITCH.get(arguments.portal or "")
    yield policies.set_switches(work, asks_third_parties=third, asks_portal=portal)
    if arguments.names is not None:
        yield policies.set_names(work, tuple(arguments.names))
    if arguments.wifi is not None:
        yield policies.set_wifi(work, tuple(arguments.wifi))
    if arguments.level:
        yield policies.set_level(work, arguments.level)


def _test(context: Context, policy: DiagnosisPolicy) -> int:
    from desktop.diagnostics.target_trial import try_targets
    from desktop.system.programs import collector_command

    trials = try_targets(collector_command(), policy.targets)
    document = {
        "targets": [
            {"name": one.target.name, "host": one.target.host, "port": one.target.port, "reachable": one.is_reachable,
             "outcome": one.outcome, "ms": one.ms}
            for one in trials
        ]
    }  # fmt: skip
    context.answer(document, _trial_lines(context, trials))
    return DONE if trials and all(one.is_reachable for one in trials) else NOTHING_TO_DO


def _document(policy: DiagnosisPolicy) -> dict[str, object]:
    targets = policy.targets
    return {
        "targets": [
            {
                "name": one.name,
                "kind": one.kind.value,
                "host": one.host,
                "port": one.port,
                "behind_vpn": one.is_behind_vpn,
            }
            for one in targets.company
        ],
        "names": list(targets.company_names),
        "third_parties": targets.asks_third_parties,
        "portal": targets.asks_portal,
        "wifi": len(targets.wifi_marks),
        "level": policy.level,
    }


def _lines(context: Context, policy: DiagnosisPolicy) -> Iterator[str]:
    text, targets = context.texts.text, policy.targets
    if not targets.company:
        yield text("cli.targets.none")
    cells = [
        (
            one_line(one.name, width=40),
            text(f"target.kind.{one.kind.value}"),
            one_line(one.host, width=60),
            str(one.port),
        )
        for one in targets.company
    ]
    yield from table(cells)
    for code, is_on in (("third_parties", targets.asks_third_parties), ("portal", targets.asks_portal)):
        yield text(f"cli.targets.{code}.{'on' if is_on else 'off'}")
    yield context.texts.plural("cli.targets.wifi_known", len(targets.wifi_marks))
    yield text("cli.targets.offers", level=text(f"target.level.{policy.level}"))


def _trial_lines(context: Context, trials: Sequence[Trial]) -> Iterator[str]:
    text = context.texts.text
    if not trials:
        yield text("cli.targets.none")
    for one in trials:
        code = "target.trial.answers" if one.is_reachable else "target.trial.silent"
        yield text(
            code, name=one_line(one.target.name, width=40), ms=round(one.ms or 0), host=one_line(one.target.host)
        )
