"""Printers of Linux and macOS, with the programs of CUPS."""

from __future__ import annotations

import getpass
from pathlib import Path

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.system.actions.programs import ask, installed, run
from desktop.system.actions.values import PRINTER, Call, Way, cannot, impossible

_CANCEL, _LP, _LPSTAT, _LPOPTIONS = "/usr/bin/cancel", "/usr/bin/lp", "/usr/bin/lpstat", "/usr/bin/lpoptions"
_ENABLE = "/usr/sbin/cupsenable"
_TEST_PAGES = (Path("usr/share/cups/data/default-testpage.pdf"), Path("usr/share/cups/data/testprint"))
_TEST_TEXT = b"Ersthelfer\n\nTestseite / Test page\n"
_MOST_JOBS = 200  # cancelled at once; nobody has more that still matter


def foresee_cancelling(call: Call) -> Prospect:
    """Count this user's waiting jobs, on the chosen printer or on all; exactly these are agreed to."""
    if not installed(call, _CANCEL) or not installed(call, _LPSTAT):
        return impossible("no CUPS")
    printer = call.named(PRINTER)
    said = ask(call, _LPSTAT, "-o", *((printer,) if printer else ()))
    if said.code != 0:
        return impossible(said.error)
    user = getpass.getuser()
    rows = [line.split() for line in said.out.splitlines()]
    jobs = [row[0] for row in rows if len(row) > 2 and row[1] == user and _is_job(row[0])][:_MOST_JOBS]
    if not jobs:
        return impossible("no own jobs")
    return Prospect(facts={"count": len(jobs)}, agreed=" ".join(jobs))


def cancel_jobs(call: Call) -> Deed:
    """Cancel the jobs that were agreed to; those printed in the meantime are no longer there and do no harm."""
    return run(call, _CANCEL, *(one for one in call.agreed.split() if _is_job(one)))


def print_test_page(call: Call) -> Deed:
    """Print one page on the chosen printer, else on the standard one."""
    printer = call.named(PRINTER)
    options = (*(("-d", printer) if printer else ()), "-t", "Ersthelfer")
    page = next((call.root / one for one in _TEST_PAGES if (call.root / one).is_file()), None)
    return run(call, _LP, *options, str(page)) if page else run(call, _LP, *options, given=_TEST_TEXT)


def foresee_default(call: Call) -> Prospect:
    """Name the printer that would become the standard one; what already is it needs nobody."""
    printer = call.named(PRINTER)
    if not printer or not installed(call, _LPOPTIONS):
        return impossible("no printer chosen" if not printer else "no CUPS")
    if ask(call, _LPSTAT, "-d").out.endswith(f": {printer}"):
        return impossible("the standard printer already")
    return Prospect(facts={"printer": printer}, agreed=printer)


def set_default(call: Call) -> Deed:
    """Make a printer this user's own standard; what others print on stays."""
    printer = call.agreed or call.named(PRINTER)
    return run(call, _LPOPTIONS, "-d", printer) if printer else cannot("no printer chosen")


def foresee_resuming(call: Call) -> Prospect:
    """Name the queue that would go on printing."""
    printer = call.named(PRINTER)
    if not printer or not installed(call, _ENABLE):
        return impossible("no printer chosen" if not printer else "no CUPS")
    return Prospect(facts={"printer": printer}, agreed=printer)


def resume(call: Call) -> Deed:
    """Let a paused queue print again; CUPS allows that to its administrators."""
    printer = call.agreed or call.named(PRINTER)
    return run(call, _ENABLE, printer) if printer else cannot("no printer chosen")


def _is_job(word: str) -> bool:
    """Tell whether this is a job's name as CUPS makes it: queue, hyphen, number; never an option."""
    queue, _, number = word.rpartition("-")
    return bool(queue) and not queue.startswith("-") and number.isdecimal()


WAYS = {
    "printer.cancel_own_jobs": Way(cancel_jobs, foresee_cancelling),
    "printer.test_page": Way(print_test_page),
    "printer.set_default": Way(set_default, foresee_default),
    "printer.resume": Way(resume, foresee_resuming),
}
