"""A run: where somebody stands in a wizard, everything they did so far, and the document that survives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import Audience, Question, Step, Wizard

DOCUMENT_FORMAT = 1
MAX_EVIDENCE = 500
"""Characters of what the system said that a run keeps; the exit code stands in front."""
Answer: TypeAlias = str | int | float | list[str] | None
"""A typed answer as JSON: an id, a list of ids, a text, a number; None is "I do not know"."""


class Source(Enum):
    """Who answered a step."""

    AUTO = "auto"
    SUGGESTED_KEPT = "suggested_kept"
    SUGGESTED_CHANGED = "suggested_changed"
    HUMAN = "human"


class Phase(Enum):
    """What the run waits for."""

    ASKING = "asking"
    VERIFYING = "verifying"
    JUDGING = "judging"
    COLLECTING = "collecting"
    FINISHED = "finished"
    HANDED_OVER = "handed_over"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is asked."""
        return self in (Phase.FINISHED, Phase.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One entry of the append-only log; `before` and `after` are the finding a fix was checked against.

    `evidence` is what the system said about an action (foreign text).
    """

    wizard: str
    version: int
    step: str
    entered: datetime
    left: datetime
    source: Source
    exit: str
    answer: Answer = None
    before: FindingState | None = None
    after: FindingState | None = None
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class RunState:
    """A run at one moment. `trail` are the places in `log` of the way taken; going back shortens only the trail.

    `known` are findings verified or disputed since the snapshot, `filled` the hand-over fields, `note` the text being
    written for the present step, `typed` what stands in its form without being its answer yet, `evidence` what the
    system said about the present step's action while its check still runs.
    """

    run_id: str
    audience: Audience
    started: datetime
    first: str
    wizard: str
    version: int
    step: str
    entered: datetime
    phase: Phase = Phase.ASKING
    is_paused: bool = False
    log: tuple[StepRecord, ...] = ()
    trail: tuple[int, ...] = ()
    known: Mapping[str, FindingState] = field(default_factory=dict[str, FindingState])
    disputed: frozenset[str] = frozenset()
    filled: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    note: str = ""
    typed: Answer = None
    before: FindingState | None = None
    after: FindingState | None = None
    evidence: str = ""

    @property
    def path(self) -> tuple[StepRecord, ...]:
        """Return the records of the way that led here."""
        return tuple(self.log[place] for place in self.trail)

    def earlier_answer(self, step: str) -> Answer:
        """Return what was last answered at a step, also before going back; None where nothing was."""
        found = (one.answer for one in reversed(self.log) if (one.wizard, one.step) == (self.wizard, step))
        return next(found, None)


def answers(wizards: Mapping[str, Wizard], state: RunState) -> dict[str, Answer]:
    """Return the answers by field: those of the way taken, then what was filled in at the end."""
    found: dict[str, Answer] = {}
    for one in state.path:
        step = step_of(wizards, one.wizard, one.step)
        if isinstance(step, Question) and one.exit != "unsure":
            found[step.field] = one.answer
    return {**found, **state.filled}


def step_of(wizards: Mapping[str, Wizard], wizard: str, step: str) -> Step | None:
    """Return a step, or None where the wizard has changed and no longer has it."""
    found = wizards.get(wizard)
    return found.steps.get(step) if found else None


def to_document(state: RunState) -> dict[str, Any]:
    """Return the JSON document of a run."""
    return {
        "format": DOCUMENT_FORMAT,
        "run": state.run_id,
        "audience": state.audience.value,
        "started": to_text(state.started),
        "first": state.first,
        "wizard": state.wizard,
        "version": state.version,
        "step": state.step,
        "entered": to_text(state.entered),
        "phase": state.phase.value,
        "paused": state.is_paused,
        "log": [_record_document(one) for one in state.log],
        "trail": list(state.trail),
        "known": {name: one.value for name, one in state.known.items()},
        "disputed": sorted(state.disputed),
        "filled": dict(state.filled),
        "note": state.note,
        "typed": state.typed,
        "before": state.before.value if state.before else "",
        "after": state.after.value if state.after else "",
        "evidence": state.evidence,
    }


def from_document(document: Mapping[str, Any]) -> RunState:
    """Read a run. Raises AppError `wizard.run_unreadable` where the document is none of ours."""
    try:
        if document["format"] != DOCUMENT_FORMAT:
            raise _unreadable()
        return _state(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _unreadable(str(error)) from error


def _state(document: Mapping[str, Any]) -> RunState:
    log = tuple(_record(one) for one in document["log"])
    trail = tuple(int(one) for one in document["trail"])
    if any(not 0 <= one < len(log) for one in trail):
        raise ValueError("trail")
    return RunState(
        run_id=str(document["run"]),
        audience=Audience(document["audience"]),
        started=from_text(document["started"]),
        first=str(document["first"]),
        wizard=str(document["wizard"]),
        version=int(document["version"]),
        step=str(document["step"]),
        entered=from_text(document["entered"]),
        phase=Phase(document["phase"]),
        is_paused=bool(document["paused"]),
        log=log,
        trail=trail,
        known={str(name): FindingState(one) for name, one in document["known"].items()},
        disputed=frozenset(str(one) for one in document["disputed"]),
        filled={str(name): _answer(one) for name, one in document["filled"].items()},
        note=str(document["note"]),
        typed=_answer(document.get("typed")),  # older runs know none
        before=_finding_state(document["before"]),
        after=_finding_state(document["after"]),
        evidence=_evidence(document),
    )


def _record_document(one: StepRecord) -> dict[str, Any]:
    return {
        "wizard": one.wizard,
        "version": one.version,
        "step": one.step,
        "entered": to_text(one.entered),
        "left": to_text(one.left),
        "source": one.source.value,
        "exit": one.exit,
        "answer": one.answer,
        "verify_before": one.before.value if one.before else "",
        "verify_after": one.after.value if one.after else "",
        "note": one.note,
        "evidence": one.evidence,
    }


def _record(document: Mapping[str, Any]) -> StepRecord:
    return StepRecord(
        wizard=str(document["wizard"]),
        version=int(document["version"]),
        step=str(document["step"]),
        entered=from_text(document["entered"]),
        left=from_text(document["left"]),
        source=Source(document["source"]),
        exit=str(document["exit"]),
        answer=_answer(document["answer"]),
        before=_finding_state(document["verify_before"]),
        after=_finding_state(document["verify_after"]),
        note=str(document["note"]),
        evidence=_evidence(document),
    )


def _evidence(document: Mapping[str, Any]) -> str:
    return str(document.get("evidence", ""))[:MAX_EVIDENCE]  # runs of before actions had evidence know none


def _answer(raw: object) -> Answer:
    if isinstance(raw, list) and all(isinstance(one, str) for one in raw):  # pyright: ignore[reportUnknownVariableType]
        return [str(one) for one in raw]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if raw is None or isinstance(raw, str | int | float):
        return raw
    raise ValueError("answer")


def _finding_state(raw: str) -> FindingState | None:
    return FindingState(raw) if raw else None


def _unreadable(detail: str = "") -> AppError:
    return AppError("wizard.run_unreadable", detail=detail)
