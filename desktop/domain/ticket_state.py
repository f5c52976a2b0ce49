"""What a line of a list says about a ticket: its state, its level and its priority.

Apart from `domain.ticket`, which offers them too: an enumeration costs a start a tenth of a millisecond.
"""

from __future__ import annotations

from enum import Enum, IntEnum


class StateType(Enum):
    """The fixed types behind the states' names, which the admin may change."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"
    CLOSED = "closed"
    MERGED = "merged"

    @property
    def is_active(self) -> bool:
        """Tell whether somebody still has to do something."""
        return self in (StateType.NEW, StateType.OPEN, StateType.WAITING)


class Level(IntEnum):
    """First, second and third level of support."""

    FIRST = 1
    SECOND = 2
    THIRD = 3


class Priority(IntEnum):
    """Sorts with the most pressing first."""

    URGENT = 1
    HIGH = 2
    NORMAL = 3
    LOW = 4

    @property
    def code(self) -> str:
        """Return the word used in files and on the command line."""
        return self.name.lower()
