"""Runs the probes inside the collector: a daemon thread and an absolute deadline each, and nobody is waited for.

An executor would wait for a hung probe at its end; a hung thread here is left behind and dies with the process.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Sequence

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Probe, Unanswered
from desktop.domain.facts import ProbeStatus

Result = dict[str, object]
"""`status`, `facts`, `ms`, `cpu_ms`, `reason` and `source` of one probe, as they go into the document."""


def _say_nothing(_probe_id: str, _result: Result) -> None:
    """Take a result that nobody waits for."""


def run_probes(
    probes: Sequence[Probe], machine: Machine, *, tell: Callable[[str, Result], None] = _say_nothing
) -> dict[str, Result]:
    """Run all probes at once; return one result each when the last has answered or passed its deadline.

    `tell` gets each probe's id and result on the calling thread as soon as it is there.
    """
    results: dict[str, Result] = {}
    answers: queue.SimpleQueue[tuple[str, Result]] = queue.SimpleQueue()

    def work(probe: Probe) -> None:
        answers.put((probe.id, guarded(probe, machine)))

    for probe in probes:
        threading.Thread(target=work, args=(probe,), name=probe.id, daemon=True).start()
    waiting = {one.id: one.deadline for one in probes}
    while waiting:
        for probe_id, result in _next(answers, waiting, machine):
            if waiting.pop(probe_id, None) is not None:
                results[probe_id] = result
                tell(probe_id, result)
    return {one.id: results[one.id] for one in probes}


def _next(
    answers: queue.SimpleQueue[tuple[str, Result]], waiting: dict[str, float], machine: Machine
) -> list[tuple[str, Result]]:
    """Wait for one answer; where the nearest deadline passes first, return that its probes are late."""
    left = machine.started + min(waiting.values()) - time.monotonic()
    try:
        return [answers.get(timeout=max(0.0, left))]
    except queue.Empty:
        over = time.monotonic() - machine.started
        late = ProbeStatus.TIMEOUT
        return [
            (name, _result(late, {}, ms=deadline * 1000, cpu_ms=0, source=machine.sources.of(name)))
            for name, deadline in waiting.items()
            if deadline <= over
        ]


def guarded(probe: Probe, machine: Machine) -> Result:
    """Run one probe on this thread; whatever it does becomes a result.

    A fact that the probe did not declare has no privacy class, so such an answer counts as a fault.
    """
    machine.sources.begin(probe.id)
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
    return _result(status, facts, ms=ms, cpu_ms=cpu_ms, reason=reason, source=machine.sources.of(probe.id))


def _is_declared(probe: Probe, facts: dict[str, object]) -> bool:
    try:
        json.dumps(facts, allow_nan=False)
        return {one.name for one in probe.fields} >= facts.keys()
    except (AttributeError, TypeError, ValueError, RecursionError):
        return False


def _result(
    status: ProbeStatus, facts: dict[str, object], *, ms: float, cpu_ms: float, reason: str = "", source: str = ""
) -> Result:
    return {
        "status": status.value,
        "facts": facts,
        "ms": round(ms, 1),
        "cpu_ms": round(cpu_ms, 1),
        "reason": reason,
        "source": source,
    }
