"""The rules of do-confirm lists: what belongs into which mode, and how long a list may be to be ticked with care."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.wizard.definition import Audience, Item, Wizard, Wording
from desktop.domain.wizard.problems import Problem, Rule, in_item, problem

MAX_ITEMS = 25  # more than this on one page is ticked without reading
MAX_SECTION = 9  # Boorman: five to nine items between two pause points


def mode_problems(wizard: Wizard) -> Iterator[Problem]:
    """Yield what stands in a file of the other mode, or is missing in this one."""
    if not wizard.is_list:
        yield from (problem(Rule.MODE, one.id, place=in_item(one.id), key="item") for one in wizard.items.values())
        if wizard.is_mandatory:
            yield problem(Rule.MODE, key="mandatory")
        return
    if not wizard.items:
        yield problem(Rule.ITEMS)
    if wizard.audience is not Audience.TECHNICIAN:
        yield problem(Rule.LIST_AUDIENCE)
    for key, there in (("start", wizard.start), ("field", wizard.fields), ("case", wizard.cases)):
        if there:
            yield problem(Rule.MODE, key=key)
    yield from (problem(Rule.MODE, one, key="step") for one in wizard.steps)


def length_problems(wizard: Wizard) -> Iterator[Problem]:
    """Yield a warning where a list or one of its sections is longer than people read."""
    if len(wizard.items) > MAX_ITEMS:
        yield problem(Rule.LIST_LENGTH, is_error=False, count=len(wizard.items), limit=MAX_ITEMS)
    for section in sections(wizard):
        if len(section) > MAX_SECTION:
            first = section[0].id
            count = len(section)
            yield problem(
                Rule.SECTION_LENGTH, first, place=in_item(first), is_error=False, count=count, limit=MAX_SECTION
            )


def sections(wizard: Wizard) -> list[list[Item]]:
    """Return the items by section in their order; a section begins with the item that names it."""
    found: list[list[Item]] = []
    for item in wizard.items.values():
        if not found or not item.section.is_empty:
            found.append([])
        found[-1].append(item)
    return found


def item_wordings(wizard: Wizard) -> Iterator[tuple[str, str, Wording, bool]]:
    """Yield each text of the items: the item's id, the key, the text, and whether the file must have it."""
    for name, item in wizard.items.items():
        yield name, "text", item.text, True
        for key, one in (("title", item.title), ("section", item.section), ("phone", item.phone), ("fact", item.fact)):
            yield name, key, one, False
        yield from ((name, "lines", one, True) for one in item.lines)
