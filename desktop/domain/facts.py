"""How a probe ended and whom a fact concerns: the words the collector shares with everybody else.

Apart from `snapshot`, because the collector must start without dataclasses.
"""

from __future__ import annotations

from enum import Enum


class ProbeStatus(Enum):
    """How a probe ended."""

    OK = "ok"
    PARTIAL = "partial"
    DENIED = "denied"
    UNSUPPORTED = "unsupported"
    TIMEOUT = "timeout"
    ERROR = "error"
    WITHHELD = "withheld"


class Privacy(Enum):
    """The class of a field: public, internal to the company, or personal."""

    PUBLIC = "P"
    INTERNAL = "I"
    PERSONAL = "X"
