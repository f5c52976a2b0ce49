"""Asks a company's servers once from this machine, so that a typing mistake shows before it travels to every PC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop.diagnostics.collect import Collection
from desktop.diagnostics.targets import NO_TARGETS, CompanyTarget, Targets


@dataclass(frozen=True, slots=True)
class Trial:
    """What a server answered; `outcome` is the collector's word for it, `ms` None where nothing came back."""

    target: CompanyTarget
    is_reachable: bool
    outcome: str
    ms: float | None


def try_targets(command: Sequence[str], targets: Targets) -> tuple[Trial, ...]:
    """Ask the company's servers and nobody else. Blocks for some seconds; `command` starts the collector."""
    only = NO_TARGETS._replace(company=targets.company)
    facts = Collection(command, probes=["net_reach"], targets=only).run().probes["net_reach"].facts
    rows = cast("list[Mapping[str, Any]]", facts.get("company") or [])
    found = {(str(one.get("host")), one.get("port")): one for one in rows}
    return tuple(_trial(one, found.get((one.host, one.port), {})) for one in targets.company)


def _trial(target: CompanyTarget, row: Mapping[str, Any]) -> Trial:
    ms = row.get("connect_ms")
    return Trial(
        target,
        row.get("is_reachable") is True,
        str(row.get("outcome") or "unknown"),
        float(ms) if isinstance(ms, int | float) else None,
    )
