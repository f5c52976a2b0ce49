"""Runs the probes inside the collector: a daemon thread and an absolute deadline each, and nobody is waited for.

An executor would wait for a hung probe at its end; a hung thread here is left behind and dies with the process.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Sequence

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Probe, Unanswered
from desktop.domain.facts import ProbeStatus

Result = dict[str, object]
"""`status`, `facts`, `ms`, `cpu_ms` and `reason` of one probe, as they go into the document."""


def run_probes(probes: Sequence[Probe], machine: Machine) -> dict[str, Result]:
    """Run all probes at once; return one result each when the last has answered or passed its deadline."""
    results: dict[str, Result] = {}
    changed = threading.Condition()

    def work(probe: Probe) -> None:
        result = guarded(probe, machine)
        with changed:
            results.setdefault(probe.id, result)
            changed.notify()

    for probe in probes:
        threading.Thread(target=work, args=(probe,), name=probe.id, daemon=True).start()
    with changed:
        _wait(probes, results, changed, started=machine.started)
        return {one.id: results[one.id] for one in probes}


def guarded(probe: Probe, machine: Machine) -> Result:
    """Run one probe on this thread; whatever it does becomes a result.

    A fact that the probe did not declare has no privacy class, so such an answer counts as a fault.
    """
    begun, cpu_begun = time.monotonic(), time.thread_time()
    facts: dict[str, object] = {}
    status, reason = ProbeStatus.OK, ""
    try:
        if machine.platform not in probe.platforms:
            status, reason = ProbeStatus.UNSUPPORTED, "platform"
        else:
            facts = probe.read(machine)
    except Unanswered as answer:
        status, reason, facts = answer.status, answer.reason, answer.facts
    except (PermissionError, psutil.AccessDenied) as error:
        status, reason = ProbeStatus.DENIED, type(error).__name__
    except Exception as error:  # noqa: BLE001 - the probe runner is one of the three boundary places
        status, reason = ProbeStatus.ERROR, type(error).__name__
    if not _is_declared(probe, facts):
        status, reason, facts = ProbeStatus.ERROR, "undeclared", {}
    ms, cpu_ms = (time.monotonic() - begun) * 1000, (time.thread_time() - cpu_begun) * 1000
    return _result(status, facts, ms=ms, cpu_ms=cpu_ms, reason=reason)


def _wait(probes: Iterable[Probe], results: dict[str, Result], changed: threading.Condition, *, started: float) -> None:
    for probe in sorted(probes, key=lambda one: one.deadline):
        while probe.id not in results:
            left = started + probe.deadline - time.monotonic()
            if left <= 0:
                results[probe.id] = _result(ProbeStatus.TIMEOUT, {}, ms=probe.deadline * 1000, cpu_ms=0, reason="")
                break
            changed.wait(left)


def _is_declared(probe: Probe, facts: dict[str, object]) -> bool:
    try:
        json.dumps(facts, allow_nan=False)
        return {one.name for one in probe.fields} >= facts.keys()
    except (AttributeError, TypeError, ValueError, RecursionError):
        return False


def _result(status: ProbeStatus, facts: dict[str, object], *, ms: float, cpu_ms: float, reason: str) -> Result:
    return {
        "status": status.value,
        "facts": facts,
        "ms": round(ms, 1),
        "cpu_ms": round(cpu_ms, 1),
        "reason": reason,
    }
