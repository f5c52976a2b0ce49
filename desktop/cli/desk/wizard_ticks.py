"""`ersthelfer wizard attach|detach|tick|ticks`: does what `wizard_tick_arguments` declares."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line
from desktop.cli.context import Context
from desktop.domain.wizard.definition import Item
from desktop.domain.wizard.tick_commands import AttachList, DetachList, NoteItem, SetItem
from desktop.domain.wizard.tick_report import list_report
from desktop.domain.wizard.ticks import TickList, TickState, from_document, progress

_MARKS = {TickState.OPEN: "[ ]", TickState.DONE: "[x]", TickState.NOT_NEEDED: "[-]"}


def run_ticks(context: Context, arguments: Namespace) -> int:
    """Do what was asked; `ticks` ends with 1 while something required is open."""
    from desktop.cli.desk.opening import opened
    from desktop.services import wizard_ticks

    with opened(context) as work:
        if arguments.action == "attach":
            row = wizard_ticks.attach_list(work, AttachList(arguments.ticket, arguments.list)).result
            return _answer(context, from_document(row.document))
        run = wizard_ticks.find_list(work, arguments.ticket, arguments.list)
        if arguments.action == "detach":
            wizard_ticks.detach_list(work, DetachList(run, arguments.reason))
            context.answer({"removed": run}, [context.texts.text("cli.wizard.removed")])
            return DONE
        if arguments.action == "tick":
            if arguments.note is not None:
                wizard_ticks.note_item(work, NoteItem(run, arguments.item, arguments.note))
            else:
                wizard_ticks.set_item(work, _wish(run, arguments))
        shown = wizard_ticks.open_list(work, run).ticks
        code = _answer(context, shown)
        is_done = progress(shown).is_complete or arguments.action == "tick"
        return code if is_done else NOTHING_TO_DO


def _wish(run: str, arguments: Namespace) -> SetItem:
    if arguments.not_needed is not None:
        return SetItem(run, arguments.item, TickState.NOT_NEEDED, arguments.not_needed)
    return SetItem(run, arguments.item, TickState.OPEN if arguments.undo else TickState.DONE)


def _answer(context: Context, ticks: TickList) -> int:
    at, language = progress(ticks), context.texts.language
    lines = [f"{one_line(ticks.title.say(language), width=80)}  {at.done}/{at.total}"]
    for one in ticks.items:
        if not one.section.is_empty:
            lines += ["", one_line(one.section.say(language), width=80)]
        lines.append(_line(ticks, one, language))
    context.answer({"list": {"run": ticks.run_id, "wizard": ticks.wizard, **list_report(ticks)}}, lines)
    return DONE


def _line(ticks: TickList, item: Item, language: str) -> str:
    last = ticks.last(item.id)
    who = ""
    if last is not None:
        who = last.who or (f"{last.evidence.device}: {last.evidence.finding}" if last.evidence else "")
    words = one_line(item.heading(language), width=110)
    said = " – ".join(one_line(one, width=60) for one in (who, last.reason if last else "") if one)
    return f"{_MARKS[ticks.state(item.id)]} {item.id:<14} {words}" + (f"  ({said})" if said else "")
