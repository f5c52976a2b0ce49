"""Facts of this machine for a request: collected by the collector's process, without what nobody needs to see."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from collections.abc import Collection as Names
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from desktop.client.context import Client
from desktop.client.identity import write_fact
from desktop.client.policy import Depth, rules_in_force, targets_in_force
from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot

if TYPE_CHECKING:  # tells what a snapshot is to readers without loading the collector's rules
    from desktop.diagnostics.collect import Collection, Progress
    from desktop.diagnostics.lines import Line

_KEY = "facts.key"


def start_collection(
    level: Literal["basic", "full"],
    probes: Sequence[str] | None = None,
    *,
    client: Client | None = None,
    is_rest: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> Collection:
    """Return a run of the collector that is ready to `run()` on a lane and to be cancelled from another.

    The company's policy is in force where a `client` knows it. `is_rest` asks only what a full diagnosis has beyond a
    basic one. `on_progress` is called on the thread of `run`,
    once for each probe that answers.
    """
    from desktop.diagnostics.collect import Collection
    from desktop.diagnostics.probe import Lane
    from desktop.diagnostics.targets import DEFAULT_TARGETS
    from desktop.system.programs import collector_command

    return Collection(
        collector_command(),
        level,
        probes,
        lanes=(Lane.SLOW,) if is_rest else (),
        targets=targets_in_force(client) if client else DEFAULT_TARGETS,
        rules=rules_in_force(client) if client else None,
        on_progress=on_progress or _say_nothing,
    )


def _say_nothing(_progress: Progress) -> None:
    """Take progress that nobody watches."""


def joined(client: Client, basic: Snapshot, rest: Snapshot) -> Snapshot:
    """Return one full diagnosis of its two parts, judged as a whole."""
    from desktop.diagnostics.findings import judged

    whole = replace(basic, level="full", probes={**basic.probes, **rest.probes})
    return judged(whole, rules_in_force(client))


def collect_facts(
    level: Literal["basic", "full"], *, client: Client | None = None, probes: Sequence[str] | None = None
) -> Snapshot:
    """Collect once and wait for it; a probe that fails says so in its own result."""
    return start_collection(level, probes, client=client).run()


@dataclass(frozen=True, slots=True)
class Choice:
    """What an employee lets go: how much at all, without the groups in `off` and without single lines."""

    depth: Depth = Depth.FULL
    off: frozenset[str] = frozenset()
    left_out: frozenset[Line] = frozenset()


def chosen(client: Client, snapshot: Snapshot | None, choice: Choice) -> Snapshot | None:
    """Return what of a snapshot is sent by a choice; None where nothing is."""
    from desktop.diagnostics.lines import basic_part

    if snapshot is None or choice.depth is Depth.NONE:
        return None
    part = basic_part(snapshot, rules=rules_in_force(client)) if choice.depth is Depth.BASIC else snapshot
    return sendable(client, part, choice.off, choice.left_out)


def sendable(client: Client, snapshot: Snapshot, off: Names[str], left_out: Names[Line] = ()) -> Snapshot:
    """Return what of a snapshot is sent: groups in `off` withheld, lines taken out, personal values replaced by tags.

    The tags are this PC's own: the same name has the same tag in everything it sends.
    """
    from desktop.diagnostics.lines import without_lines
    from desktop.diagnostics.privacy import PERSONAL_ONLY, pseudonymise, withhold
    from desktop.diagnostics.scrubber import OwnNames
    from desktop.system.this_pc import describe_pc

    pc = describe_pc()
    own = OwnNames(hosts=(pc.host,), users=tuple(one for one in (pc.user, pc.full_name) if one))
    rules = rules_in_force(client)
    kept = without_lines(withhold(snapshot, off, rules=rules), left_out, rules=rules)
    return pseudonymise(kept, _tag_key(client), hide=PERSONAL_ONLY, own=own)


def default_off() -> frozenset[str]:
    """Return the groups that stay at home unless the employee switches them on."""
    from desktop.diagnostics.privacy import default_off

    return default_off()


def consent_to(off: Names[str]) -> dict[str, bool]:
    """Return what the message says about consent: every group, and whether it was left on."""
    from desktop.diagnostics.privacy import GROUPS

    return {one.id: one.id not in off for one in GROUPS}


def _tag_key(client: Client) -> bytes:
    """Return the key of the tags, made once per PC: the same name has the same tag in every request."""
    with client.store.write() as db:
        row = db.execute("SELECT value FROM facts WHERE key = ?", (_KEY,)).fetchone()
        if row is None:
            key = secrets.token_bytes(32)
            write_fact(db, _KEY, key.hex())
            return key
    return bytes.fromhex(row["value"])


def collect_again(finding_id: str, *, client: Client | None = None) -> Finding:
    """Look again at what one finding rests on; unknown where no rule of this name is left."""
    from desktop.diagnostics.rules import load_rules

    rules = rules_in_force(client) if client else load_rules()
    rule = next((one for one in rules if one.id == finding_id), None)
    unknown = Finding(finding_id, FindingState.UNKNOWN, Severity.INFO)
    if rule is None:
        return unknown
    snapshot = collect_facts("full", client=client, probes=sorted(rule.rests_on))
    return next((one for one in snapshot.findings if one.id == finding_id), unknown)
