"""What the checklist menu offers on a ticket: runs to go on with, fitting checklists with their reason, then all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.ticket import CATEGORIES
from desktop.domain.wizard.definition import Wizard
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.fits import Fit, fit_of
from desktop.ui.desk.wizards.run_words import MARKS, open_text, state_text
from desktop.ui.desk.wizards.sketch import RunSketch


class Kind(Enum):
    """What choosing an offer does."""

    RUN = "run"
    WIZARD = "wizard"


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the menu: `id` of a run or a checklist, `hint` what speaks for it, `words` to be found by besides."""

    kind: Kind
    id: str
    title: str
    hint: str = ""
    icon: str = "check-square"
    words: str = ""

    def matches(self, wanted: str) -> bool:
        """Tell whether every word that was typed stands in it somewhere."""
        text = f"{self.title} {self.hint} {self.words}".casefold()
        return all(one in text for one in wanted.casefold().split())


@dataclass(frozen=True, slots=True)
class Group:
    """Offers below one heading."""

    title: str
    offers: tuple[Offer, ...]


def groups_of(
    look: Look, wizards: Mapping[str, Wizard], sketches: Sequence[RunSketch], fits: Sequence[Fit]
) -> tuple[Group, ...]:
    """Return everything that can be chosen, group by group; a group without offers is left out."""
    found = [
        Group(look.text("checklist.menu.runs"), tuple(_of_run(look, one) for one in sketches if one.shall_go_on)),
        Group(look.text("checklist.fits"), tuple(_of_fit(look, one, wizards) for one in fits if one.why)),
    ]
    for category, within in _by_category(look, wizards):
        offers = tuple(_of_fit(look, fit_of(look, one), wizards) for one in within)
        found.append(Group(look.text(f"category.{category}"), offers))
    return tuple(one for one in found if one.offers)


def matching(groups: Sequence[Group], wanted: str) -> tuple[Group, ...]:
    """Return what fits the words that were typed; what fits twice stands only where it comes first."""
    if not wanted.strip():
        return tuple(groups)
    seen: set[tuple[Kind, str]] = set()
    found: list[Group] = []
    for group in groups:
        offers = tuple(one for one in group.offers if one.matches(wanted) and (one.kind, one.id) not in seen)
        seen |= {(one.kind, one.id) for one in offers}
        found += [Group(group.title, offers)] if offers else []
    return tuple(found)


def _by_category(look: Look, wizards: Mapping[str, Wizard]) -> list[tuple[str, list[Wizard]]]:
    """Return all checklists by title in the order of the categories; what has none of them is something else."""
    groups: dict[str, list[Wizard]] = {one: [] for one in CATEGORIES}
    for wizard in sorted(wizards.values(), key=lambda one: one.title.say(look.texts.language).casefold()):
        groups.get(wizard.category, groups[CATEGORIES[-1]]).append(wizard)
    return [(category, within) for category, within in groups.items() if within]


def _of_run(look: Look, sketch: RunSketch) -> Offer:
    hint = f"{open_text(look, sketch)} · {state_text(look, sketch)}"
    return Offer(Kind.RUN, sketch.run, one_line(sketch.title, 120), hint, MARKS[sketch.mark][0])


def _of_fit(look: Look, fit: Fit, wizards: Mapping[str, Wizard]) -> Offer:
    mark = look.text("checklist.list_mark") if fit.is_list else ""
    hint = " · ".join(one for one in (mark, fit.why) if one)
    words = " ".join(wizards[fit.wizard].keywords.get(look.texts.language, ()))
    return Offer(Kind.WIZARD, fit.wizard, fit.title, hint, "checks" if fit.is_list else "check-square", words)
