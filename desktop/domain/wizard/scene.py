"""The stage of a run: the wizards there are, the facts of the machine, and what both say about the present step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from desktop.domain.snapshot import Finding, FindingState, ProbeStatus, Snapshot
from desktop.domain.wizard.definition import (
    WORKS_NOW,
    Audience,
    Auto,
    AutoMode,
    HandoverField,
    Outcome,
    Question,
    Step,
    Wizard,
)
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.run import Answer, RunState, answers, step_of


@dataclass(frozen=True, slots=True)
class Scene:
    """What a run needs besides its own state; `snapshot` is None where the machine could not be looked at."""

    wizards: Mapping[str, Wizard]
    snapshot: Snapshot | None = None
    platform: str = "linux"
    evidence: Mapping[str, Finding] = field(default_factory=dict[str, Finding])

    def wizard(self, state: RunState) -> Wizard:
        """Return the wizard the run stands in."""
        return self.wizards[state.wizard]

    def step(self, state: RunState) -> Step:
        """Return the step the run stands on."""
        return self.wizards[state.wizard].steps[state.step]

    def finding(self, state: RunState, finding_id: str) -> FindingState:
        """Return what is known of a finding now: verified or disputed since, else as in the snapshot."""
        if finding_id in state.known:
            return state.known[finding_id]
        return self.snapshot.finding(finding_id) if self.snapshot else FindingState.UNKNOWN

    def known(self, finding_id: str) -> Finding | None:
        """Return a finding with its evidence: looked at again during the run, else as in the snapshot."""
        found = self.snapshot.findings if self.snapshot else ()
        return self.evidence.get(finding_id) or next((one for one in found if one.id == finding_id), None)

    def fact(self, value: str) -> Any:
        """Return a fact by "probe.key.key"; None where the probe gave none."""
        probe_id, *keys = value.split(".")
        probe = self.snapshot.probes.get(probe_id) if self.snapshot else None
        if probe is None or probe.status not in (ProbeStatus.OK, ProbeStatus.PARTIAL):
            return None
        found: Any = probe.facts
        for key in keys:
            found = cast("Mapping[str, Any]", found).get(key) if isinstance(found, Mapping) else None
        return found


def choices(scene: Scene, step: Question) -> tuple[str, ...]:
    """Return what a pick offers: the names in the list it names, as "processes.hung", else in the probe's first one."""
    facts = scene.fact(step.source)
    lists = cast("Mapping[str, object]", facts).values() if isinstance(facts, Mapping) else (facts,)
    for listed in lists:
        if isinstance(listed, list):
            names = [_name(one) for one in cast("list[object]", listed)]
            return tuple(dict.fromkeys(one for one in names if one))
    return ()


def sure_answer(scene: Scene, state: RunState, step: Question) -> Answer:
    """Return the answer that needs nobody: a sure fact, or the same field answered in the wizard we came from."""
    if step.id in state.disputed:
        return None
    return _carried(scene, state, step) or _automatic(scene, state, step, AutoMode.SURE)


def suggested_answer(scene: Scene, state: RunState) -> Answer:
    """Return the proposed answer to the present question, or None."""
    step = scene.step(state)
    if not isinstance(step, Question) or step.id in state.disputed:
        return None
    return _automatic(scene, state, step, AutoMode.SUGGEST) or _automatic(scene, state, step, AutoMode.SURE)


def missing_fields(scene: Scene, state: RunState) -> tuple[str, ...]:
    """Return the required fields of the outcome that nobody was asked yet."""
    outcome = scene.step(state)
    if not isinstance(outcome, Outcome):
        return ()
    have = answers(scene.wizards, state)
    return tuple(one for one in outcome.required if one not in have)


def handover_field(scene: Scene, state: RunState, field_id: str) -> HandoverField:
    """Return how to ask for a required field: as the file says, or as the question that was passed by."""
    visited = dict.fromkeys([state.wizard, *(one.wizard for one in state.path)])
    return find_field([scene.wizards[one] for one in visited if one in scene.wizards], field_id)


def find_field(wizards: Sequence[Wizard], field_id: str) -> HandoverField:
    """Return how a field is asked in the first of these wizards that can; every required one is in one of them."""
    declared = (one.fields[field_id] for one in wizards if field_id in one.fields)
    asked = (
        HandoverField(field_id, step.type, step.text, step.answers, step.maximum)
        for one in wizards
        for step in one.steps.values()
        if isinstance(step, Question) and step.field == field_id
    )
    return next(declared, None) or next(asked)


def is_for(scene: Scene, state: RunState, step: Step) -> bool:
    """Tell whether the person running this may do `step`."""
    return state.audience is Audience.TECHNICIAN or scene.wizard(state).audience_of(step) is Audience.EMPLOYEE


def _automatic(scene: Scene, state: RunState, step: Question, mode: AutoMode) -> Answer:
    for auto in step.auto:
        if auto.mode is mode and (found := _from_fact(scene, state, step, auto)) is not None:
            return found
    return None


def _from_fact(scene: Scene, state: RunState, step: Question, auto: Auto) -> Answer:
    if auto.finding:
        return auto.answer if scene.finding(state, auto.finding) is FindingState.PRESENT else None
    found = scene.fact(auto.value)
    if not isinstance(found, str | int | float) or found == "":
        return None
    known = answer_ids(step)
    return found if not known or found in known else None


def _carried(scene: Scene, state: RunState, step: Question) -> Answer:
    """Answers travel between wizards, except whether it works now: that has to be asked anew."""
    if step.field == WORKS_NOW:
        return None
    for one in reversed(state.path):
        asked = step_of(scene.wizards, one.wizard, one.step)
        if one.wizard != state.wizard and isinstance(asked, Question) and asked.field == step.field:
            return one.answer if asked.type is step.type and _fits(step, one.answer) else None
    return None


def _fits(step: Question, answer: Answer) -> bool:
    return not step.type.has_fixed_answers or answer in answer_ids(step)


def _name(one: object) -> str:
    if isinstance(one, Mapping):
        found = cast("Mapping[str, object]", one).get("name")
        return found if isinstance(found, str) else ""
    return one if isinstance(one, str) else ""
