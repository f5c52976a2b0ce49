"""What runs: one light sweep over all processes, users only of the ten that count. Names only, never more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import LINUX, MACOS, WINDOWS, Lane, integer, number, probe, table, text, unsupported

TOP = 10
_COLUMNS = (text("name"), text("user"), number("cpu_percent", "percent"), integer("memory_bytes", "bytes"))
_SYSTEM_ACCOUNTS = frozenset({"root", "system", "local service", "network service", "_windowserver"})


class Seen:
    """A process at one moment: seconds of processor time, when it began (numbers are used again), memory, state.

    `account` says whose it is where the sweep tells that too.
    """

    __slots__ = ("account", "born", "is_blocked", "memory", "name", "seconds")

    def __init__(
        self, name: str, *, seconds: float, born: float, memory: int, is_blocked: bool, account: str = ""
    ) -> None:
        self.name = name
        self.seconds = seconds
        self.born = born
        self.memory = memory
        self.is_blocked = is_blocked
        self.account = account


@probe(
    "processes",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        integer("count", "count"),
        integer("blocked", "count"),
        integer("hung_count", "count"),
        table("top_cpu", *_COLUMNS),
        table("top_memory", *_COLUMNS),
        table("hung", text("name")),
    ),
)
def read_processes(machine: Machine) -> dict[str, object]:
    """Find the ten busiest and the ten largest; percent are of the whole machine, as task managers show it."""
    is_linux = machine.platform == LINUX
    sweep = linux_sweep if is_linux else _macos_sweep if machine.platform == MACOS else _sweep
    begun = time.monotonic()
    before = sweep(machine)
    machine.wait_for_window()
    after = sweep(machine)
    if not after:
        raise unsupported("no_processes")
    shares = cpu_shares(before, after, seconds=(time.monotonic() - begun) * (psutil.cpu_count() or 1))
    account = linux_account if is_linux else _account
    own = os.getpid()
    busiest = sorted((pid for pid, share in shares.items() if pid != own and share > 0), key=lambda pid: -shares[pid])
    largest = sorted((pid for pid in after if pid != own and after[pid].memory), key=lambda pid: -after[pid].memory)

    def row(pid: int) -> dict[str, object]:
        one = after[pid]
        return {
            "name": one.name, "user": one.account or account(machine, pid), "cpu_percent": shares.get(pid, 0.0),
            "memory_bytes": one.memory,
        }  # fmt: skip

    return {
        "count": len(after),
        "blocked": sum(one.is_blocked for one in after.values()) if machine.platform != WINDOWS else None,
        "top_cpu": [row(pid) for pid in busiest[:TOP]],
        "top_memory": [row(pid) for pid in largest[:TOP]],
    } | _hung(machine, after)


def cpu_shares(before: dict[int, Seen], after: dict[int, Seen], *, seconds: float) -> dict[int, float]:
    """Return each process's percent of the `seconds` of processor time that there were."""
    return {
        pid: round(100 * max(0.0, one.seconds - before[pid].seconds) / seconds, 1)
        for pid, one in after.items()
        if pid in before and before[pid].born == one.born
    }


def _hung(machine: Machine, seen: Mapping[int, Seen]) -> dict[str, object]:
    """Name the programs whose windows do not answer; only Windows tells that."""
    if machine.platform != WINDOWS:
        return {}
    from desktop.diagnostics.windows.hung import hung_pids

    found = hung_pids(machine)
    if found is None:
        return {"hung_count": None}
    rows = [{"name": seen[pid].name if pid in seen else None} for pid in found]
    return {"hung_count": len(rows), "hung": rows[:TOP]}


def linux_sweep(machine: Machine) -> dict[int, Seen]:
    """Read /proc/PID/stat of every process: name, state, times and memory in one read, and no command line."""
    page, ticks = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
    found: dict[int, Seen] = {}
    for entry in machine.entries("/proc"):
        content = machine.read(f"/proc/{entry}/stat", 4096) if entry.isdigit() else None
        if content:
            found[int(entry)] = parse_stat(content, page=page, ticks=ticks)
    return found


def parse_stat(content: str, *, page: int, ticks: int) -> Seen:
    """Read one line of proc_pid_stat(5); the name is in brackets and may contain brackets and spaces itself."""
    head, _, tail = content.rpartition(")")
    words = tail.split()
    return Seen(
        head.partition("(")[2],
        seconds=(int(words[11]) + int(words[12])) / ticks,
        born=int(words[19]) / ticks,
        memory=int(words[21]) * page,
        is_blocked=words[0] == "D",
    )


def linux_account(machine: Machine, pid: int) -> str:
    """Say whose process it is without naming anybody."""
    try:
        owner = os.stat(machine.path(f"/proc/{pid}")).st_uid  # noqa: PTH116 - pathlib is too dear here
    except OSError:
        return "other"
    return "self" if owner == os.getuid() else "system" if owner < 1000 else "other"


def _macos_sweep(machine: Machine) -> dict[int, Seen]:
    from desktop.diagnostics.macos import processes as macos

    return {
        pid: Seen(
            one.name, seconds=one.seconds, born=0.0, memory=one.memory, is_blocked=one.is_blocked,
            account=macos.account(one.uid),
        )
        for pid, one in macos.sweep(machine).items()
    }  # fmt: skip


def _sweep(machine: Machine) -> dict[int, Seen]:
    machine.sources.note("psutil")
    found: dict[int, Seen] = {}
    for process in psutil.process_iter():
        try:
            with process.oneshot():
                times = process.cpu_times()
                found[process.pid] = Seen(
                    process.name(),
                    seconds=times.user + times.system,
                    born=process.create_time(),
                    memory=process.memory_info().rss,
                    is_blocked=False,
                )
        except (psutil.Error, OSError):
            continue  # it ended, or is not ours to see
    return found


def _account(_machine: Machine, pid: int) -> str:
    def name_of(number: int) -> str:
        return psutil.Process(number).username().rpartition("\\")[2].lower()

    return _quietly(lambda: "self" if name_of(pid) == name_of(os.getpid()) else _class_of(name_of(pid)))


def _class_of(name: str) -> str:
    return "system" if name in _SYSTEM_ACCOUNTS or name.startswith("_") else "other"


def _quietly(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (psutil.Error, OSError, KeyError):
        return "other"
