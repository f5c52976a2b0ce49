"""What a probe is: a function under a declaration of its fields, platforms, lane and deadline.

From the one declaration come the runner's guard, the redaction, the consent texts and the conformance test. Plain
classes instead of dataclasses: the collector must stay within three times the cost of importing psutil.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from desktop.diagnostics.machine import Machine
from desktop.domain.facts import Privacy, ProbeStatus

LINUX, MACOS, WINDOWS = "linux", "darwin", "win32"
EVERYWHERE = (LINUX, MACOS, WINDOWS)


class Lane(Enum):
    """How long a probe may take and when it runs: at once, against the network, or only for a full snapshot."""

    FAST = "fast"
    NETWORK = "network"
    SLOW = "slow"


class Kind(Enum):
    """The JSON type of a field; every field may also be null where the machine does not tell."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXTS = "texts"
    NUMBERS = "numbers"
    TABLE = "table"


class Field:
    """One fact of a probe: its name, type, unit and privacy class.

    `pseudonym` names the kind of tag that replaces a value which others must not read ("host" -> "<host-1a2b3c>");
    without it such a value is dropped. A table declares its columns as fields of their own.
    """

    __slots__ = ("columns", "kind", "name", "privacy", "pseudonym", "unit")

    def __init__(
        self,
        name: str,
        kind: Kind,
        unit: str = "",
        *,
        privacy: Privacy = Privacy.PUBLIC,
        pseudonym: str = "",
        columns: tuple[Field, ...] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.unit = unit
        self.privacy = privacy
        self.pseudonym = pseudonym
        self.columns = columns


class Unanswered(Exception):  # noqa: N818 - an answer of its own, not a fault
    """A probe's way to say why it has no facts, or not all; `reason` is a short code for technicians."""

    def __init__(self, status: ProbeStatus, reason: str, facts: dict[str, object] | None = None) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason
        self.facts = facts or {}


Reader = Callable[[Machine], "dict[str, object]"]


class Probe:
    """A declared probe; `read` is called on a thread of its own and may raise whatever it likes."""

    __slots__ = ("deadline", "fields", "id", "lane", "platforms", "read")

    def __init__(
        self, probe_id: str, read: Reader, *, platforms: tuple[str, ...], lane: Lane, deadline: float,
        fields: tuple[Field, ...],
    ) -> None:  # fmt: skip
        self.id = probe_id
        self.read = read
        self.platforms = platforms
        self.lane = lane
        self.deadline = deadline
        self.fields = fields

    def field(self, name: str) -> Field | None:
        """Return the declaration of a fact, None where there is none."""
        return next((one for one in self.fields if one.name == name), None)


def probe(
    probe_id: str, *, lane: Lane, deadline: float, fields: tuple[Field, ...], platforms: tuple[str, ...] = EVERYWHERE
) -> Callable[[Reader], Probe]:
    """Declare the function below as a probe; `deadline` is in seconds from the start of the collector."""

    def declare(read: Reader) -> Probe:
        return Probe(probe_id, read, platforms=platforms, lane=lane, deadline=deadline, fields=fields)

    return declare


def unsupported(reason: str) -> Unanswered:
    """Say that this machine has nothing of the kind."""
    return Unanswered(ProbeStatus.UNSUPPORTED, reason)


def partial(reason: str, facts: dict[str, object]) -> Unanswered:
    """Say that only some of the facts could be read."""
    return Unanswered(ProbeStatus.PARTIAL, reason, facts)


def denied(reason: str) -> Unanswered:
    """Say that the machine has it and this user may not see it."""
    return Unanswered(ProbeStatus.DENIED, reason)


def text(name: str, *, privacy: Privacy = Privacy.PUBLIC, pseudonym: str = "") -> Field:
    """Declare a text."""
    return Field(name, Kind.TEXT, privacy=privacy, pseudonym=pseudonym)


def texts(name: str, *, privacy: Privacy = Privacy.PUBLIC, pseudonym: str = "") -> Field:
    """Declare a list of texts."""
    return Field(name, Kind.TEXTS, privacy=privacy, pseudonym=pseudonym)


def integer(name: str, unit: str) -> Field:
    """Declare a whole number and its unit ("bytes", "s", "count", …)."""
    return Field(name, Kind.INTEGER, unit)


def number(name: str, unit: str) -> Field:
    """Declare a number and its unit ("percent", "ms", "celsius", …)."""
    return Field(name, Kind.NUMBER, unit)


def boolean(name: str) -> Field:
    """Declare a yes or no."""
    return Field(name, Kind.BOOLEAN)


def table(name: str, *columns: Field) -> Field:
    """Declare a list of rows."""
    return Field(name, Kind.TABLE, columns=columns)
