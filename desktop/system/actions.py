"""What wizards may have the program do: a fixed list of ids, so that no file ever brings a command line.

Every program is started by its absolute path, without a shell, with a deadline. What this system cannot do, or what
is not installed, answers "cannot" and the wizard goes its other way. Only the Linux commands have been run; those for
Windows and macOS follow the makers' documentation.
"""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from desktop.system.platforms import this_platform

DEADLINE = 30.0  # seconds: a print server that is slow to answer still makes it, a person still waits for it
PRINTER = "printer_name"
_TEST_PAGES = (Path("/usr/share/cups/data/default-testpage.pdf"), Path("/usr/share/cups/data/testprint"))
_INTERFACES = Path("/sys/class/net")
_TEST_TEXT = b"Ersthelfer\n\nTestseite / Test page\n"


class ActionResult(Enum):
    """How it went; CANNOT means that this system has no way to do it."""

    DONE = "done"
    FAILED = "failed"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class ActionReport:
    """The result and what the system said about it (foreign text, for people who ask)."""

    result: ActionResult
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One program to start: its absolute path and arguments, and what it reads."""

    path: str
    arguments: tuple[str, ...] = ()
    given: bytes = b""


Answers = Mapping[str, object]
MakeCommand = Callable[[Answers], Command]


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the list; `commands` has the platforms it exists for, `needs_admin` limits it to technicians."""

    id: str
    commands: Mapping[str, MakeCommand]
    needs_admin: bool = False

    @property
    def platforms(self) -> frozenset[str]:
        """Return the systems that can do it: windows, macos, linux."""
        return frozenset(self.commands)


def action_ids() -> frozenset[str]:
    """Return the ids that wizard files may name."""
    return frozenset(ACTIONS)


def can_perform(action_id: str, *, platform: str | None = None) -> bool:
    """Tell whether this kind of system has the action at all, before somebody is asked for consent."""
    action = ACTIONS.get(action_id)
    return action is not None and (platform or this_platform()) in action.platforms


def perform(
    action_id: str, answers: Answers, *, platform: str | None = None, root: Path = Path("/"), deadline: float = DEADLINE
) -> ActionReport:
    """Do it and wait for its end; blocks up to `deadline` seconds, so call it on an io lane.

    `answers` are the wizard's answers by field; `root` is where the system's programs stand.
    """
    action = ACTIONS.get(action_id)
    make = action.commands.get(platform or this_platform()) if action else None
    if make is None:
        return ActionReport(ActionResult.CANNOT)
    command = make(answers)
    program = root / command.path.lstrip("/") if command.path.startswith("/") else Path(command.path)
    if not command.path or not program.is_file():
        return ActionReport(ActionResult.CANNOT, command.path)
    return _run(program, command, deadline)


def _run(program: Path, command: Command, deadline: float) -> ActionReport:
    try:
        done = subprocess.run(
            [str(program), *command.arguments], input=command.given, capture_output=True, timeout=deadline, check=False
        )
    except subprocess.TimeoutExpired:
        return ActionReport(ActionResult.FAILED, f"> {deadline:g} s")
    except OSError as error:
        return ActionReport(ActionResult.FAILED, str(error))
    said = (done.stderr or done.stdout).decode("utf-8", errors="replace").strip()[:500]
    return ActionReport(ActionResult.DONE if done.returncode == 0 else ActionResult.FAILED, said)


def _printer(answers: Answers, option: Sequence[str]) -> tuple[str, ...]:
    """Return the chosen printer as an argument; a name that looks like an option is left out."""
    name = answers.get(PRINTER)
    is_usable = isinstance(name, str) and name and not name.startswith("-") and name.isprintable()
    return (*option, name) if is_usable and isinstance(name, str) else ()


def _cancel_own_jobs(answers: Answers) -> Command:
    return Command("/usr/bin/cancel", ("-u", getpass.getuser(), *(_printer(answers, ()) or ("-a",))))


def _test_page(answers: Answers) -> Command:
    options = (*_printer(answers, ("-d",)), "-t", "Ersthelfer")
    page = next((one for one in _TEST_PAGES if one.is_file()), None)
    return Command("/usr/bin/lp", (*options, str(page))) if page else Command("/usr/bin/lp", options, _TEST_TEXT)


def _reconnect(_: Answers) -> Command:
    """NetworkManager activates the connection anew, which also asks for a new address; a user may do that."""
    interface = _network_interface()
    return Command("/usr/bin/nmcli", ("--wait", "20", "device", "connect", interface)) if interface else Command("")


def _network_interface(folder: Path = _INTERFACES) -> str:
    """Return the network card to reconnect: a real one, a connected one first; empty where there is none."""
    cards = [one for one in sorted(folder.glob("*")) if (one / "device").exists()]
    connected = (one.name for one in cards if _is_up(one))
    return next(connected, cards[0].name if cards else "")


def _is_up(card: Path) -> bool:
    try:
        return (card / "operstate").read_text().strip() == "up"
    except OSError:
        return False


def _fixed(path: str, *arguments: str) -> MakeCommand:
    return lambda _: Command(path, arguments)


_IPCONFIG = r"C:\Windows\System32\ipconfig.exe"
_DECLARED = (
    Action("printer.cancel_own_jobs", {"linux": _cancel_own_jobs, "macos": _cancel_own_jobs}),
    Action("printer.test_page", {"linux": _test_page, "macos": _test_page}),
    Action(
        "spooler.restart",
        {"linux": _fixed("/usr/bin/systemctl", "--no-ask-password", "restart", "cups.service")},
        needs_admin=True,
    ),
    Action("net.reconnect", {"linux": _reconnect, "windows": _fixed(_IPCONFIG, "/renew")}),
    Action(
        "dns.flush",
        {
            "linux": _fixed("/usr/bin/resolvectl", "flush-caches"),
            "windows": _fixed(_IPCONFIG, "/flushdns"),
            "macos": _fixed("/usr/bin/dscacheutil", "-flushcache"),
        },
    ),
)
ACTIONS: Mapping[str, Action] = MappingProxyType({one.id: one for one in _DECLARED})
