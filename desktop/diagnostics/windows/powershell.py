"""The one PowerShell process for what only WMI and COM's update history know; it is started once per run.

Each fact is asked in a guard of its own and printed as soon as it is known, so that one that hangs takes no other
with it. A line is "name base64", the JSON's UTF-8 in base64, because a redirected console has the code page of old.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, cast

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import denied, unsupported
from desktop.diagnostics.windows.pc import this_pc

PATIENCE = 7.2
"""Seconds; below the deadline of the probes that wait for it."""
KILLED = (0, 1, -9)
"""Exit codes under which the lines so far still count; a process that is ended has 1 here."""
_FRAME = """
$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; $WarningPreference = 'SilentlyContinue'
function Tell($name, $ask) {
  try { $answer = @(& $ask) ; $json = ConvertTo-Json -InputObject @{ ok = $answer } -Compress -Depth 4 }
  catch { $json = ConvertTo-Json -InputObject @{ error = $_.Exception.HResult } -Compress }
  try { $json = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)) } catch { }
  Write-Output "$name $json"
}
"""
QUESTIONS = {
    "disks": """Get-CimInstance -Namespace root/Microsoft/Windows/Storage -ClassName MSFT_PhysicalDisk |
  Select-Object DeviceId, FriendlyName, MediaType, BusType, Size, HealthStatus""",
    "updates": """$session = New-Object -ComObject Microsoft.Update.Session
  $history = $session.CreateUpdateSearcher().QueryHistory(0, 200)
  foreach ($one in $history) { if ($one.Date) { [pscustomobject]@{
    at = [int64]($one.Date - [datetime]'1970-01-01').TotalSeconds; code = [int]$one.ResultCode;
    operation = [int]$one.Operation; title = [string]$one.Title } } }""",
    "wear": """Get-PhysicalDisk | ForEach-Object { $id = $_.DeviceId; $_ | Get-StorageReliabilityCounter |
  Select-Object @{ n = 'DeviceId'; e = { $id } }, Wear, Temperature, ReadErrorsUncorrected }""",
}
"""Names and what is asked; the order is that of the answers, the slow and often forbidden ones last."""


def script() -> str:
    """Return the whole script."""
    return _FRAME + "\n".join(f"Tell '{name}' {{ {ask} }}" for name, ask in QUESTIONS.items())


def answer(machine: Machine, name: str) -> list[dict[str, Any]]:
    """Return the rows of one question; waits for the one process that all share.

    Answers `denied` or `unsupported` where Windows refuses, has no PowerShell, or did not get that far.
    """
    found = machine.once(_ask).get(name)
    if found is None:
        raise unsupported("powershell")
    if "ok" not in found:
        raise denied("wmi") if _is_denial(found.get("error")) else unsupported("wmi")
    rows: object = found["ok"]
    rows = cast("list[object]", rows) if isinstance(rows, list) else [rows]
    return [cast("dict[str, Any]", one) for one in rows if isinstance(one, dict)]


def _is_denial(code: object) -> bool:
    """Tell access denied by COM, by WMI, and by the storage classes' own number."""
    return isinstance(code, int) and code & 0xFFFFFFFF in (0x80070005, 0x80041003, 0x80131501, 0x00009C41)


def _ask(machine: Machine) -> dict[str, dict[str, Any]]:
    pc = this_pc(machine)
    tool = pc.tool("WindowsPowerShell", "v1.0", "powershell.exe")
    if tool is None:
        return {}
    encoded = base64.b64encode(script().encode("utf-16-le")).decode("ascii")
    switches = ("-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand")
    output = machine.run(tool, *switches, encoded, deadline=PATIENCE, accepted=KILLED)
    return parse(output or "")


def parse(output: str) -> dict[str, dict[str, Any]]:
    """Read the lines; what is none of ours, cut off or broken is left out."""
    found: dict[str, dict[str, Any]] = {}
    for line in output.lstrip("\ufeff").splitlines():
        name, _, content = line.strip().partition(" ")
        document = _document(content) if name in QUESTIONS else None
        if isinstance(document, dict):
            found[name] = cast("dict[str, Any]", document)
    return found


def _document(content: str) -> object:
    try:
        text = content if content.startswith("{") else base64.b64decode(content, validate=True).decode("utf-8")
        return json.loads(text)
    except (ValueError, binascii.Error, RecursionError):
        return None
