"""The collector: a short-lived process that asks the machine and prints what it knows as one JSON document.

    collector [--level basic|full] [--lane fast|network|slow]… [--probe ID]… [--targets -] [--print lines]

With `--targets -` the network lane's targets are read as JSON from standard input. With `--print lines` there is a line
of JSON for each probe as soon as it has answered, `{"probe": "os", "result": {…}}`, instead of the document at the end:
who waits can show progress, and keeps what was there if this process is ended. It leaves without waiting for probes
that hang. Apart from psutil and the standard library it imports only `diagnostics` and the words of `domain`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Lane
from desktop.diagnostics.registry import LANES, hold_tools, load_readers, selected
from desktop.diagnostics.runner import run_probes
from desktop.diagnostics.targets import DEFAULT_TARGETS, NO_TARGETS, Targets, read_targets

OFFLINE_VARIABLE = "ERSTHELFER_OFFLINE"
"""Set to anything, nobody outside the machine is asked, whatever the targets say."""
FORMS = ("document", "lines")
USAGE = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Collect, print and leave the process at once. Exit code 0, or 2 where the arguments are none of ours."""
    try:
        collect(list(sys.argv[1:] if arguments is None else arguments))
    except ValueError as error:
        os.write(2, f"collector: {error}\n".encode())
        _leave(USAGE)
        return
    _leave(0)


def collect(arguments: list[str]) -> None:
    """Run the probes that the arguments name and print what they say. Raises ValueError for a wrong argument."""
    given: dict[str, list[str]] = {"--level": [], "--lane": [], "--probe": [], "--targets": [], "--print": []}
    for name, value in zip(arguments[::2], arguments[1::2], strict=False):
        given.get(name, []).append(value)
    if len(arguments) % 2 or not given.keys() >= set(arguments[::2]):
        raise ValueError("unknown argument")
    level, form = (given["--level"] or ["basic"])[-1], (given["--print"] or ["document"])[-1]
    if level not in LANES or form not in FORMS:
        raise ValueError("unknown level or form")
    lanes = tuple(Lane(one) for one in given["--lane"])
    probes = selected(level, probes=tuple(given["--probe"]), lanes=lanes)
    targets = _targets(from_input=bool(given["--targets"]))
    load_readers(sys.platform)
    machine = Machine(targets=targets)
    hold_tools(machine)
    try:
        if form == "lines":
            run_probes(probes, machine, tell=lambda probe, result: _print({"probe": probe, "result": result}))
        else:
            _print({"schema": 1, "level": level, "probes": run_probes(probes, machine)})
    finally:
        machine.end_tools()


def _targets(*, from_input: bool) -> Targets:
    given = read_targets(json.load(sys.stdin)) if from_input else DEFAULT_TARGETS
    return NO_TARGETS if os.environ.get(OFFLINE_VARIABLE) else given


def _print(document: dict[str, object]) -> None:
    """Print one line of JSON."""
    # Names in foreign encodings reach Python as half characters, which neither a database nor a message can hold.
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    data = f"{text}\n".encode("utf-8", "replace")
    while data:
        data = data[os.write(1, data) :]


def _leave(code: int) -> None:
    os._exit(code)


if __name__ == "__main__":
    main()
