"""The tools of a run on this very PC: probes run again in the collector, actions and settings pages of this system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject

from desktop.base.clock import Clock
from desktop.base.errors import AppError
from desktop.base.lanes import Lane
from desktop.diagnostics.collect import Collection
from desktop.diagnostics.findings import Rule
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Answer
from desktop.system.actions import can_perform, perform
from desktop.system.opening import can_open, open_page
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.wizard.tools import WizardTools


def local_tools(
    dispatcher: Dispatcher, lane: Lane, *, owner: QObject, clock: Clock, collector: Sequence[str]
) -> WizardTools:
    """Return tools that work on this PC; `lane` is an io lane, `collector` the command that starts the collector.

    Answers come back on the main thread while `owner` lives; a collector that fails makes a finding unknown.
    """

    def verify(finding_id: str, on_done: Callable[[Finding], None]) -> None:
        def failed(_: AppError) -> None:
            on_done(_unknown(finding_id))

        dispatcher.run(lane, lambda: look_again(finding_id, collector), owner=owner, done=on_done, failed=failed)

    def act(action_id: str, answers: Mapping[str, Answer], on_done: Callable[[Try], None]) -> None:
        def failed(_: AppError) -> None:
            on_done(Try.FAILED)

        dispatcher.run(
            lane, lambda: Try(perform(action_id, answers).result.value), owner=owner, done=on_done, failed=failed
        )

    return WizardTools(clock, verify, act, open_page, can_open, can_perform)


def remote_tools(clock: Clock) -> WizardTools:
    """Return tools for a run about another PC, as at the Desk: nothing can be measured or done there from here.

    A fix is judged by the person, an action is done by hand, and no settings page opens.
    """
    return WizardTools(
        clock,
        verify=lambda finding_id, on_done: on_done(_unknown(finding_id)),
        perform=lambda _action, _answers, on_done: on_done(Try.CANNOT),
        open_page=lambda _: False,
        can_open=lambda _: False,
        can_perform=lambda _: False,
    )


def look_again(finding_id: str, collector: Sequence[str], rules: Sequence[Rule] | None = None) -> Finding:
    """Run the probes of one finding again and judge them; blocks for their longest deadline at most."""
    rule = next((one for one in rules or load_rules() if one.id == finding_id), None)
    if rule is None:
        return _unknown(finding_id)
    snapshot = Collection(collector, probes=rule.probes, rules=[rule]).run()
    return next((one for one in snapshot.findings if one.id == finding_id), _unknown(finding_id))


def _unknown(finding_id: str) -> Finding:
    return Finding(finding_id, FindingState.UNKNOWN, Severity.INFO)
