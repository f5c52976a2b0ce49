"""Whether drives are encrypted, as the Explorer draws its lock: the one way that needs no administrator."""

from __future__ import annotations

import ctypes

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, unsupported
from desktop.diagnostics.windows.com import apartment, held, obtained
from desktop.diagnostics.windows.devices import Guid, guid
from desktop.diagnostics.windows.libraries import DWORD, HRESULT, LONG, POINTER, Libraries, encoded
from desktop.diagnostics.windows.pc import this_pc
from desktop.diagnostics.windows.volumes import FIXED, drive_kinds

SHELL_ITEM_2 = guid("7e9fb0d3-919f-4307-ab2e-9b1860310c93")
PROPERTY = "System.Volume.BitLockerProtection"
_GET_INTEGER = 16
"""The place of IShellItem2::GetInt32 in its table (shobjidl_core.h)."""
PROTECTION = {
    0: (False, None), 1: (True, "bitlocker"), 2: (False, None), 3: (None, "bitlocker_converting"),
    4: (None, "bitlocker_converting"), 5: (False, "bitlocker_suspended"), 6: (True, "bitlocker"),
}  # fmt: skip
"""What the property's numbers mean: not possible, on, off, being encrypted, being decrypted, suspended, locked.

Microsoft does not document them; public scripts agree on these. Suspended protects nothing: the key lies on the drive.
"""


class PropertyKey(ctypes.Structure):
    """PROPERTYKEY."""

    _fields_ = (("format", Guid), ("number", DWORD))


def read_encryption(machine: Machine) -> dict[str, object]:
    """Read for each fixed drive whether it is encrypted; never a key or who may unlock it."""
    pc = this_pc(machine)
    system = pc.environment.get("SYSTEMDRIVE", "C:").upper() + "\\"
    roots = [root for root, kind in drive_kinds(pc.libraries).items() if kind == FIXED]
    with apartment(pc.libraries):
        key = _key(pc.libraries)
        found = {root: _protection(pc.libraries, root, key) for root in roots}
    if not any(number in PROTECTION for number in found.values()):
        raise unsupported("no_bitlocker")
    is_encrypted, method = PROTECTION.get(found.get(system, -1), (None, None))
    rows = [{"mount": root, "is_encrypted": PROTECTION.get(number, (None, None))[0]} for root, number in found.items()]
    return {"is_system_encrypted": is_encrypted, "method": method, "volumes": rows}


def _key(libraries: Libraries) -> PropertyKey:
    ask = libraries.find("propsys", "PSGetPropertyKeyFromName", HRESULT, POINTER, ctypes.POINTER(PropertyKey))
    key = PropertyKey()
    if ask(encoded(PROPERTY), ctypes.byref(key)) & 0x80000000:
        raise unsupported("no_bitlocker")
    return key


def _protection(libraries: Libraries, root: str, key: PropertyKey) -> int:
    """Return the property of one drive, -1 where it does not have it."""
    make = libraries.find(
        "shell32", "SHCreateItemFromParsingName", HRESULT, POINTER, POINTER, ctypes.POINTER(Guid),
        ctypes.POINTER(POINTER),
    )  # fmt: skip
    found, number = POINTER(), LONG(-1)
    code = make(encoded(root), None, ctypes.byref(SHELL_ITEM_2), ctypes.byref(found))
    try:
        item = obtained(code, found)
    except Unanswered:
        return -1
    with held(libraries, item):
        ask = libraries.method(item, _GET_INTEGER, ctypes.POINTER(PropertyKey), ctypes.POINTER(LONG))
        code = ask(ctypes.byref(key), ctypes.byref(number))
    return -1 if code & 0x80000000 else number.value
