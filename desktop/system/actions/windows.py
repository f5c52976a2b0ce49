"""All ways of Windows."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.wizard.doing import Deed
from desktop.system.actions import hung_program, windows_desktop, windows_network, windows_printers
from desktop.system.actions.programs import in_turn, run, way
from desktop.system.actions.values import Call, Way
from desktop.system.actions.windows_calls import SYSTEM32


def restart_spooler(call: Call) -> Deed:
    """Stop and start the print service; started in any case, waiting jobs are on disk and stay."""
    stopped = run(call, f"{SYSTEM32}net.exe", "stop", "spooler", "/y")
    started = run(call, f"{SYSTEM32}net.exe", "start", "spooler")
    return started if started.result is stopped.result else in_turn((started, stopped))


WAYS: Mapping[str, Way] = {
    **windows_printers.WAYS,
    **windows_network.WAYS,
    **windows_desktop.WAYS,
    **hung_program.WAYS,
    "spooler.restart": Way(restart_spooler, deadline=60.0),
    "net.reconnect": way(f"{SYSTEM32}ipconfig.exe", "/renew", deadline=60.0),
    "dns.flush": way(f"{SYSTEM32}ipconfig.exe", "/flushdns"),
    "policy.update": way(f"{SYSTEM32}gpupdate.exe", "/target:user", "/wait:45", deadline=60.0),
    "clock.sync": way(f"{SYSTEM32}w32tm.exe", "/resync", deadline=60.0),
}
