"""What counts as a fault in this company: its own thresholds, findings switched off, and back to ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.messages import Message
from desktop.diagnostics.overrides import Override, check_limit, find_rule, overrides_document
from desktop.diagnostics.rules import CompanyRule, company_rules
from desktop.services.judging import FINDINGS, judge_again, read_company_overrides, shipped_rules
from desktop.services.policy_rows import read_policy, write_policy
from desktop.services.recording import record_act
from desktop.services.work import Work

CHANGED = "findings"
"""The id under which `Changes` names the thresholds as a setting."""


def list_rules(work: Work) -> tuple[CompanyRule, ...]:
    """Return every finding as this company has it, in the order of the rules file."""
    with work.store.reading() as connection:
        return company_rules(shipped_rules(), read_company_overrides(connection))


def change_finding(
    work: Work, finding: str, limits: Mapping[str, float], *, is_on: bool | None = None
) -> Done[CompanyRule]:
    """Set some thresholds of a finding, look for it or do not (None: as it is), or both at once.

    A threshold that is set to our own value counts as ours again; switched off, they wait. Raises AppError
    `findings.unknown`, `findings.limit`, `findings.limit_shared`, `findings.value`, `findings.value_whole`.
    """
    usual = find_rule(shipped_rules(), finding)
    checked = {name: check_limit(usual, name, value) for name, value in limits.items()}

    def changed(before: Override) -> Override:
        wanted = {**before.limits, **checked}
        own = {name: value for name, value in wanted.items() if usual.limits.get(name) != value}
        return Override(own, is_off=before.is_off if is_on is None else not is_on)

    return _change_one(work, finding, changed)


def reset_finding(work: Work, finding: str) -> Done[CompanyRule]:
    """Go back to our thresholds and look for it again. Raises AppError `findings.unknown`."""
    return _change_one(work, finding, lambda _: Override())


def reset_all(work: Work) -> Done[tuple[CompanyRule, ...]]:
    """Go back to ours for all findings."""
    with work.store.writing() as connection:
        return _change(work, connection, dict.fromkeys(read_company_overrides(connection), Override()))


def _change_one(work: Work, finding: str, changed: Callable[[Override], Override]) -> Done[CompanyRule]:
    find_rule(shipped_rules(), finding)
    with work.store.writing() as connection:
        before = read_company_overrides(connection).get(finding, Override())
        done = _change(work, connection, {finding: changed(before)})
    return Done(next(one for one in done.result if one.rule.id == finding), done.changes, done.undo)


def _change(work: Work, connection: Connection, wanted: Mapping[str, Override]) -> Done[tuple[CompanyRule, ...]]:
    """Keep what differs now, judge the newest snapshots again and offer the way back."""
    before = read_company_overrides(connection)
    changed = {name: one for name, one in wanted.items() if before.get(name, Override()) != one}
    after = {name: one for name, one in {**before, **changed}.items() if not one.is_empty}
    rows = company_rules(shipped_rules(), after)
    if not changed:
        return Done(rows)
    write_policy(work, connection, {**read_policy(connection), FINDINGS: overrides_document(after)})
    for name, one in changed.items():
        record_act(work, connection, "finding.changed", name, limits=dict(one.limits), off=one.is_off)
    touched = judge_again(connection, _with_dependents(changed))
    changes = Changes.of(Subject.SETTING, CHANGED) | Changes.of(Subject.DEVICE, *touched)
    back = {name: before.get(name, Override()) for name in changed}
    return Done(rows, changes, Undo(Message("undo.findings_changed"), lambda later: _restore(later, back)))


def _restore(work: Work, wanted: Mapping[str, Override]) -> Done[tuple[CompanyRule, ...]]:
    with work.store.writing() as connection:
        return _change(work, connection, wanted)


def _with_dependents(changed: Mapping[str, Override]) -> frozenset[str]:
    """Return the findings that changed, and those which share one of their limits."""
    owners = {rule.id: {one.rpartition(".")[0] for one in rule.shared.values()} for rule in shipped_rules()}
    return frozenset(changed) | {name for name, one in owners.items() if one & changed.keys()}
