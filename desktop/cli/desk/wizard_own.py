"""`ersthelfer wizard import|export|publish|withdraw|…`: the company's own checklists, without a window."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.cli.common.arguments import Actions
from desktop.cli.common.colours import is_terminal
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, shown, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.domain.wizard.problems import Problem
    from desktop.domain.wizard_rows import WizardFile
    from desktop.services.work import Work

NAMES = ("import", "export", "publish", "withdraw", "versions", "restore", "adopt", "keep", "discard")
"""The sub-commands that are answered here."""
_TOLD = ("publish", "withdraw")
"""After these PCs may have to be told."""


def declare_own(actions: Actions) -> None:
    """Add these sub-commands of `wizard`."""
    taken = actions.add("import", "cli.wizard.import")
    text = taken.texts.text
    taken.add_argument("file", type=Path, metavar="FILE", help=text("cli.wizard.file"))
    taken.add_argument("--replace", action="store_true", help=text("cli.wizard.replace"))
    for name in NAMES[1:]:
        one = actions.add(name, f"cli.wizard.{name}")
        one.add_argument("id", metavar="ID", help=text("cli.wizard.id"))
        if name == "export":
            one.add_argument("--out", type=Path, metavar="FILE", help=text("cli.wizard.out"))
            one.add_argument("--draft", action="store_true", help=text("cli.wizard.draft"))
        elif name == "publish":
            one.add_argument("--note", default="", metavar="TEXT", help=text("cli.wizard.note"))
        elif name == "restore":
            one.add_argument("number", type=int, metavar="N", help=text("cli.wizard.number"))
        if name in ("restore", "adopt"):
            one.add_argument("--replace", action="store_true", help=text("cli.wizard.replace_draft"))


def run_own(context: Context, arguments: Namespace, *, content_of: Callable[[Path], bytes]) -> int:
    """Do what was asked; `content_of` reads the file of an import."""
    if arguments.action == "export":
        return _export(context, arguments)
    if arguments.action == "versions":
        return _versions(context, arguments.id)
    from desktop.cli.desk.posting import send_waiting

    content = content_of(arguments.file) if arguments.action == "import" else b""
    done = _changed(context, arguments, content)
    if arguments.action in _TOLD:
        send_waiting(context)
    page = done.result
    document = None if page is None else _document(context, page)
    context.answer({"wizard": document}, _lines(context, arguments.action, page))
    return DONE if done.changes.items else NOTHING_TO_DO


def _changed(context: Context, arguments: Namespace, content: bytes) -> Done[WizardFile] | Done[WizardFile | None]:
    from desktop.domain.wizard_rows import WizardRefusedError

    try:
        with opened(context) as work:
            return _change(work, arguments, content)
    except WizardRefusedError as error:
        said = "\n".join(_problem_lines(context, error.problems))
        raise AppError(error.code, kind=error.kind, parameters=error.parameters, detail=said) from error


def _change(work: Work, arguments: Namespace, content: bytes) -> Done[WizardFile] | Done[WizardFile | None]:
    from desktop.services import own_wizards as own

    match arguments.action:
        case "import":
            return own.import_wizard(work, content, name=arguments.file.name, replace=arguments.replace)
        case "publish":
            return own.publish(work, own.Publish(arguments.id, arguments.note))
        case "withdraw":
            return own.withdraw(work, arguments.id)
        case "restore":
            return own.restore_version(work, arguments.id, arguments.number, replace=arguments.replace)
        case "adopt":
            return own.adopt_original(work, arguments.id, replace=arguments.replace)
        case "keep":
            return own.keep_own(work, arguments.id)
        case _:
            return own.discard_draft(work, arguments.id)


def _export(context: Context, arguments: Namespace) -> int:
    from desktop.services.own_wizards import export_wizard

    with opened(context) as work:
        content = export_wizard(work, arguments.id, draft=arguments.draft)
    text = content.decode("utf-8", "replace")
    document: dict[str, object] = {"id": arguments.id}
    if arguments.out is None:
        written = shown(text) if is_terminal(context.out, environment=os.environ) else text
        context.answer({**document, "content": text}, written.splitlines())
        return DONE
    path = str(arguments.out)
    try:
        write_durably(arguments.out, content)
    except OSError as error:
        wrong = {"path": path}
        raise AppError("own_wizard.out", kind=ErrorKind.ENVIRONMENT, parameters=wrong, detail=str(error)) from error
    said = context.texts.text("cli.wizard.exported", path=one_line(path, width=200))
    context.answer({**document, "path": path}, [said])
    return DONE


def _versions(context: Context, wizard: str) -> int:
    from desktop.services.own_wizards import open_wizard

    with opened(context) as work:
        page = open_wizard(work, wizard)
    text = context.texts.text
    rows = [
        (str(one.number), text(f"cli.wizard.state.{one.state.value}"), f"{one.created_at.astimezone():%Y-%m-%d %H:%M}",
         one_line(one.actor, width=24), one_line(one.note, width=80))
        for one in page.versions
    ]  # fmt: skip
    context.answer(
        {"id": wizard, "versions": _version_documents(page)}, table(rows) or [text("cli.wizard.no_versions")]
    )
    return DONE if page.versions else NOTHING_TO_DO


def _document(context: Context, page: WizardFile) -> dict[str, object]:
    return {
        "id": page.id,
        "origin": page.origin.value,
        "draft": page.draft is not None,
        "published": page.published is not None,
        "base_version": page.base_version,
        "moved": page.is_original_moved,
        "hash": page.hash,
        "versions": _version_documents(page),
        "problems": [
            {"rule": one.rule.value, "step": one.step, "text": context.texts.render(one.text), "is_error": one.is_error}
            for one in page.problems
        ],
    }


def _version_documents(page: WizardFile) -> list[dict[str, object]]:
    return [
        {
            "number": one.number,
            "state": one.state.value,
            "note": one.note,
            "by": one.actor,
            "at": to_text(one.created_at),
        }
        for one in page.versions
    ]


def _lines(context: Context, action: str, page: WizardFile | None) -> Iterator[str]:
    if page is None:
        yield context.texts.text("cli.wizard.nothing_left")
        return
    yield context.texts.text(f"cli.wizard.done.{action}", id=page.id)
    yield from _problem_lines(context, {page.id: page.problems})


def _problem_lines(context: Context, problems: Mapping[str, tuple[Problem, ...]]) -> Iterator[str]:
    for name, found in problems.items():
        for one in found:
            code = "cli.wizard.problem" if one.is_error else "cli.wizard.warning"
            said = one_line(context.texts.render(one.text), width=300)
            yield context.texts.text(code, file=one_line(name), rule=one.rule.value, text=said)
