"""What a hand-over still wants to know of a run: the required fields of the escalations it can come to.

A run that ended early was never asked for them, so they are asked where the ticket is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.wizard.definition import HandoverField, Jump, Outcome, Result, Wizard
from desktop.domain.wizard.run import Phase, RunState, answers
from desktop.domain.wizard.scene import Scene, find_field, handover_field, missing_fields


def owed_fields(scene: Scene, state: RunState) -> tuple[HandoverField, ...]:
    """Return the fields nobody answered: of the end the run stands on, else of every escalation ahead of it.

    A run that was finished or put away owes nothing.
    """
    if state.phase in (Phase.FINISHED, Phase.ABANDONED) or state.wizard not in scene.wizards:
        return ()
    if isinstance(scene.wizard(state).steps.get(state.step), Outcome):
        return tuple(handover_field(scene, state, one) for one in missing_fields(scene, state))
    have = answers(scene.wizards, state)
    found: dict[str, HandoverField] = {}
    for wizard, outcome in _escalations(scene, state):
        for name in outcome.required:
            if name not in have and name not in found:
                found[name] = find_field((scene.wizard(state), wizard), name)
    return tuple(found.values())


def _escalations(scene: Scene, state: RunState) -> Iterator[tuple[Wizard, Outcome]]:
    """Walk through everything ahead, also into other wizards; the nearest ends come first."""
    waiting, seen = [(state.wizard, state.step)], set[tuple[str, str]]()
    for place in waiting:  # grows while it is walked through
        wizard = scene.wizards.get(place[0])
        step = wizard.steps.get(place[1]) if wizard else None
        if wizard is None or step is None or place in seen:
            continue
        seen.add(place)
        if isinstance(step, Outcome) and step.result is Result.ESCALATE:
            yield wizard, step
        following = scene.wizards.get(step.wizard) if isinstance(step, Jump) else None
        waiting.extend((wizard.id, one) for one in step.go.values())
        if following is not None:
            waiting.append((following.id, following.start))
