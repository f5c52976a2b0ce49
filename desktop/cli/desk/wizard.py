"""`ersthelfer wizard …`: look at checklists, check files, walk through one; see `wizard_own` and `wizard_ticks` too."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.wizard_figures import declare_figures, run_figures
from desktop.cli.desk.wizard_force import answer_list, library_in_force
from desktop.cli.desk.wizard_own import NAMES, declare_own, run_own
from desktop.cli.desk.wizard_tick_arguments import ACTIONS, declare_ticks

if TYPE_CHECKING:
    from desktop.domain.snapshot import Snapshot
    from desktop.domain.wizard.definition import Wizard
    from desktop.domain.wizard.problems import Problem
    from desktop.domain.wizard.validator import Known


def declare(parser: Parser) -> None:
    """Add the sub-commands of `wizard`."""
    text = parser.texts.text
    actions = parser.actions()
    declare_own(actions)
    declare_ticks(actions, parser.texts)
    declare_figures(actions)
    actions.add("list", "cli.wizard.list")
    checked = actions.add("check", "cli.wizard.check")
    checked.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text("cli.wizard.files"))
    shown = actions.add("show", "cli.wizard.show")
    shown.add_argument("id", metavar="ID", help=text("cli.wizard.id"))
    run_ = actions.add("run", "cli.wizard.run")
    run_.add_argument("id", metavar="ID", help=text("cli.wizard.id"))
    source = run_.add_mutually_exclusive_group()
    source.add_argument("--device", metavar="D", help=text("cli.wizard.device"))
    source.add_argument("--snapshot", type=Path, metavar="FILE", help=text("cli.wizard.snapshot"))
    run_.add_argument("--answers", type=Path, metavar="FILE", help=text("cli.wizard.answers"))
    run_.add_argument(
        "--audience", choices=("employee", "technician"), default="technician", help=text("cli.wizard.audience")
    )


def run(context: Context, arguments: Namespace) -> int:
    """Do what was asked; `check` ends with 1 where a file has an error."""
    if arguments.action == "list":
        return answer_list(context)
    if arguments.action in NAMES:
        return run_own(context, arguments, content_of=_content)
    if arguments.action in ACTIONS:
        from desktop.cli.desk.wizard_ticks import run_ticks

        return run_ticks(context, arguments)
    if arguments.action == "figures":
        return run_figures(context, arguments)
    if arguments.action == "check":
        return _check(context, arguments.files)
    if arguments.action == "show":
        return _show(context, arguments.id)
    return _walk(context, arguments)


def _check(context: Context, files: list[Path]) -> int:
    from desktop.domain.wizard.validator import jump_targets
    from desktop.services.wizard_memory import WizardMemory

    known = WizardMemory().known
    together = _wizards_of(files)
    if any(jump_targets(one) for one in together.values()):  # else the shipped ones matter to nobody
        together = {**library_in_force(context).wizards, **together}
    found = [(path, _problems(path, replace(known, wizards=together))) for path in files]
    documents = [
        {
            "file": str(path),
            "ok": not any(one.is_error for one in problems),
            "problems": [_problem_document(context, one) for one in problems],
        }
        for path, problems in found
    ]
    context.answer({"files": documents}, [line for path, problems in found for line in _lines(context, path, problems)])
    return DONE if all(one["ok"] for one in documents) else NOTHING_TO_DO


def _wizards_of(files: list[Path]) -> dict[str, Wizard]:
    """Return the readable wizards among the files, so that they may jump to each other."""
    from desktop.domain.wizard.reader import parse_wizard

    readings = [parse_wizard(_content(one)) for one in files]
    return {one.wizard.id: one.wizard for one in readings if one.wizard is not None}


def _problems(path: Path, known: Known) -> tuple[Problem, ...]:
    from desktop.domain.wizard.cases import check_cases
    from desktop.domain.wizard.reader import parse_wizard
    from desktop.domain.wizard.validator import check_file

    content = _content(path)
    problems = check_file(content, known, name=path.stem)
    wizard = parse_wizard(content).wizard
    if wizard is None or any(one.is_error for one in problems):
        return problems
    return (*problems, *check_cases(known.wizards or {}, wizard))


def _problem_document(context: Context, problem: Problem) -> dict[str, object]:
    text = context.texts.render(problem.text)
    return {"rule": problem.rule.value, "step": problem.step, "text": text, "is_error": problem.is_error}


def _lines(context: Context, path: Path, problems: tuple[Problem, ...]) -> list[str]:
    if not problems:
        return [context.texts.text("cli.wizard.ok", file=path)]
    return [
        context.texts.text(
            "cli.wizard.problem" if one.is_error else "cli.wizard.warning",
            file=path,
            rule=one.rule.value,
            text=one_line(context.texts.render(one.text), width=300),
        )
        for one in problems
    ]


def _show(context: Context, wizard_id: str) -> int:
    wizard = library_in_force(context).wizards.get(wizard_id)
    if wizard is None:
        raise AppError("wizard.unknown", parameters={"id": wizard_id})
    if wizard.is_list:
        return _show_items(context, wizard)
    language = context.texts.language
    steps = [
        {"id": one.id, "kind": one.kind.value, "title": one.heading(language), "go": dict(one.go),
         "audience": wizard.audience_of(one).value}
        for one in wizard.steps.values()
    ]  # fmt: skip
    document: dict[str, object] = {"id": wizard.id, "version": wizard.version, "title": wizard.title.say(language)}
    lines = [wizard.title.say(language), "", *table([(str(s["id"]), str(s["kind"]), str(s["title"])) for s in steps])]
    context.answer({"wizard": {**document, "steps": steps}}, lines)
    return DONE


def _show_items(context: Context, wizard: Wizard) -> int:
    language = context.texts.language
    items = [
        {"id": one.id, "section": one.section.say(language), "text": one.text.say(language),
         "required": one.is_required, "finding": one.confirm.finding if one.confirm else ""}
        for one in wizard.items.values()
    ]  # fmt: skip
    document = {"id": wizard.id, "version": wizard.version, "title": wizard.title.say(language),
                "mandatory": wizard.is_mandatory, "items": items}  # fmt: skip
    lines = [wizard.title.say(language)]
    for one in items:
        lines += ["", str(one["section"])] if one["section"] else []
        lines.append(f"  {one['id']:<20} {one_line(str(one['text']), width=200)}")
    context.answer({"wizard": document}, lines)
    return DONE


def _walk(context: Context, arguments: Namespace) -> int:
    from desktop.base.ids import new_id
    from desktop.cli.desk.wizard_walk import Walk
    from desktop.domain.wizard import engine
    from desktop.domain.wizard.definition import Audience
    from desktop.domain.wizard.scene import Scene

    scene = Scene(library_in_force(context).wizards, _snapshot(context, arguments))
    audience = Audience(arguments.audience)
    at = context.clock()
    state = engine.start(scene, arguments.id, run_id=new_id(context.clock), audience=audience, at=at)
    walk = Walk(context, scene, _answers(arguments.answers))
    return walk.to_the_end(state)


def _snapshot(context: Context, arguments: Namespace) -> Snapshot | None:
    if arguments.snapshot is not None:
        return _snapshot_of_file(arguments.snapshot)
    if arguments.device is None:
        return None
    from desktop.cli.desk.opening import opened
    from desktop.services.devices import read_snapshot, show_device

    with opened(context) as work:
        page = show_device(work, arguments.device, language=context.texts.language, limit=1)
        if page.snapshot is None:
            raise AppError("wizard.no_diagnosis", parameters={"device": page.row.name})
        return read_snapshot(work, page.snapshot.id)


def _snapshot_of_file(path: Path) -> Snapshot:
    from desktop.domain.snapshot import Snapshot

    try:
        document: Any = json.loads(_content(path))
        return Snapshot.from_document({"level": "basic", **document})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AppError("wizard.snapshot", parameters={"path": str(path)}, detail=str(error)) from error


def _answers(path: Path | None) -> Mapping[str, Any] | None:
    if path is None:
        return None
    try:
        found: object = json.loads(_content(path))
    except (ValueError, RecursionError) as error:
        raise AppError("wizard.answers", parameters={"path": str(path)}, detail=str(error)) from error
    if not isinstance(found, dict):
        raise AppError("wizard.answers", parameters={"path": str(path)})
    return cast("dict[str, Any]", found)


def _content(path: Path) -> bytes:
    from desktop.domain.wizard.reader import MAX_BYTES

    if path.is_fifo():  # would never end
        raise _unreadable(path, "")
    try:
        with path.open("rb") as stream:
            return stream.read(max(MAX_BYTES, 16 * 2**20) + 1)
    except OSError as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, detail: str) -> AppError:
    return AppError("wizard.file", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=detail)
