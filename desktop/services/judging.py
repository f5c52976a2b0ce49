"""Judges snapshots by the company's own thresholds: those that come in, and the newest ones when thresholds change."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, delete, select, update

from desktop.diagnostics.findings import Rule, judged
from desktop.diagnostics.overrides import Override, read_overrides
from desktop.diagnostics.rules import load_rules, with_limits
from desktop.domain.snapshot import Finding, Severity, Snapshot
from desktop.models import device_queries
from desktop.models.tables import devices, findings, snapshots
from desktop.services.policy_rows import read_policy
from desktop.services.snapshots import read_document, store_findings

FINDINGS = "findings"
"""Where the policy keeps the company's thresholds."""


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules as they come with the program, read once."""
    return load_rules()


def read_company_overrides(connection: Connection) -> dict[str, Override]:
    """Return the company's own thresholds; none where the document is not readable."""
    found = read_policy(connection).get(FINDINGS)
    try:
        return read_overrides(cast("dict[str, Any]", found)) if isinstance(found, dict) else {}
    except ValueError:
        return {}


def rules_in_force(connection: Connection) -> tuple[Rule, ...]:
    """Return the rules with the company's thresholds, without what is switched off."""
    return with_limits(shipped_rules(), read_company_overrides(connection))


def take_snapshot(connection: Connection, document: Mapping[str, Any] | None, device_id: str) -> Snapshot | None:
    """Return a snapshot from outside, judged by the company's thresholds; None where there is none to be read."""
    snapshot = read_document(document)
    return judge_here(connection, snapshot, device_id) if snapshot else None


def judge_here(connection: Connection, snapshot: Snapshot, device_id: str) -> Snapshot:
    """Judge a PC's snapshot by the company's thresholds, whatever those of the PC were.

    Findings of a newer program, which no rule here knows, stay as the PC found them.
    """
    return _judged(connection, snapshot, device_id, rules=rules_in_force(connection), anew=None)


def judge_again(connection: Connection, changed: Collection[str]) -> tuple[str, ...]:
    """Judge the newest snapshot of every PC by the rules that changed; returns the PCs whose findings differ now."""
    rules = [one for one in rules_in_force(connection) if one.id in changed]
    newest = connection.execute(select(devices.c.id, devices.c.snapshot_id).where(devices.c.snapshot_id.is_not(None)))
    touched: list[str] = []
    for device_id, snapshot_id in newest.all():
        before = device_queries.read_snapshot(connection, snapshot_id)
        if before is None:
            continue
        after = _judged(connection, before, device_id, rules=rules, anew=changed)
        if after.findings != before.findings:
            _replace(connection, after, snapshot_id=snapshot_id, device_id=device_id)
            touched.append(device_id)
    return tuple(touched)


def _judged(
    connection: Connection,
    snapshot: Snapshot,
    device_id: str,
    *,
    rules: Sequence[Rule],
    anew: Collection[str] | None,
) -> Snapshot:
    """Judge by `rules`; the findings named in `anew` (None: all that we know) are theirs, the others stay."""
    history = read_earlier(connection, snapshot, device_id, rules)
    fresh = {one.id: one for one in judged(snapshot, rules, history).findings}
    ours = {one.id for one in shipped_rules()} if anew is None else set(anew)
    kept = {one.id: one for one in snapshot.findings if one.id not in ours}
    return replace(snapshot, findings=_in_order({**kept, **fresh}))


def _in_order(found: Mapping[str, Finding]) -> tuple[Finding, ...]:
    """Put the findings into the order of the rules, those of nobody at the end."""
    known = [one.id for one in shipped_rules() if one.id in found]
    return tuple(found[one] for one in (*known, *sorted(found.keys() - set(known))))


def read_earlier(
    connection: Connection, snapshot: Snapshot, device_id: str, rules: Sequence[Rule]
) -> tuple[Snapshot, ...]:
    """Read as many earlier snapshots as the rules ask for, newest first; mostly none."""
    needed = max((one.lasting.snapshots(one.limits) for one in rules), default=1) - 1
    if needed < 1:
        return ()
    query = (
        select(snapshots.c.id)
        .where(snapshots.c.device_id == device_id, snapshots.c.taken_at < snapshot.taken_at)
        .order_by(snapshots.c.taken_at.desc(), snapshots.c.id.desc())
        .limit(needed)
    )
    read = (device_queries.read_snapshot(connection, one) for one in connection.execute(query).scalars().all())
    return tuple(one for one in read if one is not None)


def _replace(connection: Connection, snapshot: Snapshot, *, snapshot_id: str, device_id: str) -> None:
    """Write the findings down again, in the document, in their rows and on the device."""
    document = json.dumps(snapshot.to_document(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    hints = [one for one in snapshot.present if one.severity is not Severity.INFO]
    values = {"document": zlib.compress(document, 6), "size": len(document), "hints": len(hints)}
    connection.execute(update(snapshots).where(snapshots.c.id == snapshot_id).values(**values))
    connection.execute(delete(findings).where(findings.c.snapshot_id == snapshot_id))
    store_findings(connection, snapshot_id, snapshot)
    shown = {"hints": len(hints), "worst": hints[0].severity.value if hints else ""}
    connection.execute(update(devices).where(devices.c.id == device_id).values(**shown))
