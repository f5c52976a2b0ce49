"""Makes a draft walkable: whatever is wrong with its ways, a trial run or a scenario comes to an end and says where.

Ways that are open, lead back or into a checklist that is not there end in one step, `NOWHERE`; the draft itself stays
as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.wizard.cases import within_reach
from desktop.domain.wizard.definition import Jump, Outcome, Result, Step, Wizard, Wording
from desktop.domain.wizard.editing_fields import fields_to_ask
from desktop.domain.wizard.exits import needed_exits
from desktop.domain.wizard.layers import layers_of

NOWHERE = "nowhere"
"""The id of the step that open ways end in; a step of the author's with this id is left to itself."""


def walkable(wizard: Wizard, wizards: Mapping[str, Wizard], words: Wording) -> Wizard:
    """Return a wizard whose every way ends; `words` are the heading of the end that stands in for what is missing.

    A wizard without such faults is returned as it is. `wizards` are the others a jump may lead to.
    """
    end = _free_name(wizard)
    back = layers_of(wizard).back
    steps = {name: _mended(wizard, one, wizards, back, end) for name, one in wizard.steps.items()}
    start = wizard.start if wizard.start in wizard.steps else end
    if steps == dict(wizard.steps) and start == wizard.start:
        return wizard
    steps[end] = Outcome(id=end, text=words, result=Result.INFO)
    return replace(wizard, steps=steps, start=start)


def stand_in(wizard: Wizard, walked: Wizard) -> str:
    """Return the id of the end that `walkable` added; empty where it added none."""
    return next((one for one in walked.steps if one not in wizard.steps), "")


def _free_name(wizard: Wizard) -> str:
    names = (f"{NOWHERE}{number or ''}" for number in range(len(wizard.steps) + 1))
    return next(one for one in names if one not in wizard.steps)


def _mended(
    wizard: Wizard, step: Step, wizards: Mapping[str, Wizard], back: frozenset[tuple[str, str]], end: str
) -> Step:
    if isinstance(step, Jump):
        return step if _can_jump(wizard, step, wizards) else _as_end(step)
    if isinstance(step, Outcome):
        askable = fields_to_ask(wizard)
        return replace(step, required=tuple(one for one in step.required if one in askable))
    mended = {way: to if to in wizard.steps and (step.id, to) not in back else end for way, to in step.go.items()}
    mended |= {way: end for way in sorted(needed_exits(wizard, step)) if way not in step.go}
    return step if mended == dict(step.go) else replace(step, go=mended)


def _can_jump(wizard: Wizard, step: Jump, wizards: Mapping[str, Wizard]) -> bool:
    """Tell whether a jump leads to a checklist of steps from which no way leads back into this one."""
    target = wizards.get(step.wizard)
    if target is None or target.is_list or target.id == wizard.id:
        return False
    others = {name: one for name, one in wizards.items() if name != wizard.id}
    return not any(
        isinstance(one, Jump) and one.wizard == wizard.id
        for reached in within_reach(others, target)
        for one in reached.steps.values()
    )


def _as_end(step: Jump) -> Step:
    return Outcome(id=step.id, text=step.text, title=step.title, lines=step.lines, result=Result.INFO)
