"""All stand-ins for Windows' libraries over one recorded PC, and the machine that is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.diagnostics.machine import Machine
from tests.diagnostics.windows.dll import Dll
from tests.diagnostics.windows.log_dlls import Com, Logs
from tests.diagnostics.windows.machine_dlls import Devices, Kernel, Screens, Windows
from tests.diagnostics.windows.network_dlls import Adapters, Mpr, Ras, Wlan
from tests.diagnostics.windows.office_dlls import Accounts, Spooler
from tests.diagnostics.windows.pc import FakeLibraries, FakeWinreg, Memory, windows_machine
from tests.diagnostics.windows.recorded import Recorded

PARTS: tuple[type[Dll], ...] = (
    Kernel, Windows, Screens, Devices, Adapters, Wlan, Ras, Mpr, Spooler, Accounts, Logs, Com,
)  # fmt: skip


class RecordedLibraries(FakeLibraries):
    """The libraries of a recorded PC; `logs` and `com` tell what was left open."""

    def __init__(self, pc: Recorded) -> None:
        super().__init__({})
        self.memory = Memory()
        self.parts = {kind: kind(pc, self, self.memory) for kind in PARTS}
        for part in self.parts.values():
            self.functions |= part.exports()

    def left_open(self) -> int:
        """Count the handles and objects that nobody closed."""
        logs, com = self.parts[Logs], self.parts[Com]
        assert isinstance(logs, Logs)
        assert isinstance(com, Com)
        return len(logs.open) + sum(one.held for one in com.made)


def recorded_machine(pc: Recorded, *, system_folder: Path | None = None, **options: Any) -> Machine:
    """Return the machine that a recorded PC is."""
    return windows_machine(
        winreg=FakeWinreg(pc.registry),
        libraries=RecordedLibraries(pc).libraries,
        system_folder=system_folder,
        environment=pc.environment,
        **options,
    )
