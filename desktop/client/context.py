"""What every use case of Hilfe gets: the store, the clock and a hook after each durable step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from desktop.base.clock import Clock, to_text, utc_now
from desktop.client.store import ClientStore

StepHook: TypeAlias = Callable[[str], None]


def _go_on(_step: str) -> None:
    """Do nothing at a step."""


@dataclass(frozen=True, slots=True)
class Client:
    """The employee's side of one PC; `at_step` lets a test end the process at any named step."""

    store: ClientStore
    clock: Clock = utc_now
    at_step: StepHook = _go_on

    def now(self) -> str:
        """Return the present as the store writes it."""
        return to_text(self.clock())
