"""Run by a Windows Python under Wine: fills the throw-away registry, runs each probe, prints what came out as JSON.

No deadlines: a busy test machine must not decide. Not imported by any test.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.runner import guarded

REG_SZ, REG_BINARY, REG_DWORD, REG_QWORD = 1, 3, 4, 11
VERSION = r"Software\Microsoft\Windows\CurrentVersion"
KINDS = {str: REG_SZ, bytes: REG_BINARY, int: REG_DWORD}
MACHINE: dict[str, dict[str, Any]] = {
    r"SOFTWARE\Microsoft\Windows NT\CurrentVersion": {"DisplayVersion": "22H2", "UBR": 6456, "EditionID": "Core"},
    r"HARDWARE\DESCRIPTION\System\BIOS": {"SystemManufacturer": "ASUS", "SystemProductName": "PN50 \u00c4"},
    rf"{VERSION}\Uninstall\Probe": {"DisplayName": "Pr\u00fcfprogramm \u20ac", "DisplayVersion": "1.2"},
    rf"{VERSION}\Component Based Servicing\RebootPending": {},
    r"SYSTEM\CurrentControlSet\Control\Session Manager\Power": {"HiberbootEnabled": 1},
}
USER: dict[str, dict[str, Any]] = {
    rf"{VERSION}\Run": {"Pr\u00fcfstart": "x.exe --token=geheim"},
    rf"{VERSION}\Explorer\StartupApproved\Run": {"Pr\u00fcfstart": b"\x03" + bytes(11)},
    rf"{VERSION}\Internet Settings": {"ProxyEnable": 1, "ProxyServer": "https=127.0.0.1:9;http=127.0.0.1:8"},
    r"Network\Z": {"RemotePath": r"\\127.0.0.1\daten"},
}


def fill(winreg: Any) -> None:
    """Write the values that the test knows."""
    for hive, keys in ((winreg.HKEY_LOCAL_MACHINE, MACHINE), (winreg.HKEY_CURRENT_USER, USER)):
        for path, values in keys.items():
            with winreg.CreateKeyEx(hive, path, 0, winreg.KEY_WRITE | winreg.KEY_WOW64_64KEY) as key:
                for name, value in values.items():
                    winreg.SetValueEx(key, name, 0, KINDS[type(value)], value)
    with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, rf"{VERSION}\FileHistory", 0, winreg.KEY_WRITE) as key:
        winreg.SetValueEx(key, "ProtectedUpToTime", 0, REG_QWORD, (1_790_000_000 + 11_644_473_600) * 10_000_000)


def main() -> None:
    """Fill, ask and print."""
    import winreg

    fill(winreg)
    machine = Machine(window=0.0)
    found = {one.id: guarded(one, machine) for one in PROBES}
    machine.end_tools()
    text = json.dumps({"python": sys.version, "probes": found})
    os.write(1, text.encode("ascii"))
    os._exit(0)


if __name__ == "__main__":
    main()
