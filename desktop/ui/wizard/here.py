"""What a run can do on this very PC: check again, look first, act, open a page; all off the main thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject

from desktop.base.clock import Clock
from desktop.base.errors import AppError
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Answer
from desktop.ui.wizard.tools import WizardTools


class Slow(Protocol):
    """Runs something slow on another thread and hands its result to `done` while `owner` lives."""

    def __call__(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Here:
    """Answers for one run whose results belong to `owner`.

    `look_again` measures a finding (blocking); administrators' actions are left to those who may (`is_admin`).
    """

    clock: Clock
    slow: Slow
    owner: QObject
    look_again: Callable[[str], Finding]
    is_admin: bool = False

    def tools(self) -> WizardTools:
        """Return what a player's session calls."""
        from desktop.system.actions.performing import looks_first
        from desktop.system.opening import can_open, open_page

        return WizardTools(
            clock=self.clock,
            verify=self._verify,
            perform=self._perform,
            open_page=open_page,
            can_open=can_open,
            can_perform=self._can_perform,
            looks_first=looks_first,
            foresee=self._foresee,
        )

    def _can_perform(self, action: str) -> bool:
        from desktop.system.actions.listing import admin_action_ids
        from desktop.system.actions.performing import can_perform

        return can_perform(action) and (self.is_admin or action not in admin_action_ids())

    def _verify(self, finding: str, done: Callable[[Finding], None]) -> None:
        unknown = Finding(finding, FindingState.UNKNOWN, Severity.INFO)
        self.slow(
            lambda: self.look_again(finding), owner=self.owner, done=done, failed=lambda _error: done(unknown)
        )  # fmt: skip

    def _foresee(self, action: str, answers: Mapping[str, Answer], done: Callable[[Prospect], None]) -> None:
        nothing = Prospect(is_possible=False)
        self.slow(partial(_look, action, answers), owner=self.owner, done=done, failed=lambda _error: done(nothing))

    def _perform(
        self, action: str, answers: Mapping[str, Answer], agreed: str, done: Callable[[Deed], None]
    ) -> None:  # fmt: skip
        failed = Deed(Try.FAILED)
        act = partial(_act, action, answers, agreed)
        self.slow(act, owner=self.owner, done=done, failed=lambda _error: done(failed))


def _look(action: str, answers: Mapping[str, Answer]) -> Prospect:
    from desktop.system.actions.performing import foresee

    return foresee(action, answers)


def _act(action: str, answers: Mapping[str, Answer], agreed: str) -> Deed:
    """Do it; what the system said goes along with the run, so secrets and own names are taken out of it."""
    import secrets

    from desktop.diagnostics.scrubber import OwnNames, Scrubber
    from desktop.system.actions.performing import perform
    from desktop.system.this_pc import describe_pc

    deed, pc = perform(action, answers, agreed=agreed), describe_pc()
    own = OwnNames(hosts=(pc.host,), users=tuple(one for one in (pc.user, pc.full_name) if one))
    return Deed(deed.result, Scrubber(secrets.token_bytes(32), own).clean(deed.evidence))
