"""The fields asked for at the end, what an end must have, and the items of a list of ticks."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.wizard.definition import (
    AnswerType,
    Case,
    HandoverField,
    Item,
    Outcome,
    Question,
    Step,
    Wizard,
    Wording,
)
from desktop.domain.wizard.editing_names import is_id


def fields_to_ask(wizard: Wizard) -> tuple[str, ...]:
    """Return every field an end may require: those of questions, then those asked at the end."""
    asked = [one.field for one in wizard.steps.values() if isinstance(one, Question) and one.field]
    return tuple(dict.fromkeys([*asked, *wizard.fields]))


def add_field(wizard: Wizard, field_id: str) -> Wizard:
    """Add a field that is asked at the end where an end requires it."""
    if not is_id(field_id) or field_id in wizard.fields:
        return wizard
    return with_field(wizard, HandoverField(field_id, AnswerType.TEXT, Wording()))


def with_field(wizard: Wizard, field: HandoverField) -> Wizard:
    """Put a field in the place of the one with its id, or behind the others."""
    return replace(wizard, fields={**wizard.fields, field.id: field})


def remove_field(wizard: Wizard, field_id: str) -> Wizard:
    """Take a field out; ends no longer require it, unless a question asks for it."""
    left = replace(wizard, fields={name: one for name, one in wizard.fields.items() if name != field_id})
    if field_id in fields_to_ask(left):
        return left
    return replace(left, steps={name: _without(one, field_id) for name, one in left.steps.items()})


def rename_field(wizard: Wizard, old: str, new: str) -> Wizard:
    """Give a field another name; the questions that fill it, the ends that require it and the scenarios follow."""
    if not is_id(new) or old == new or new in wizard.fields:
        return wizard
    fields = {
        new if name == old else name: replace(one, id=new) if name == old else one
        for name, one in wizard.fields.items()
    }
    steps = {name: _with_renamed(one, old, new) for name, one in wizard.steps.items()}
    is_step = old in wizard.steps
    cases = tuple(one if is_step else _case_renamed(one, old, new) for one in wizard.cases)
    return replace(wizard, fields=fields, steps=steps, cases=cases)


def add_item(wizard: Wizard, item_id: str, *, after: str = "") -> Wizard:
    """Add an item to a list of ticks behind another, else in front; a heading stays on the first of its group."""
    if not is_id(item_id) or item_id in wizard.items:
        return wizard
    names = list(wizard.items)
    names.insert(names.index(after) + 1 if after in wizard.items else 0, item_id)
    new = Item(id=item_id, text=Wording())
    return replace(wizard, items={one: wizard.items.get(one, new) for one in names})


def with_item(wizard: Wizard, item: Item) -> Wizard:
    """Put a changed item in the place of the one with its id."""
    return replace(wizard, items={**wizard.items, item.id: item}) if item.id in wizard.items else wizard


def remove_item(wizard: Wizard, item_id: str) -> Wizard:
    """Take an item out; the heading it had goes to the next one of its group."""
    names = list(wizard.items)
    if item_id not in names:
        return wizard
    heading = wizard.items[item_id].section
    following = next(iter(names[names.index(item_id) + 1 :]), "")
    items = {name: one for name, one in wizard.items.items() if name != item_id}
    if following and items[following].section.is_empty:
        items[following] = replace(items[following], section=heading)
    return replace(wizard, items=items)


def move_item(wizard: Wizard, item_id: str, place: int) -> Wizard:
    """Show an item at another place, counted from 0."""
    if item_id not in wizard.items:
        return wizard
    names = [one for one in wizard.items if one != item_id]
    names.insert(max(0, place), item_id)
    return replace(wizard, items={one: wizard.items[one] for one in names})


def rename_item(wizard: Wizard, old: str, new: str) -> Wizard:
    """Give an item another id."""
    if old not in wizard.items or new in wizard.items or not is_id(new):
        return wizard
    items = wizard.items.items()
    return replace(
        wizard,
        items={new if name == old else name: replace(one, id=new if name == old else name) for name, one in items},
    )


def _without(step: Step, field_id: str) -> Step:
    if not isinstance(step, Outcome):
        return step
    return replace(step, required=tuple(one for one in step.required if one != field_id))


def _with_renamed(step: Step, old: str, new: str) -> Step:
    if isinstance(step, Question):
        return replace(step, field=new) if step.field == old else step
    if isinstance(step, Outcome):
        return replace(step, required=tuple(new if one == old else one for one in step.required))
    return step


def _case_renamed(case: Case, old: str, new: str) -> Case:
    return replace(case, answers={new if key == old else key: one for key, one in case.answers.items()})
