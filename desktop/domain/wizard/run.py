"""A run: where somebody stands in a wizard, everything they did so far, and the document that survives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeAlias

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import Audience, Question, Step, Wizard

DOCUMENT_FORMAT = 1
MAX_EVIDENCE = 500
"""Characters of what the system said that a run keeps; the exit code stands in front."""
MAX_VERSION = 2**53  # beyond it JSON readers disagree, and the database holds 64 bits only
Answer: TypeAlias = str | int | float | list[str] | None
"""A typed answer as JSON: an id, a list of ids, a text, a number; None is "I do not know"."""


class Source(Enum):
    """Who answered a step."""

    AUTO = "auto"
    SUGGESTED_KEPT = "suggested_kept"
    SUGGESTED_CHANGED = "suggested_changed"
    HUMAN = "human"
    SKIPPED = "skipped"
    """Nobody did it: a technician passed it by, and the note says why."""


class Phase(Enum):
    """What the run waits for."""

    ASKING = "asking"
    VERIFYING = "verifying"
    JUDGING = "judging"
    COLLECTING = "collecting"
    FINISHED = "finished"
    HANDED_OVER = "handed_over"
    ABANDONED = "abandoned"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is asked."""
        return self in (Phase.FINISHED, Phase.HANDED_OVER, Phase.ABANDONED)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One entry of the append-only log; `before` and `after` are the finding a fix was checked against.

    `evidence` is what the system said about an action (foreign text). `audience` is as whom somebody did it, None in
    records of before this was kept, `actor` their name, which only the store of the Desk writes.
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
    audience: Audience | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class RunState:
    """A run at one moment. `trail` are the places in `log` of the way taken; going back shortens only the trail.

    `known` are findings verified or disputed since the snapshot, `filled` the hand-over fields, `note` the text being
    written for the present step, `typed` what stands in its form without being its answer yet, `evidence` what the
    system said about the present step's action while its check still runs, `reason` why it was put away.
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
    reason: str = ""

    @property
    def path(self) -> tuple[StepRecord, ...]:
        """Return the records of the way that led here."""
        return tuple(self.log[place] for place in self.trail)

    def earlier(self, step: str) -> StepRecord | None:
        """Return what was last done at a step, also before going back; None where nobody was there."""
        found = (one for one in reversed(self.log) if (one.wizard, one.step) == (self.wizard, step))
        return next(found, None)

    def earlier_answer(self, step: str) -> Answer:
        """Return what was last answered at a step, also before going back; None where nothing was."""
        earlier = self.earlier(step)
        return earlier.answer if earlier is not None else None

    def audience_of(self, record: StepRecord) -> Audience:
        """Return as whom a step was done."""
        return record.audience or self.audience


def answers(wizards: Mapping[str, Wizard], state: RunState) -> dict[str, Answer]:
    """Return the answers by field: those of the way taken, else what was filled in for the hand-over."""
    found: dict[str, Answer] = {}
    for one in state.path:
        step = step_of(wizards, one.wizard, one.step)
        if isinstance(step, Question) and one.exit != "unsure":
            found[step.field] = one.answer
    return {**state.filled, **found}


def signed(state: RunState, before: RunState | None, actor: str) -> RunState:
    """Return a run whose new steps carry the name of who did them; what `before` already held keeps its own.

    Names that came along are not believed.
    """
    known = {_passage(one): one.actor for one in (before.log if before else ())}
    return replace(state, log=tuple(replace(one, actor=known.get(_passage(one), actor)) for one in state.log))


def goes_on(state: RunState, before: RunState) -> bool:
    """Tell whether a run holds every step that `before` held: a log only ever grows."""
    return [_passage(one) for one in state.log[: len(before.log)]] == [_passage(one) for one in before.log]


def _passage(one: StepRecord) -> tuple[str, str, datetime, datetime]:
    return one.wizard, one.step, one.entered, one.left


def without_words(state: RunState) -> RunState:
    """Return a run for the figures alone: its way and its times, without a text, a choice or a note of the person.

    Only yes and no stay, because they say whether a fix helped.
    """
    plain = tuple(
        replace(one, answer=one.answer if one.answer in ("yes", "no") else None, note="", evidence="", actor="")
        for one in state.log
    )
    return replace(state, log=plain, filled={}, note="", typed=None, evidence="", reason="")


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
        "reason": state.reason,
    }


def from_document(document: Mapping[str, Any]) -> RunState:
    """Read a run. Raises AppError `wizard.run_unreadable` where the document is none of ours."""
    try:
        if document["format"] != DOCUMENT_FORMAT:
            raise _unreadable()
        return _state(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise _unreadable(str(error)) from error


def _state(document: Mapping[str, Any]) -> RunState:
    log = tuple(_record(one) for one in document["log"])
    trail = tuple(int(one) for one in document["trail"])
    if any(not 0 <= one < len(log) for one in trail):
        raise ValueError("trail")
    return RunState(
        run_id=str(document["run"]),
        audience=Audience(document["audience"]),
        started=_moment(document["started"]),
        first=str(document["first"]),
        wizard=str(document["wizard"]),
        version=_version(document["version"]),
        step=str(document["step"]),
        entered=_moment(document["entered"]),
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
        reason=str(document.get("reason", "")),
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
        "audience": one.audience.value if one.audience else "",
        "actor": one.actor,
    }


def _record(document: Mapping[str, Any]) -> StepRecord:
    return StepRecord(
        wizard=str(document["wizard"]),
        version=_version(document["version"]),
        step=str(document["step"]),
        entered=_moment(document["entered"]),
        left=_moment(document["left"]),
        source=Source(document["source"]),
        exit=str(document["exit"]),
        answer=_answer(document["answer"]),
        before=_finding_state(document["verify_before"]),
        after=_finding_state(document["verify_after"]),
        note=str(document["note"]),
        evidence=_evidence(document),
        audience=Audience(document["audience"]) if document.get("audience") else None,
        actor=str(document.get("actor", "")),
    )


def _version(raw: object) -> int:
    if type(raw) is not int or not 0 <= raw <= MAX_VERSION:
        raise ValueError("version")
    return raw


def _moment(raw: str) -> datetime:
    """Return a moment in UTC; one that falls out of the calendar there is none."""
    return from_text(raw).astimezone(UTC)


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
