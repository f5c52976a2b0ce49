"""The print queues of a Windows PC (winspool.h): how they stand and what waits, never a document's name."""

from __future__ import annotations

import ctypes
import re
import time
from calendar import timegm
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial, unsupported
from desktop.diagnostics.windows.libraries import (
    BOOL,
    DWORD,
    HANDLE,
    INSUFFICIENT_BUFFER,
    MORE_DATA,
    POINTER,
    TEXT,
    WORD,
    Libraries,
    buffer_of,
    encoded,
    rows_of,
    units_text,
    wide,
)
from desktop.diagnostics.windows.pc import Pc, this_pc

PORTS = r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Monitors\Standard TCP/IP Port\Ports"
DRIVERS = r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Environments\Windows x64\Drivers"
LOCAL, CONNECTIONS = 2, 4
WORK_OFFLINE = 0x400
NO_SERVER, NOT_STARTED = 1722, 1062
"""RPC_S_SERVER_UNAVAILABLE and ERROR_SERVICE_NOT_ACTIVE: the spooler does not run."""
PAUSED, OFFLINE = 0x1, 0x80
PRINTING = 0x400 | 0x100 | 0x200 | 0x4000
ALERTS = {
    0x8: "media-jam", 0x10: "media-empty", 0x20: "media-needed", 0x40: "media-jam", 0x800: "output-area-full",
    0x20000: "toner-low", 0x40000: "toner-empty", 0x400000: "door-open", 0x2: "other-error", 0x1000: "shutdown",
    0x100000: "other-warning", 0x200000: "other-error",
}  # fmt: skip
"""PRINTER_STATUS_… in the words of RFC 8011 section 5.4.12, which the rules know."""
VIRTUAL_PORTS = re.compile(
    r"(PORTPROMPT|XPSPort|SHRFAX|FILE|NUL)\d*:|Microsoft\.Office\.OneNote|.*\.pdf$", re.IGNORECASE
)
VIRTUAL_DRIVERS = re.compile(r"print to pdf|xps document|onenote|\bfax\b|pdfcreator|pdf24|adobe pdf", re.IGNORECASE)
MOST_JOBS = 200


class PrinterInfo2(ctypes.Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        ("server", TEXT), ("name", TEXT), ("share", TEXT), ("port", TEXT), ("driver", TEXT), ("comment", TEXT),
        ("location", TEXT), ("mode", POINTER), ("separator", TEXT), ("processor", TEXT), ("datatype", TEXT),
        ("parameters", TEXT), ("security", POINTER), ("attributes", DWORD), ("priority", DWORD),
        ("default_priority", DWORD), ("start", DWORD), ("until", DWORD), ("status", DWORD), ("jobs", DWORD),
        ("pages_per_minute", DWORD),
    )  # fmt: skip


class PrinterInfo4(ctypes.Structure):
    """PRINTER_INFO_4W: what the registry knows, so that no server is asked."""

    _fields_ = (("name", TEXT), ("server", TEXT), ("attributes", DWORD))


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W; the document's name in it is an address that nobody follows."""

    _fields_ = (
        ("id", DWORD), ("printer", TEXT), ("machine", TEXT), ("user", TEXT), ("document", POINTER), ("datatype", TEXT),
        ("status_text", TEXT), ("status", DWORD), ("priority", DWORD), ("position", DWORD), ("total_pages", DWORD),
        ("pages_printed", DWORD), ("submitted", WORD * 8),
    )  # fmt: skip


class Queue:
    """One print queue; `status` and `attributes` are Windows' own bits, None where only a server knows them."""

    __slots__ = ("driver", "is_offline", "is_paused", "name", "port", "status")

    def __init__(
        self, name: str, *, port: str = "", driver: str = "", status: int | None = None, attributes: int = 0
    ) -> None:
        self.name = name
        self.port = port
        self.driver = driver
        self.status = status
        self.is_paused = None if status is None else bool(status & PAUSED)
        self.is_offline = bool(attributes & WORK_OFFLINE or (status or 0) & OFFLINE) if status is not None else None

    @property
    def is_virtual(self) -> bool:
        """Tell whether it makes files or faxes instead of paper."""
        return bool(VIRTUAL_PORTS.match(self.port) or VIRTUAL_DRIVERS.search(self.driver))

    @property
    def state(self) -> str:
        """Return "stopped", "printing", "idle", or "unknown" for a queue of another machine."""
        if self.status is None:
            return "unknown"
        return "stopped" if self.is_paused else "printing" if self.status & PRINTING else "idle"

    @property
    def alerts(self) -> list[str]:
        """Return what the queue says is wrong."""
        return list(dict.fromkeys(word for bit, word in ALERTS.items() if (self.status or 0) & bit))


def read_printers(machine: Machine) -> dict[str, object]:
    """Read the queues: those of this PC in full, those of print servers by name, because asking would wait for them."""
    pc = this_pc(machine)
    try:
        local = machine.once(local_queues)
        connected = _connected(pc.libraries)
    except SpoolerStopped:
        return {"is_spooler_running": False}
    default = _default(pc.libraries)
    queues = [*local, *connected]
    rows: list[dict[str, object]] = [
        {
            "name": one.name, "state": one.state, "is_default": one.name == default,
            "is_virtual": one.is_virtual if one.status is not None else None, "is_paused": one.is_paused,
            "is_offline": one.is_offline, "alerts": one.alerts, "driver": one.driver or None,
            "driver_version": _driver_version(pc, one.driver), "connection": _connection(pc, one),
        }
        for one in queues
    ]  # fmt: skip
    virtual = next((one.is_virtual for one in queues if one.name == default), None)
    return {"is_spooler_running": True, "default": default, "is_default_virtual": virtual, "printers": rows}


def _connection(pc: Pc, queue: Queue) -> str | None:
    """Say how the printer hangs on this PC, as for every system."""
    if queue.is_virtual:
        return "file"
    port = queue.port.upper()
    kinds = {"USB": "usb", "DOT4": "usb", "LPT": "parallel", "COM": "serial", "WSD": "network", "IP_": "network"}
    found = next((kind for start, kind in kinds.items() if port.startswith(start)), None)
    if found or queue.status is None:
        return found or "network"  # only print servers' queues have no status
    try:
        return "network" if queue.port and pc.registry.exists(rf"{PORTS}\{queue.port}") else None
    except PermissionError:
        return None


def _driver_version(pc: Pc, driver: str) -> str | None:
    if not driver:
        return None
    try:
        found = (
            pc.registry.text(rf"{DRIVERS}\{kind}\{driver}", "DriverVersion") for kind in ("Version-4", "Version-3")
        )
        return next(filter(None, found), None)
    except PermissionError:
        return None


class SpoolerStopped(Exception):  # noqa: N818 - an answer of its own, not a fault
    """The print service does not run."""


def local_queues(machine: Machine) -> list[Queue]:
    """List the queues of this PC, once per run. Raises SpoolerStopped."""
    libraries = this_pc(machine).libraries
    content, count = _listed(libraries, LOCAL, 2)
    rows: list[PrinterInfo2] = rows_of(content, PrinterInfo2, count)
    return [
        Queue(
            wide(one.name), port=wide(one.port), driver=wide(one.driver), status=one.status, attributes=one.attributes
        )
        for one in rows
    ]


def _connected(libraries: Libraries) -> list[Queue]:
    content, count = _listed(libraries, CONNECTIONS, 4)
    return [Queue(wide(one.name)) for one in rows_of(content, PrinterInfo4, count)]


def _listed(libraries: Libraries, flags: int, level: int) -> tuple[Any, int]:
    """Return what EnumPrinters writes, and the number of rows; texts lie behind the rows in the same memory."""
    number = ctypes.POINTER(DWORD)
    ask = libraries.find("winspool.drv", "EnumPrintersW", BOOL, DWORD, POINTER, DWORD, POINTER, DWORD, number, number)
    size, count = DWORD(1 << 14), DWORD()
    for _ in range(3):  # a printer may come while we ask
        content = buffer_of(size.value)
        room = ctypes.sizeof(content)
        if ask(flags, None, level, content, room, ctypes.byref(size), ctypes.byref(count)):
            return content, count.value
        code = libraries.last_error()
        if code in (NO_SERVER, NOT_STARTED):
            raise SpoolerStopped
        if code not in (INSUFFICIENT_BUFFER, MORE_DATA):
            raise libraries.failed("printers")
    raise unsupported("printers")


def _default(libraries: Libraries) -> str | None:
    ask = libraries.find("winspool.drv", "GetDefaultPrinterW", BOOL, POINTER, ctypes.POINTER(DWORD))
    name, size = (WORD * 512)(), DWORD(512)
    return units_text(name) or None if ask(name, ctypes.byref(size)) else None


def read_printer_jobs(machine: Machine) -> dict[str, object]:
    """Read what waits on this PC's own queues: age and owner only. Jobs on print servers are not known here."""
    pc = this_pc(machine)
    try:
        queues = machine.once(local_queues)
        has_connections = bool(_connected(pc.libraries))
    except SpoolerStopped:
        raise unsupported("no_spooler") from None
    own = _own_name(pc.libraries)
    now = time.time()
    rows = [row for one in queues for row in _jobs(pc.libraries, one.name, own=own, now=now)]
    ages = [int(str(row["age_s"])) for row in rows if row["is_own"] and row["age_s"] is not None]
    mine = [row["is_own"] for row in rows]
    facts: dict[str, object] = {"jobs": rows, "own": sum(one is True for one in mine)}
    if has_connections and not ages:
        raise partial("print_server", facts)
    return facts | {"oldest_own_s": max(ages, default=0) if None not in mine else None}


def _own_name(libraries: Libraries) -> str | None:
    try:
        ask = libraries.find("advapi32", "GetUserNameW", BOOL, POINTER, ctypes.POINTER(DWORD))
    except Unanswered:
        return None
    name, size = (WORD * 257)(), DWORD(257)
    return units_text(name).casefold() or None if ask(name, ctypes.byref(size)) else None


def _jobs(libraries: Libraries, queue: str, *, own: str | None, now: float) -> list[dict[str, object]]:
    open_printer = libraries.find("winspool.drv", "OpenPrinterW", BOOL, POINTER, ctypes.POINTER(HANDLE), POINTER)
    close = libraries.find("winspool.drv", "ClosePrinter", BOOL, HANDLE)
    printer = HANDLE()
    if not open_printer(encoded(queue), ctypes.byref(printer), None):
        return []  # it went away, or is not ours to see
    try:
        content, count = _listed_jobs(libraries, printer)
        return [_job_row(queue, one, own=own, now=now) for one in rows_of(content, JobInfo1, count)]
    finally:
        close(printer)


def _listed_jobs(libraries: Libraries, printer: Any) -> tuple[Any, int]:
    number = ctypes.POINTER(DWORD)
    ask = libraries.find("winspool.drv", "EnumJobsW", BOOL, HANDLE, DWORD, DWORD, DWORD, POINTER, DWORD, number, number)
    size, count = DWORD(1 << 14), DWORD()
    for _ in range(3):
        content = buffer_of(size.value)
        room = ctypes.sizeof(content)
        if ask(printer, 0, MOST_JOBS, 1, content, room, ctypes.byref(size), ctypes.byref(count)):
            return content, count.value
        if libraries.last_error() not in (INSUFFICIENT_BUFFER, MORE_DATA):
            break
    return buffer_of(8), 0


def _job_row(queue: str, job: JobInfo1, *, own: str | None, now: float) -> dict[str, object]:
    year, month, _, day, hour, minute, second, _ = job.submitted
    submitted = timegm((year, month, day, hour, minute, second)) if year > 1970 else None
    return {
        "printer": queue,
        "age_s": max(0, int(now - submitted)) if submitted else None,
        "size_bytes": None,
        "is_own": wide(job.user).casefold() == own if own else None,
    }


def network_ports(machine: Machine) -> list[tuple[str, str, int]]:
    """Return (queue, host, port) of this PC's queues on a standard TCP/IP port."""
    registry = this_pc(machine).registry
    try:
        queues = machine.once(local_queues)
    except SpoolerStopped:
        raise unsupported("no_spooler") from None
    found: list[tuple[str, str, int]] = []
    for one in queues:
        # Two queues share a port in a pool, written with commas.
        for port in filter(None, (part.strip() for part in one.port.split(","))):
            path = rf"{PORTS}\{port}"
            host = registry.text(path, "HostName") or registry.text(path, "IPAddress")
            if host:
                found.append((one.name, host, registry.number(path, "PortNumber") or 9100))
    return found
