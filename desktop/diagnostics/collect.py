"""Starts the collector, waits for it with a deadline and makes a Snapshot of what it prints, whatever that is.

What a probe has answered is kept, whatever happens to the collector afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desktop.base.clock import Clock, to_text, utc_now
from desktop.diagnostics.answers import Answers
from desktop.diagnostics.findings import Rule, evaluate
from desktop.diagnostics.probe import Lane
from desktop.diagnostics.registry import selected
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.targets import DEFAULT_TARGETS, Targets, targets_document
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot

Level: TypeAlias = Literal["basic", "full"]
START_UP = 5.0
"""Seconds that a cold start of the collector may take on top of its probes' deadlines (our judgement)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A probe has answered, as the `done`th of `total`; `lane_left` others of its lane are still owed."""

    probe: str
    result: ProbeResult
    lane: Lane
    done: int
    total: int
    lane_left: int


def _say_nothing(_progress: Progress) -> None:
    """Take progress that nobody watches."""


class Collection:
    """One run of the collector. `cancel` may be called from any thread while `run` waits on another.

    `on_progress` is called on the thread that runs `run`, once for each probe that answers, in the order in which they
    do; `total` says how many are asked. A probe that the collector owes in the end has no call of its own. What the
    callback raises ends the collector and comes out of `run`.
    """

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
        on_progress: Callable[[Progress], None] = _say_nothing,
    ) -> None:
        self._command = [*command, "--print", "lines", "--level", level, *_switches("--probe", probes or ())]
        self._command += _switches("--lane", [one.value for one in lanes or ()])
        self._level = level
        self._wanted = selected(level, probes=tuple(probes or ()), lanes=tuple(lanes or ()))
        self._targets = targets
        self._rules = rules
        self._clock = clock
        self._on_progress = on_progress
        self._patience = start_up + max((one.deadline for one in self._wanted), default=0.0)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False

    @property
    def total(self) -> int:
        """Return how many probes are asked."""
        return len(self._wanted)

    @property
    def lanes(self) -> Mapping[Lane, int]:
        """Return how many probes of each lane are asked, the lanes in their order."""
        counted = Counter(one.lane for one in self._wanted)
        return {lane: counted[lane] for lane in Lane if counted[lane]}

    def run(self) -> Snapshot:
        """Collect and judge. Blocks for the longest deadline at most; never raises for a faulty collector."""
        taken_at = to_text(self._clock())
        answers = Answers(tuple(one.id for one in self._wanted))
        reason = self._ask(answers)
        status = ProbeStatus.TIMEOUT if reason == "timeout" else ProbeStatus.ERROR
        owed = ProbeResult(status, reason=reason)
        probes = {one.id: answers.results.get(one.id, owed) for one in self._wanted}
        rules = self._rules if self._rules is not None else load_rules()
        return Snapshot(taken_at, self._level, probes, evaluate(probes, rules))

    def cancel(self) -> None:
        """End the collector now; `run` then returns with what has been answered so far."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None:
                _kill(self._child)

    def _ask(self, answers: Answers) -> str:
        """Fill `answers` while the collector runs; returns why there is no answer of those that are owed."""
        late = threading.Event()
        try:
            child = self._start()
        except OSError as error:
            return "cancelled" if self._is_cancelled else type(error).__name__
        watch = threading.Timer(self._patience, lambda: (late.set(), _kill(child)))
        watch.start()
        try:
            for probe_id in _exchange(child, json.dumps(targets_document(self._targets)).encode(), answers):
                self._on_progress(self._progress(probe_id, answers))
        finally:
            watch.cancel()
            _kill(child)
            child.wait()
            watch.join()
            self._forget()
        if self._is_cancelled:
            return "cancelled"
        return "timeout" if late.is_set() else answers.reason

    def _progress(self, probe_id: str, answers: Answers) -> Progress:
        left = Counter(one.lane for one in self._wanted if one.id not in answers.results)
        lane = next(one.lane for one in self._wanted if one.id == probe_id)
        result = answers.results[probe_id]
        return Progress(probe_id, result, lane, len(answers.results), self.total, left[lane])

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
    on_progress: Callable[[Progress], None] = _say_nothing,
) -> Snapshot:
    """Collect once and wait for it; see `Collection`."""
    return Collection(command, level, probes, targets=targets, on_progress=on_progress).run()


def _switches(name: str, values: Sequence[str]) -> list[str]:
    return [part for value in values for part in (name, value)]


def _exchange(child: subprocess.Popen[bytes], question: bytes, answers: Answers) -> Iterator[str]:
    if child.stdin is None or child.stdout is None:
        return
    try:
        with child.stdin as stream:
            stream.write(question)
    except OSError:
        pass  # it died before it read: what it printed, if anything, tells
    with child.stdout as stream:
        yield from answers.read(stream)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the collector and the tools it started; a process that has been waited for is left alone."""
    if child.poll() is not None:
        return
    try:
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    except (ProcessLookupError, PermissionError):
        pass  # it ended in this very moment; macOS calls a group of which nobody is left forbidden
