"""What travels inside the sealed messages between a PC and the Desk, as values with a JSON document each.

Codes travel, never rendered text. Unknown keys of newer versions are ignored; missing or wrong ones raise
AppError `payload.invalid`, because whatever arrives is hostile until it has been read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import Enum
from typing import Any, ClassVar, TypeVar, cast

from desktop.base.errors import AppError
from desktop.base.ids import is_id

MAX_TEXT = 200_000  # characters; the limit at which every window cuts (EXCHANGE: safe text)
MAX_LINE = 500
MAX_FILES, MAX_FILE = 400, 256 * 1024  # checklists in one message, characters of each
MAX_NUMBER = 2**53  # beyond it JSON readers disagree, and the database holds 64 bits only


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """A file that travels as a part of the envelope; `part` is its place among the parts."""

    name: str
    size: int
    sha256: str
    part: int


@dataclass(frozen=True, slots=True)
class Enrol:
    """A PC asks to be let in; the token's MAC proves the invitation without showing the token."""

    kind: ClassVar[str] = "enrol"
    host: str
    user: str
    person_name: str
    phone: str = ""
    department: str = ""
    platform: str = ""
    version: str = ""
    box_key: str = ""
    token_mac: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """An employee's request: text, how much it hinders, the facts they agreed to send and what they tried."""

    kind: ClassVar[str] = "request"
    request_id: str
    reference: str
    text: str
    category: str
    impact: str
    urgency: str
    created_at: str
    person_name: str
    phone: str = ""
    reachable: str = ""
    host: str = ""
    language: str = "de"
    snapshot: dict[str, Any] | None = None
    wizard_runs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    attachments: list[AttachmentInfo] = field(default_factory=list[AttachmentInfo])
    consent: dict[str, bool] = field(default_factory=dict[str, bool])
    device_seq: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A further message of the employee on a request that was sent before."""

    kind: ClassVar[str] = "follow_up"
    request_id: str
    message_id: str
    text: str
    created_at: str
    attachments: list[AttachmentInfo] = field(default_factory=list[AttachmentInfo])
    device_seq: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The employee's answer to "solved?", with a rating from 1 (very satisfied) to 4 where they gave one; 0 = none."""

    kind: ClassVar[str] = "verdict"
    request_id: str
    solved: bool
    created_at: str
    rating: int = 0
    comment: str = ""
    device_seq: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A public reply of the Desk to one PC."""

    kind: ClassVar[str] = "reply"
    request_id: str
    message_id: str
    author: str
    text: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where a request stands: its ticket number, state type, and who looks after it."""

    kind: ClassVar[str] = "status"
    request_id: str
    ticket: str
    state: str
    assignee: str
    created_at: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    """The Desk's answer to an enrolment; `help_phone` is the line shown on every page of Hilfe."""

    kind: ClassVar[str] = "admission"
    approved: bool
    device_id: str
    company: str
    help_phone: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A signed acknowledgement: these messages arrived; those in `ids` are safe, those in `refused` were not taken."""

    kind: ClassVar[str] = "receipt"
    ids: list[str]
    refused: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Resend:
    """The Desk asks for messages again that arrived damaged."""

    kind: ClassVar[str] = "resend"
    ids: list[str]


@dataclass(frozen=True, slots=True)
class Ask:
    """The Desk asks a PC for a new diagnosis and says who wants it and why; a later one takes its place.

    `level` is a wish (basic or full), `about` the request of this PC that it belongs to, empty where there is none.
    """

    kind: ClassVar[str] = "ask"
    ask_id: str
    author: str
    created_at: str
    expires_at: str
    level: str = "basic"
    reason: str = ""
    ticket: str = ""
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The Desk does not need the diagnosis any more that it asked for."""

    kind: ClassVar[str] = "withdrawal"
    ask_id: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What every PC's diagnosis shall ask and judge by; the one with the latest `created_at` holds.

    `targets` is a document of `diagnostics.targets`, `findings` one of its overrides, None where the program's own
    hold; `level` is how much a request offers to send at first (basic, full or none), empty for the program's own.
    """

    kind: ClassVar[str] = "policy"
    version: int
    created_at: str
    targets: dict[str, Any] | None = None
    findings: dict[str, Any] | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Wizards:
    """The company's own checklists for its PCs, as files by id: all of them each time, the newest holds.

    What is not named is withdrawn. The files are checked where they arrive like any other of unknown origin.
    """

    kind: ClassVar[str] = "wizards"
    version: int
    created_at: str
    files: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A PC's facts as its employee agreed to send them, or that they declined; `answers` is empty without an ask."""

    kind: ClassVar[str] = "diagnosis"
    diagnosis_id: str
    created_at: str
    answers: str = ""
    is_declined: bool = False
    comment: str = ""
    snapshot: dict[str, Any] | None = None
    consent: dict[str, bool] = field(default_factory=dict[str, bool])
    device_seq: int = 0


@dataclass(frozen=True, slots=True)
class SelfHelp:
    """A run that solved its problem without a request, so that the company can count it: no texts, no names."""

    kind: ClassVar[str] = "self_help"
    run: dict[str, Any] = field(default_factory=dict[str, Any])
    platform: str = ""


Payload = (
    Enrol
    | Request
    | FollowUp
    | Verdict
    | Reply
    | Status
    | Admission
    | Receipt
    | Resend
    | Ask
    | Withdrawal
    | Policy
    | Wizards
    | Diagnosis
    | SelfHelp
)
FROM_DEVICE: tuple[type[Payload], ...] = (Enrol, Request, FollowUp, Verdict, Diagnosis, SelfHelp, Receipt)
FROM_DESK: tuple[type[Payload], ...] = (Reply, Status, Admission, Ask, Withdrawal, Policy, Wizards, Receipt, Resend)
_ALL: tuple[type[Payload], ...] = (*FROM_DEVICE, *FROM_DESK)
_BY_KIND: dict[str, type[Payload]] = {one.kind: one for one in _ALL}
_LONG = frozenset({"text", "comment"})
_IDS = frozenset({"request_id", "message_id", "device_id", "ask_id", "diagnosis_id"})
_MAYBE_IDS = frozenset({"answers", "about"})
One = TypeVar("One")


def to_document(payload: Payload) -> dict[str, Any]:
    """Return the JSON document of a payload, with its kind."""
    return {"kind": payload.kind, **asdict(payload)}


def from_document(document: Mapping[str, Any], allowed: tuple[type[Payload], ...]) -> Payload:
    """Read a payload of one of the allowed kinds. Raises AppError `payload.invalid` with the faulty key."""
    found = _BY_KIND.get(str(document.get("kind")))
    if found is None or found not in allowed:
        raise _invalid("kind")
    return _read(found, document)


def is_known(document: Mapping[str, Any]) -> bool:
    """Tell whether this version knows payloads of this kind; a newer one may send others."""
    return str(document.get("kind")) in _BY_KIND


def _read(wanted: type[One], document: Mapping[str, Any]) -> One:
    declared = {one.name: one for one in fields(cast("Any", wanted))}
    given = {name: document[name] for name in declared if name in document}
    try:
        value = wanted(**{name: _checked(name, str(declared[name].type), raw) for name, raw in given.items()})
    except TypeError as error:
        raise _invalid("missing") from error
    return value


def _checked(name: str, declared: str, raw: object) -> object:
    if declared == "str":
        return _text(name, raw)
    if declared in ("int", "bool"):
        return _exactly(name, raw, int if declared == "int" else bool)
    if declared == "list[AttachmentInfo]":
        return [_read(AttachmentInfo, _object(name, one)) for one in _list(name, raw)]
    if declared == "list[str]":
        return [_identifier(name, one) for one in _list(name, raw)]
    if declared.startswith("list[dict"):
        return [_object(name, one) for one in _list(name, raw)]
    if declared == "dict[str, str]":
        return _files(name, raw)
    if declared == "dict[str, bool]":
        return {key: _exactly(name, one, bool) for key, one in _object(name, raw).items()}
    return None if raw is None else _object(name, raw)


def _text(name: str, raw: object) -> str:
    limit = MAX_TEXT if name in _LONG else MAX_LINE
    if not isinstance(raw, str) or len(raw) > limit:
        raise _invalid(name)
    return _identifier(name, raw) if name in _IDS or (raw and name in _MAYBE_IDS) else raw


def _identifier(name: str, raw: object) -> str:
    if not isinstance(raw, str) or not is_id(raw):
        raise _invalid(name)
    return raw


def _exactly(name: str, raw: object, wanted: type[One]) -> One:
    if type(raw) is not wanted or (isinstance(raw, int) and abs(raw) > MAX_NUMBER):
        raise _invalid(name)
    return cast("One", raw)


def _list(name: str, raw: object) -> list[object]:
    if not isinstance(raw, list) or len(cast("list[object]", raw)) > 1000:
        raise _invalid(name)
    return cast("list[object]", raw)


def _files(name: str, raw: object) -> dict[str, str]:
    files = _object(name, raw)
    texts = [one for one in files.values() if isinstance(one, str) and len(one) <= MAX_FILE]
    if len(texts) < len(files) or len(files) > MAX_FILES or any(len(one) > MAX_LINE for one in files):
        raise _invalid(name)
    return cast("dict[str, str]", files)


def _object(name: str, raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in cast("dict[object, object]", raw)):
        raise _invalid(name)
    return cast("dict[str, Any]", raw)


def _invalid(key: str) -> AppError:
    return AppError("payload.invalid", parameters={"key": key})


class Fate(Enum):
    """What became of a message in the mailbox."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    WAITING = "waiting"
    QUARANTINED = "quarantined"
    PARKED = "parked"
    LATER = "later"
