"""The serial number that the maker wrote into the firmware (SMBIOS, DSP0134), which needs no administrator here."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.libraries import DWORD, POINTER, Libraries, buffer_of

RAW_TABLES = 0x52534D42
"""The provider "RSMB" of GetSystemFirmwareTable."""
HEAD = 8
"""Bytes before the structures: how the table was called for, its version, its length."""
SYSTEM, END_OF_TABLE, SERIAL_AT = 1, 127, 7
MOST = 1 << 20


def serial_number(libraries: Libraries) -> str | None:
    """Return the system's serial number, None where the firmware or Windows does not tell."""
    try:
        ask = libraries.find("kernel32", "GetSystemFirmwareTable", DWORD, DWORD, DWORD, POINTER, DWORD)
    except Unanswered:
        return None
    size = ask(RAW_TABLES, 0, None, 0)
    if not HEAD < size <= MOST:
        return None
    content = buffer_of(size)
    written = ask(RAW_TABLES, 0, content, size)
    return parse_serial(content.raw[HEAD : min(written, size)])


def parse_serial(tables: bytes) -> str | None:
    """Read the serial number of the structure "System Information" (DSP0134 section 7.2)."""
    for formatted, texts in _structures(tables):
        if formatted[0] == SYSTEM and len(formatted) > SERIAL_AT:
            number = formatted[SERIAL_AT]
            text = texts[number - 1].decode("latin-1").strip() if 0 < number <= len(texts) else ""
            return text or None
    return None


def _structures(tables: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Return each structure's fixed part, and its texts, which follow it and end with two zeros."""
    place = 0
    while place + 4 <= len(tables):
        length = tables[place + 1]
        end = tables.find(b"\0\0", place + length)
        if length < 4 or end < 0 or tables[place] == END_OF_TABLE:
            return
        yield tables[place : place + length], tables[place + length : end].split(b"\0")
        place = end + 2
