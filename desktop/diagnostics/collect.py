"""Starts the collector, waits for it with a deadline and makes a Snapshot of what it prints, whatever that is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, cast

from desktop.base.clock import Clock, to_text, utc_now
from desktop.diagnostics.findings import Rule, evaluate
from desktop.diagnostics.probe import Lane
from desktop.diagnostics.registry import selected
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.targets import DEFAULT_TARGETS, Targets, targets_document
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot

Level: TypeAlias = Literal["basic", "full"]
START_UP = 5.0
"""Seconds that a cold start of the collector may take on top of its probes' deadlines (our judgement)."""
MAX_DOCUMENT = 8 << 20
"""Bytes of the collector's answer that are read; a snapshot has some ten thousand."""


class Collection:
    """One run of the collector. `cancel` may be called from any thread while `run` waits on another."""

    def __init__(
        self,
        command: Sequence[str],
        level: Level = "basic",
        probes: Sequence[str] | None = None,
        *,
        lanes: Sequence[Lane] | None = None,
        targets: Targets = DEFAULT_TARGETS,
        rules: Sequence[Rule] | None = None,
        clock: Clock = utc_now,
        start_up: float = START_UP,
    ) -> None:
        self._command = [*command, "--level", level, *_switches("--probe", probes or ())]
        self._command += _switches("--lane", [one.value for one in lanes or ()])
        self._level = level
        self._wanted = selected(level, probes=tuple(probes or ()), lanes=tuple(lanes or ()))
        self._targets = targets
        self._rules = rules
        self._clock = clock
        self._patience = start_up + max((one.deadline for one in self._wanted), default=0.0)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False

    def run(self) -> Snapshot:
        """Collect and judge. Blocks for the longest deadline at most; never raises for a faulty collector."""
        taken_at = to_text(self._clock())
        answer, reason = self._ask()
        probes = {one.id: _result(answer.get(one.id), reason) for one in self._wanted}
        rules = self._rules if self._rules is not None else load_rules()
        return Snapshot(taken_at, self._level, probes, evaluate(probes, rules))

    def cancel(self) -> None:
        """End the collector now; `run` then returns with what it has, which is nothing."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None:
                _kill(self._child)

    def _ask(self) -> tuple[Mapping[str, Any], str]:
        late = threading.Event()
        try:
            child = self._start()
        except OSError as error:
            return {}, type(error).__name__
        watch = threading.Timer(self._patience, lambda: (late.set(), _kill(child)))
        watch.start()
        try:
            output = _exchange(child, json.dumps(targets_document(self._targets)).encode())
        finally:
            watch.cancel()
            _kill(child)
            child.wait()
            watch.join()
            self._forget()
        if self._is_cancelled:
            return {}, "cancelled"
        if late.is_set():
            return {}, "timeout"
        return _parsed(output)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_cancelled:
                raise ProcessLookupError
            self._child = subprocess.Popen(
                [*self._command, "--targets", "-"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
            return self._child

    def _forget(self) -> None:
        with self._lock:
            self._child = None


def collect_snapshot(
    command: Sequence[str],
    level: Level = "basic",
    probes: Sequence[str] | None = None,
    *,
    targets: Targets = DEFAULT_TARGETS,
) -> Snapshot:
    """Collect once and wait for it; see `Collection`."""
    return Collection(command, level, probes, targets=targets).run()


def _switches(name: str, values: Sequence[str]) -> list[str]:
    return [part for value in values for part in (name, value)]


def _exchange(child: subprocess.Popen[bytes], question: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        return b""
    try:
        with child.stdin as stream:
            stream.write(question)
    except OSError:
        pass  # it died before it read: what it printed, if anything, tells
    with child.stdout as stream:
        return stream.read(MAX_DOCUMENT + 1)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the collector and the tools it started; a process that has been waited for is left alone."""
    if child.poll() is not None:
        return
    try:
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    except ProcessLookupError:
        pass  # it ended in this very moment


def _parsed(output: bytes) -> tuple[Mapping[str, Any], str]:
    if len(output) > MAX_DOCUMENT:
        return {}, "too_much_output"
    try:
        probes: object = json.loads(output)["probes"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, "no_answer" if not output.strip() else "unreadable_answer"
    if not isinstance(probes, dict):
        return {}, "unreadable_answer"
    return cast("dict[str, Any]", probes), "not_answered"


def _result(document: object, reason: str) -> ProbeResult:
    status = ProbeStatus.TIMEOUT if reason == "timeout" else ProbeStatus.ERROR
    if document is None:
        return ProbeResult(status, reason=reason)
    try:
        one = cast("dict[str, Any]", document)
        return ProbeResult(
            ProbeStatus(one["status"]), dict(one["facts"]), float(one["ms"]), float(one["cpu_ms"]), str(one["reason"])
        )
    except (KeyError, TypeError, ValueError):
        return ProbeResult(ProbeStatus.ERROR, reason="unreadable_answer")
