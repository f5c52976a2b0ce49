"""What a wizard is: its steps by kind, in both languages, exactly as the file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar

from desktop.domain.snapshot import FindingState

FORMAT = 1
WORKS_NOW = "works_now"
"""The field of the yes/no question that asks whether a fix helped; every fix leads there before an escalation."""


class Kind(Enum):
    """The six kinds of step."""

    QUESTION = "question"
    CHECK = "check"
    INSTRUCTION = "instruction"
    ACTION = "action"
    JUMP = "jump"
    OUTCOME = "outcome"


class AnswerType(Enum):
    """What a question takes for an answer."""

    CHOICE = "choice"
    MULTI = "multi"
    YESNO = "yesno"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    PICK = "pick"

    @property
    def has_fixed_answers(self) -> bool:
        """Tell whether the answers are known before anybody is asked."""
        return self in (AnswerType.CHOICE, AnswerType.MULTI, AnswerType.YESNO)


class Audience(Enum):
    """Who may start a wizard or do a step; a technician may do everything."""

    EMPLOYEE = "employee"
    TECHNICIAN = "technician"


class Mode(Enum):
    """How a checklist is gone through: each step is read, then done; or all is done, then confirmed item by item."""

    READ_DO = "read-do"
    DO_CONFIRM = "do-confirm"


class Result(Enum):
    """What an outcome means for the ticket."""

    RESOLVED = "resolved"
    REQUEST = "request"
    ESCALATE = "escalate"
    INFO = "info"


class AutoMode(Enum):
    """Whether a fact answers a question by itself or only proposes the answer."""

    SURE = "sure"
    SUGGEST = "suggest"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages; an empty one is a fault that the validator names."""

    de: str = ""
    en: str = ""

    def say(self, language: str) -> str:
        """Return the text in `language` (de or en)."""
        return self.en if language == "en" else self.de

    @property
    def both(self) -> dict[str, str]:
        """Return it as the parameter of a message, for whichever language will be read."""
        return {"de": self.de, "en": self.en}

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody wrote anything here."""
        return not (self.de or self.en)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers to choose from."""

    id: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Auto:
    """Where an answer can come from: a present `finding`, or a `value` as in "printers.default" (probe.fact)."""

    mode: AutoMode
    answer: str = ""
    finding: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What all kinds share; `go` names the next step for each exit, `phone` is the sentence to read aloud."""

    kind: ClassVar[Kind]
    id: str
    text: Wording
    title: Wording = Wording()
    phone: Wording = Wording()
    lines: tuple[Wording, ...] = ()
    audience: Audience | None = None
    go: Mapping[str, str] = field(default_factory=dict[str, str])
    say: Mapping[str, Wording] = field(default_factory=dict[str, Wording])
    text_on: Mapping[str, Wording] = field(default_factory=dict[str, Wording])

    def heading(self, language: str) -> str:
        """Return the short title, or the text where the file gives none."""
        return self.title.say(language) or self.text.say(language)

    def body(self, language: str, platform: str = "") -> str:
        """Return the text for this system; empty where it already is the heading, but for the full stop."""
        text = self.text_on.get(platform, self.text).say(language)
        return "" if text.rstrip(".") == self.heading(language).rstrip(".") else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Step):
    """Asks the person; `maximum` limits a text in characters, `source` the probe whose list a pick shows.

    That is its first list, or the named one ("processes.hung").
    """

    kind: ClassVar[Kind] = Kind.QUESTION
    type: AnswerType
    field: str
    answers: tuple[Answer, ...] = ()
    auto: tuple[Auto, ...] = ()
    maximum: int = 500
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Step):
    """Answers itself from a finding; `present` and `absent` say the fact in words."""

    kind: ClassVar[Kind] = Kind.CHECK
    finding: str
    present: Wording = Wording()
    absent: Wording = Wording()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction(Step):
    """Something the person does; `open` is a settings page, `verify` the finding that must be gone afterwards."""

    kind: ClassVar[Kind] = Kind.INSTRUCTION
    open: str = ""
    verify: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Step):
    """Something the program does from the built-in list, never a command line from a file."""

    kind: ClassVar[Kind] = Kind.ACTION
    action: str
    admin: bool = False
    verify: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump(Step):
    """Goes on in another wizard; answers are carried over."""

    kind: ClassVar[Kind] = Kind.JUMP
    wizard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Step):
    """An end: what becomes of it, for whom, and which fields and probes must go along."""

    kind: ClassVar[Kind] = Kind.OUTCOME
    result: Result
    priority: str = ""
    team: str = ""
    required: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    link: str = ""
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Confirm:
    """What in a diagnosis ticks an item by itself: a finding that is present, or one that is absent.

    `days` is the age up to which a diagnosis still says something about today.
    """

    finding: str
    state: FindingState
    days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to confirm; `section` heads the group that begins here, `phone` is a sentence to read aloud.

    `fact` says in words what the diagnosis found when it ticked the item.
    """

    id: str
    text: Wording
    title: Wording = Wording()
    section: Wording = Wording()
    phone: Wording = Wording()
    lines: tuple[Wording, ...] = ()
    is_required: bool = True
    confirm: Confirm | None = None
    fact: Wording = Wording()

    @property
    def name(self) -> Wording:
        """Return the short title, or the text where the file gives none."""
        return self.text if self.title.is_empty else self.title

    def heading(self, language: str) -> str:
        """Return the name in one language."""
        return self.name.say(language)


@dataclass(frozen=True, slots=True)
class HandoverField:
    """A field asked at the end if it is still empty then."""

    id: str
    type: AnswerType
    text: Wording
    answers: tuple[Answer, ...] = ()
    maximum: int = 500


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario shipped with the wizard: what is wrong, which steps help, what people answer, where it must end.

    `findings` are present, `unknown` could not be measured, all others are absent.
    """

    name: str
    end: str
    findings: tuple[str, ...] = ()
    fix: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    max_human: int = 9
    audience: Audience = Audience.EMPLOYEE
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wizard:
    """One wizard file; `minutes` is the author's estimate, `findings` are what suggests it.

    A do-confirm list has `items` and neither start nor steps; a mandatory one keeps its ticket from being closed.
    """

    id: str
    version: int
    category: str
    mode: Mode
    audience: Audience
    minutes: int
    start: str
    title: Wording
    steps: Mapping[str, Step]
    probes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    fields: Mapping[str, HandoverField] = field(default_factory=dict[str, HandoverField])
    cases: tuple[Case, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict[str, Item])
    is_mandatory: bool = False

    @property
    def is_list(self) -> bool:
        """Tell whether this is one page of ticks instead of a way from step to step."""
        return self.mode is Mode.DO_CONFIRM

    def audience_of(self, step: Step) -> Audience:
        """Return who may do a step: its own word, else the wizard's."""
        return step.audience or self.audience


def verify_of(step: Step) -> str:
    """Return the finding that a fix must make go away, or nothing."""
    return step.verify if isinstance(step, Instruction | Action) else ""


def is_human(step: Step) -> bool:
    """Tell whether a step needs a person: questions, instructions and actions do, because they ask first."""
    return isinstance(step, Question | Instruction | Action)
