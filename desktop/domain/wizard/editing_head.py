"""What stands above the steps: a new wizard, a copy of one that ships, and the head of either."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.ticket import CATEGORIES
from desktop.domain.wizard.definition import (
    WORKS_NOW,
    AnswerType,
    Audience,
    Instruction,
    Item,
    Mode,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
    Wording,
)
from desktop.domain.wizard.editing_names import free_wizard_id, is_id
from desktop.domain.wizard.editing_ways import fitted
from desktop.domain.wizard.exits import CANNOT, DONE, FAILED, UNSURE


@dataclass(frozen=True, slots=True)
class Head:
    """Everything of a wizard that belongs to no step; `findings` are what suggests it."""

    title: Wording
    category: str
    audience: Audience
    minutes: int
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    findings: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    is_mandatory: bool = False


def new_wizard(title: Wording, taken: Collection[str], *, audience: Audience = Audience.EMPLOYEE) -> Wizard:
    """Return the smallest wizard that can be walked: one thing to do, the question whether it helped, and both ends.

    Its texts but the title are for the author to write; the validator names them. `taken` are the ids there are.
    """
    return Wizard(
        id=free_wizard_id(title.de or title.en, taken),
        version=1,
        category=CATEGORIES[-1],
        mode=Mode.READ_DO,
        audience=audience,
        minutes=5,
        start="i_1",
        title=title,
        steps={one.id: one for one in _first_steps()},
        keywords={"de": (), "en": ()},
    )


def new_list(title: Wording, taken: Collection[str]) -> Wizard:
    """Return a list of ticks with one item to write."""
    return Wizard(
        id=free_wizard_id(title.de or title.en, taken),
        version=1,
        category=CATEGORIES[-1],
        mode=Mode.DO_CONFIRM,
        audience=Audience.TECHNICIAN,
        minutes=10,
        start="",
        title=title,
        steps={},
        keywords={"de": (), "en": ()},
        items={"item_1": Item(id="item_1", text=Wording())},
    )


def copied(wizard: Wizard, title: Wording, taken: Collection[str]) -> Wizard:
    """Return a wizard of its own with everything of another; its versions begin again."""
    return replace(wizard, id=free_wizard_id(title.de or title.en, taken), version=1, title=title)


def rename_wizard(wizard: Wizard, new: str, taken: Collection[str]) -> Wizard:
    """Give a wizard another id, as long as it is none that exists."""
    return replace(wizard, id=new) if is_id(new) and new not in taken else wizard


def head_of(wizard: Wizard) -> Head:
    """Return the head of a wizard, to be changed with `dataclasses.replace`."""
    return Head(
        title=wizard.title,
        category=wizard.category,
        audience=wizard.audience,
        minutes=wizard.minutes,
        keywords=wizard.keywords,
        findings=wizard.findings,
        probes=wizard.probes,
        is_mandatory=wizard.is_mandatory,
    )


def with_head(wizard: Wizard, head: Head) -> Wizard:
    """Put a changed head above the steps; where the audience changed, the exits of steps for technicians follow."""
    changed = replace(
        wizard,
        title=head.title,
        category=head.category,
        audience=head.audience,
        minutes=max(0, head.minutes),
        keywords={language: tuple(head.keywords.get(language, ())) for language in ("de", "en")},
        findings=head.findings,
        probes=head.probes,
        is_mandatory=head.is_mandatory,
    )
    if head.audience is wizard.audience:
        return changed
    return replace(
        changed, steps={one.id: fitted(changed, one, one, wizard_before=wizard) for one in wizard.steps.values()}
    )


def _first_steps() -> tuple[Step, ...]:
    onward = {DONE: "q_works", FAILED: "o_help", CANNOT: "o_help"}
    asked = {"yes": "o_ok", "no": "o_help", UNSURE: "o_help"}
    return (
        Instruction(id="i_1", text=Wording(), go=onward),
        Question(id="q_works", text=Wording(), type=AnswerType.YESNO, field=WORKS_NOW, go=asked),
        Outcome(id="o_ok", text=Wording(), result=Result.RESOLVED),
        Outcome(id="o_help", text=Wording(), result=Result.ESCALATE),
    )
