"""What a guide can do on this PC beyond asking: check again, act, open a settings page; all off the main thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.base.errors import AppError
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard.events import Try
from desktop.ui.wizard.tools import WizardTools

if TYPE_CHECKING:
    from desktop.domain.wizard.run import Answer
    from desktop.ui.tray.tools import Tools


def make_wizard_tools(tools: Tools, owner: QObject) -> WizardTools:
    """Return the tools of a run whose results belong to `owner`."""
    from desktop.system.actions import can_perform
    from desktop.system.opening import can_open, open_page

    return WizardTools(
        clock=tools.client.clock,
        verify=lambda finding_id, done: _verify(tools, owner, finding_id, done),
        perform=lambda action, answers, done: _perform(tools, owner, action, answers, done),
        open_page=open_page,
        can_open=can_open,
        can_perform=can_perform,
    )


def _verify(tools: Tools, owner: QObject, finding_id: str, done: Callable[[Finding], None]) -> None:
    unknown = Finding(finding_id, FindingState.UNKNOWN, Severity.INFO)

    def look_again() -> Finding:
        from desktop.client.facts import collect_again

        return collect_again(finding_id, client=tools.client)

    def failed(_error: AppError) -> None:
        done(unknown)

    tools.slow(look_again, owner=owner, done=done, failed=failed)


def _perform(
    tools: Tools, owner: QObject, action: str, answers: Mapping[str, Answer], done: Callable[[Try], None]
) -> None:
    def act() -> Try:
        from desktop.system.actions import perform

        return Try(perform(action, answers).result.value)

    def failed(_error: AppError) -> None:
        done(Try.FAILED)

    tools.slow(act, owner=owner, done=done, failed=failed)
