"""What a run on the screen can do beyond thinking: check again, act, open a settings page. `entry` hands it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from desktop.base.clock import Clock
from desktop.domain.snapshot import Finding
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.run import Answer

Verify: TypeAlias = Callable[[str, Callable[[Finding], None]], None]
"""`verify(finding_id, on_done)` runs the finding's probe again without blocking; `on_done` on the main thread."""

Perform: TypeAlias = Callable[[str, Mapping[str, Answer], str, Callable[[Deed], None]], None]
"""`perform(action_id, answers, agreed, on_done)` does an action of the built-in list without blocking.

`agreed` is what the `Prospect` named that the person agreed to.
"""

Foresee: TypeAlias = Callable[[str, Mapping[str, Answer], Callable[[Prospect], None]], None]
"""`foresee(action_id, answers, on_done)` finds out what an action would do now, without blocking and doing it."""


def _nothing_to_see(_action: str, _answers: Mapping[str, Answer], done: Callable[[Prospect], None]) -> None:
    done(Prospect())


@dataclass(frozen=True, slots=True)
class WizardTools:
    """Handed to the player and the checklist page.

    `can_open` tells whether this system has a page to open, `can_perform` whether an action can be done from here;
    what cannot is passed by for employees and done by hand by technicians. `looks_first` tells for which actions
    `foresee` has something to say. `is_here` tells whether the run is about the PC that this program runs on.
    """

    clock: Clock
    verify: Verify
    perform: Perform
    open_page: Callable[[str], bool]
    can_open: Callable[[str], bool] = lambda _: True
    can_perform: Callable[[str], bool] = lambda _: True
    looks_first: Callable[[str], bool] = lambda _: False
    foresee: Foresee = _nothing_to_see
    is_here: bool = True
