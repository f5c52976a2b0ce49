"""Printers of Windows (winspool.h, wingdi.h), never run on one."""

from __future__ import annotations

import ctypes
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.system.actions import windows_calls as calls
from desktop.system.actions.programs import in_turn
from desktop.system.actions.values import PRINTER, Call, Way, cannot, impossible
from desktop.system.actions.windows_calls import BOOL, DWORD, HANDLE, LONG, POINTER, TEXT, WORD

_SPOOL, _GDI = "winspool.drv", "gdi32.dll"
_LOCAL_AND_CONNECTED, _ADMINISTER = 6, 4  # PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS; PRINTER_ACCESS_ADMINISTER
_RESUME, _DELETE = 2, 5  # PRINTER_CONTROL_RESUME, JOB_CONTROL_DELETE
_MOST_JOBS = 200
_LINES = ("Ersthelfer", "Testseite / Test page")


class JobInfo1(ctypes.Structure):
    """JOB_INFO_1W; the document's name in it is an address that nobody follows."""

    _fields_ = (
        ("id", DWORD), ("printer", TEXT), ("machine", TEXT), ("user", TEXT), ("document", POINTER), ("datatype", TEXT),
        ("status_text", TEXT), ("status", DWORD), ("priority", DWORD), ("position", DWORD), ("total_pages", DWORD),
        ("pages_printed", DWORD), ("submitted", WORD * 8),
    )  # fmt: skip


class PrinterInfo4(ctypes.Structure):
    """PRINTER_INFO_4W: names from the registry, so that no print server is asked."""

    _fields_ = (("name", TEXT), ("server", TEXT), ("attributes", DWORD))


class PrinterDefaults(ctypes.Structure):
    """PRINTER_DEFAULTSW."""

    _fields_ = (("datatype", TEXT), ("device_mode", POINTER), ("access", DWORD))


class DocInfo(ctypes.Structure):
    """DOCINFOW."""

    _fields_ = (("size", LONG), ("name", TEXT), ("output", TEXT), ("datatype", TEXT), ("type", DWORD))


def foresee_cancelling(call: Call) -> Prospect:
    """Count this user's waiting jobs, on the chosen printer or on all; exactly these are agreed to."""
    try:
        chosen = _chosen(call)
        user = _user().casefold()
        printers = [chosen] if chosen else _printers()
        jobs = [f"{number}\t{one}" for one in printers for number, owner in _jobs(one) if owner.casefold() == user]
    except OSError as error:
        return impossible(str(error))
    if not jobs:
        return impossible("no own jobs")
    return Prospect(facts={"count": len(jobs)}, agreed="\n".join(jobs[:_MOST_JOBS]))


def cancel_jobs(call: Call) -> Deed:
    """Cancel the jobs that were agreed to."""
    return in_turn([_cancel(*line.split("\t", 1)) for line in call.agreed.splitlines() if "\t" in line])


def foresee_default(call: Call) -> Prospect:
    """Name the printer that would become the standard one; what already is it needs nobody."""
    printer = _chosen(call)
    if not printer or printer == _default():
        return impossible("no printer chosen, or the standard one already")
    return Prospect(facts={"printer": printer}, agreed=printer)


def set_default(call: Call) -> Deed:
    """Make a printer this user's own standard."""
    printer = call.agreed or _chosen(call)
    if not printer:
        return cannot("no printer chosen")
    set_, name = calls.function(_SPOOL, "SetDefaultPrinterW", BOOL, TEXT), calls.units(printer)
    return _judged("SetDefaultPrinter", set_(ctypes.addressof(name)))


def foresee_resuming(call: Call) -> Prospect:
    """Name the queue that would go on printing."""
    printer = _chosen(call)
    return Prospect(facts={"printer": printer}, agreed=printer) if printer else impossible("no printer chosen")


def resume(call: Call) -> Deed:
    """Let a paused queue print again; that needs the right to manage the printer."""
    printer = call.agreed or _chosen(call)
    if not printer:
        return cannot("no printer chosen")
    with _opened(printer, _ADMINISTER) as handle:
        set_ = calls.function(_SPOOL, "SetPrinterW", BOOL, HANDLE, DWORD, POINTER, DWORD)
        return _judged("SetPrinter", set_(handle, 0, None, _RESUME))


def print_test_page(call: Call) -> Deed:
    """Print one page through the printer's own driver."""
    printer = _chosen(call) or _default()
    if not printer:
        return cannot("no printer")
    make = calls.function(_GDI, "CreateDCW", HANDLE, TEXT, TEXT, TEXT, POINTER)
    held = calls.units("WINSPOOL"), calls.units(printer)
    device = make(ctypes.addressof(held[0]), ctypes.addressof(held[1]), None, None)
    if not device:
        return calls.deed("CreateDC", calls.last_error() or 1)
    try:
        return _print(device)
    finally:
        calls.function(_GDI, "DeleteDC", BOOL, HANDLE)(device)


def _print(device: int) -> Deed:
    title = calls.units("Ersthelfer")
    document = DocInfo(ctypes.sizeof(DocInfo), ctypes.addressof(title), None, None, 0)
    begin = calls.function(_GDI, "StartDocW", LONG, HANDLE, POINTER)
    if begin(device, ctypes.addressof(document)) <= 0:
        return calls.deed("StartDoc", calls.last_error() or 1)
    page, end_page, end = (calls.function(_GDI, one, LONG, HANDLE) for one in ("StartPage", "EndPage", "EndDoc"))
    write = calls.function(_GDI, "TextOutW", BOOL, HANDLE, LONG, LONG, TEXT, LONG)
    page(device)
    for number, line in enumerate(_LINES, start=2):
        held = calls.units(line)
        write(device, 200, 200 * number, ctypes.addressof(held), len(line))
    is_done = end_page(device) > 0 and end(device) > 0
    return calls.deed("EndDoc", 0 if is_done else calls.last_error() or 1)


def _chosen(call: Call) -> str:
    """Return the printer in question, or nothing.

    Raises OSError for one of a server that this PC has not set up: Windows signs in to whatever server a name gives.
    """
    name = call.named(PRINTER)
    if name.startswith("\\\\") and name.casefold() not in [one.casefold() for one in _printers()]:
        raise OSError("a printer of a foreign server")
    return name


def _cancel(number: str, printer: str) -> Deed:
    with _opened(printer) as handle:
        set_ = calls.function(_SPOOL, "SetJobW", BOOL, HANDLE, DWORD, DWORD, POINTER, DWORD)
        return _judged(f"SetJob {number}", set_(handle, int(number), 0, None, _DELETE))


def _judged(name: str, is_done: int) -> Deed:
    return calls.deed(name, 0 if is_done else calls.last_error() or 1)


@contextmanager
def _opened(printer: str, access: int = 0) -> Generator[int]:
    """Use a printer's handle. Raises OSError where it cannot be opened."""
    open_ = calls.function(_SPOOL, "OpenPrinterW", BOOL, TEXT, POINTER, POINTER)
    name, handle, defaults = calls.units(printer), HANDLE(), PrinterDefaults(None, None, access)
    wanted = ctypes.addressof(defaults) if access else None
    if not open_(ctypes.addressof(name), ctypes.addressof(handle), wanted):
        raise OSError(f"OpenPrinter: error {calls.last_error():#x}")
    try:
        yield handle.value or 0
    finally:
        calls.function(_SPOOL, "ClosePrinter", BOOL, HANDLE)(handle.value)


def _jobs(printer: str) -> Iterator[tuple[int, str]]:
    """Yield number and owner of each waiting job."""
    with _opened(printer) as handle:
        ask = calls.function(
            _SPOOL, "EnumJobsW", BOOL, HANDLE, DWORD, DWORD, DWORD, POINTER, DWORD, POINTER, POINTER
        )  # fmt: skip
        for row in _rows(JobInfo1, partial(ask, handle, 0, _MOST_JOBS, 1)):
            yield row.id, calls.text_at(row.user)


def _printers() -> list[str]:
    ask = calls.function(_SPOOL, "EnumPrintersW", BOOL, DWORD, TEXT, DWORD, POINTER, DWORD, POINTER, POINTER)
    rows = _rows(PrinterInfo4, partial(ask, _LOCAL_AND_CONNECTED, None, 4))
    return [calls.text_at(row.name) for row in rows]


def _rows(kind: Any, ask: Any) -> list[Any]:
    """Ask for the size, then for the rows; the texts lie behind them in the same room."""
    needed, count = DWORD(0), DWORD(0)
    ask(None, 0, ctypes.addressof(needed), ctypes.addressof(count))
    if not needed.value:
        return []
    room = ctypes.create_string_buffer(needed.value)
    if not ask(ctypes.addressof(room), needed.value, ctypes.addressof(needed), ctypes.addressof(count)):
        raise OSError(f"error {calls.last_error():#x}")
    rows = (kind * count.value).from_buffer(room)
    return [rows[place] for place in range(count.value)]


def _user() -> str:
    ask = calls.function("advapi32.dll", "GetUserNameW", BOOL, POINTER, POINTER)
    size, room = DWORD(257), (WORD * 257)()
    if not ask(ctypes.addressof(room), ctypes.addressof(size)):
        raise OSError("GetUserName")
    return calls.text_of(room)


def _default() -> str:
    ask = calls.function(_SPOOL, "GetDefaultPrinterW", BOOL, POINTER, POINTER)
    size, room = DWORD(260), (WORD * 260)()
    return calls.text_of(room) if ask(ctypes.addressof(room), ctypes.addressof(size)) else ""


WAYS = {
    "printer.cancel_own_jobs": Way(cancel_jobs, foresee_cancelling),
    "printer.test_page": Way(print_test_page),
    "printer.set_default": Way(set_default, foresee_default),
    "printer.resume": Way(resume, foresee_resuming),
}
