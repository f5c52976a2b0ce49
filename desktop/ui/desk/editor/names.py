"""Words for what an editor shows: kinds of step with their chip, exits, findings, settings pages, actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from desktop.base.messages import Message
from desktop.domain.wizard.definition import Check, Instruction, Item, Kind, Outcome, Question, Step, Wizard
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.wizard.words import exit_text, heading

KINDS = (Kind.INSTRUCTION, Kind.QUESTION, Kind.CHECK, Kind.ACTION, Kind.JUMP, Kind.OUTCOME)
"""In the order in which people use them."""
_SAID = 60  # characters of a heading in a sentence about it
_WAY = 220  # characters of the name of an exit: what the rules allow
TONES = {
    Kind.INSTRUCTION: "acc",
    Kind.QUESTION: "plain",
    Kind.CHECK: "grn",
    Kind.ACTION: "vio",
    Kind.JUMP: "plain",
    Kind.OUTCOME: "outline",
}


def step_name(look: Look, wizard: Wizard, name: str) -> str:
    """Return the heading of a step or item; its id where it has none yet."""
    step = wizard.steps.get(name)
    if step is not None:
        return one_line(heading(look, step)) or name
    item = wizard.items.get(name)
    return item_name(look, item) if item is not None else name


def item_name(look: Look, item: Item) -> str:
    """Return the heading of an item; its id where it has none yet."""
    language = look.texts.language
    return one_line(item.title.say(language) or item.text.say(language)) or item.id


def numbered(look: Look, wizard: Wizard, name: str) -> str:
    """Return a step as targets name it: "7 Testetikett"."""
    names = tuple(wizard.items or wizard.steps)
    number = names.index(name) + 1 if name in names else 0
    return look.text("editor.numbered", number=number, step=step_name(look, wizard, name)) if number else name


def with_names(look: Look, wizard: Wizard, text: Message) -> Message:
    """Return what is said of a draft with the numbers and headings of steps, which people see, for their ids."""

    def named(value: object) -> object:
        if isinstance(value, Message):
            return with_names(look, wizard, value)
        if isinstance(value, str) and (value in wizard.steps or value in wizard.items):
            return one_line(numbered(look, wizard, value), _SAID)
        return value

    return replace(text, parameters={name: named(value) for name, value in text.parameters.items()})


def short(look: Look, text: str, widest: int) -> str:
    """Return a text cut at a width in logical pixels, for buttons, which take all the room that their words need."""
    metrics = QFontMetrics(look.theme.font("meta", MEDIUM))
    return metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, look.theme.px(widest))


def way_name(look: Look, step: Step, way: str) -> str:
    """Return the name of an exit as its author reads it."""
    if isinstance(step, Check):
        return look.text(f"editor.way.{way}")
    if isinstance(step, Question):
        named = {one.id: one_line(one.text.say(look.texts.language), _WAY) or one.id for one in step.answers}
        code = f"editor.answer.{way}"
        return named.get(way) or (look.text(code) if look.texts.has(code) else way)
    return one_line(exit_text(look, step, way), _WAY)


def finding_names(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of findings by id, each with its id so that two alike can be told apart."""
    return {one: _named(look, f"finding.{one}.title", one) for one in ids}


def probe_names(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Return what the probes measure, each with its id."""
    return {one: _named(look, f"probe.{one}.title", one) for one in ids}


def page_names(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of settings pages."""
    return {one: _named(look, f"page.{one}", one) for one in ids}


def action_names(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of actions."""
    return {one: _named(look, f"action.{one}.title", one) for one in ids}


def kind_of(step: Step) -> Kind:
    """Return the kind of a step."""
    return step.kind


def is_fix(step: Step) -> bool:
    """Tell whether a step has somebody do something, so that its exits have names of their own."""
    return isinstance(step, Instruction) or step.kind is Kind.ACTION


def is_end(step: Step) -> bool:
    """Tell whether nothing follows a step."""
    return isinstance(step, Outcome) or step.kind is Kind.JUMP


def _named(look: Look, code: str, id_: str) -> str:
    if not look.texts.has(code):
        return id_
    title = look.text(code)
    return id_ if "{" in title else look.text("editor.named", title=title, id=id_)
