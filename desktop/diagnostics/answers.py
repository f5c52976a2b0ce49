"""Reads what the collector prints, a line a probe, while it prints: whatever comes, a result is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, cast

from desktop.domain.snapshot import ProbeResult, ProbeStatus

MAX_ANSWER = 8 << 20
"""Bytes of the collector's answer that are read; a snapshot has some ten thousand."""


class Answers:
    """The collector's answer so far; `reason` says why the probes that are still owed have none."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.results: dict[str, ProbeResult] = {}
        self.reason = "no_answer"
        self._wanted = wanted

    def read(self, stream: IO[bytes]) -> Iterator[str]:
        """Yield the id of each probe that comes, to the end, to `MAX_ANSWER` or to a line that is none of ours."""
        left = MAX_ANSWER
        while line := stream.readline(left + 1):
            left -= len(line)
            if left < 0:
                self.reason = "too_much_output"
                return
            if line.isspace():
                continue
            found = _parsed(line)
            if found is None:
                self.reason = "unreadable_answer"
                return
            self.reason = "not_answered"
            probe_id, document = found
            if probe_id in self._wanted and probe_id not in self.results:
                self.results[probe_id] = read_result(document)
                yield probe_id


def read_result(document: object) -> ProbeResult:
    """Read one probe's result; one that is none of ours becomes an error."""
    try:
        one = cast("dict[str, Any]", document)
        return ProbeResult(
            ProbeStatus(one["status"]), dict(one["facts"]), float(one["ms"]), float(one["cpu_ms"]), str(one["reason"]),
            str(one.get("source", "")),
        )  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError):
        return ProbeResult(ProbeStatus.ERROR, reason="unreadable_answer")


def _parsed(line: bytes) -> tuple[str, object] | None:
    try:
        document = json.loads(line)
        return str(document["probe"]), document["result"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
