"""Names of PCI devices, from the table that distributions ship and `lspci` prints from."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine

DEVICES = "/sys/bus/pci/devices"
TABLES = ("/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids")
MAX_TABLE = 4 << 20
"""Bytes of the table that are read; it has 1.4 million in 2026."""


class PciNames:
    """Looks devices up by vendor and device number; without a table the numbers are the name."""

    def __init__(self, machine: Machine) -> None:
        self._table = next((found for one in TABLES if (found := machine.read(one, MAX_TABLE))), "")

    def name(self, vendor: str, device: str) -> str:
        """Return "Intel Corporation Iris Xe Graphics", or "8086:9a49"; both numbers as /sys writes them."""
        first, second = vendor.removeprefix("0x"), device.removeprefix("0x")
        start = f"\n{self._table}".find(f"\n{first}  ")
        if start < 0:
            return f"{first}:{second}"
        maker, _, rest = self._table[start:].partition("\n")
        section = rest[: _end_of_section(rest)]
        found = f"\n{section}".find(f"\n\t{second}  ")
        product = section[found:].partition("\n")[0].strip() if found >= 0 else ""
        return f"{maker[len(first) :].strip()} {product[len(second) :].strip() or second}"


def _end_of_section(text: str) -> int:
    """Return where the next vendor begins: the first line that is neither indented nor a comment."""
    place = 0
    while place < len(text) and text[place] in "\t#\n":
        place = text.find("\n", place) + 1 or len(text)
    return place
