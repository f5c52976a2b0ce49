"""Asks Windows' event logs (wevtapi): which source, which number, when. Messages are never rendered."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from desktop.diagnostics.windows.libraries import (
    BOOL,
    DWORD,
    HANDLE,
    NO_MORE_ITEMS,
    POINTER,
    QWORD,
    Libraries,
    buffer_of,
    encoded,
    rows_of,
    wide,
)
from desktop.diagnostics.windows.pc import unix_time

CHANNEL, NEWEST_FIRST = 1, 0x200
SYSTEM_VALUES, USER_VALUES = 1, 2
RENDER_VALUES = 0
PROVIDER, NUMBER, LEVEL, CREATED = 0, 2, 4, 8
"""Places of EVT_SYSTEM_PROPERTY_ID."""
TYPE_TEXT, TYPE_BYTE, TYPE_WORD, TYPE_FILE_TIME = 1, 4, 6, 17
BATCH, WAIT_MS = 32, 2000
NO_SUCH_CHANNEL = 15007


class NoSuchLog(Exception):  # noqa: N818 - an answer of its own, not a fault
    """This PC has no log of that name: what would write it is not installed."""


class Variant(ctypes.Structure):
    """EVT_VARIANT."""

    _fields_ = (("value", QWORD), ("count", DWORD), ("type", DWORD))


class Event:
    """One event: source, number, level (1 critical, 2 error) and seconds since 1970; `values` only where asked for."""

    __slots__ = ("at", "level", "number", "source", "values")

    def __init__(self, source: str, number: int, *, level: int, at: int, values: list[str]) -> None:
        self.source = source
        self.number = number
        self.level = level
        self.at = at
        self.values = values


def events(
    libraries: Libraries, channel: str, query: str, *, most: int, wants_values: Callable[[str, int], bool]
) -> list[Event]:
    """Return the newest events that a query (XPath 1.0) finds, `most` at most.

    The texts of an event are only read where `wants_values` says so for its source and number. Answers `denied` or
    `unsupported` where the log cannot be read. Raises NoSuchLog.
    """
    found: list[Event] = []
    with _closing(libraries, _opened(libraries, channel, query)) as result, _contexts(libraries) as (system, user):
        for event in _handles(libraries, result):
            with _closing(libraries, event):
                one = _event(libraries, event, system)
                if wants_values(one.source, one.number):
                    one.values = [_text(value) for value in _rendered(libraries, event, user)]
                found.append(one)
            if len(found) >= most:
                break
    return found


def newest(libraries: Libraries, channel: str, query: str) -> Event | None:
    """Return the newest event that a query finds. Raises NoSuchLog; answers as `events` does."""
    return next(iter(events(libraries, channel, query, most=1, wants_values=_never)), None)


def _never(_source: str, _number: int) -> bool:
    return False


def _opened(libraries: Libraries, channel: str, query: str) -> int:
    ask = libraries.find("wevtapi", "EvtQuery", HANDLE, HANDLE, POINTER, POINTER, DWORD)
    found = ask(None, encoded(channel), encoded(query), CHANNEL | NEWEST_FIRST)
    if not found:
        if libraries.last_error() == NO_SUCH_CHANNEL:
            raise NoSuchLog
        raise libraries.failed("log")
    return found


@contextmanager
def _closing(libraries: Libraries, handle: int) -> Generator[int]:
    try:
        yield handle
    finally:
        libraries.find("wevtapi", "EvtClose", BOOL, HANDLE)(handle)


@contextmanager
def _contexts(libraries: Libraries) -> Generator[tuple[int, int]]:
    make = libraries.find("wevtapi", "EvtCreateRenderContext", HANDLE, DWORD, POINTER, DWORD)
    system = make(0, None, SYSTEM_VALUES)
    if not system:
        raise libraries.failed("log")
    with _closing(libraries, system):
        user = make(0, None, USER_VALUES)
        if not user:
            raise libraries.failed("log")
        with _closing(libraries, user):
            yield system, user


def _handles(libraries: Libraries, result: int) -> Generator[int]:
    """Return the events' handles; who takes one closes it, the rest of a batch is closed here."""
    ask = libraries.find("wevtapi", "EvtNext", BOOL, HANDLE, DWORD, POINTER, DWORD, DWORD, ctypes.POINTER(DWORD))
    close = libraries.find("wevtapi", "EvtClose", BOOL, HANDLE)
    while True:
        batch, count = (HANDLE * BATCH)(), DWORD()
        if not ask(result, BATCH, batch, WAIT_MS, 0, ctypes.byref(count)):
            if libraries.last_error() == NO_MORE_ITEMS:
                return
            raise libraries.failed("log")
        rest = [one for one in batch[: min(count.value, BATCH)] if one]
        if not rest:
            return
        try:
            while rest:
                yield rest.pop(0)
        finally:
            for one in rest:
                close(one)


def _event(libraries: Libraries, event: int, context: int) -> Event:
    values = _rendered(libraries, event, context)
    return Event(
        _text(values[PROVIDER]) if len(values) > PROVIDER else "",
        _number(values, NUMBER, TYPE_WORD),
        level=_number(values, LEVEL, TYPE_BYTE),
        at=unix_time(_number(values, CREATED, TYPE_FILE_TIME)) or 0,
        values=[],
    )


class _Value:
    """A rendered value, and the memory that its text lies in."""

    __slots__ = ("memory", "variant")

    def __init__(self, variant: Variant, memory: object) -> None:
        self.variant = variant
        self.memory = memory


def _rendered(libraries: Libraries, event: int, context: int) -> list[_Value]:
    number = ctypes.POINTER(DWORD)
    ask = libraries.find("wevtapi", "EvtRender", BOOL, HANDLE, HANDLE, DWORD, DWORD, POINTER, number, number)
    size, count = DWORD(1 << 12), DWORD()
    for _ in range(2):
        content = buffer_of(size.value)
        room = ctypes.sizeof(content)
        if ask(context, event, RENDER_VALUES, room, content, ctypes.byref(size), ctypes.byref(count)):
            return [_Value(one, content) for one in rows_of(content, Variant, count.value)]
        if size.value <= room:
            break
    return []


def _number(values: list[_Value], place: int, wanted: int) -> int:
    if place >= len(values):
        return 0
    variant: Any = values[place].variant
    mask = {TYPE_BYTE: 0xFF, TYPE_WORD: 0xFFFF}.get(wanted, 0xFFFFFFFFFFFFFFFF)
    return variant.value & mask if variant.type == wanted else 0


def _text(value: _Value) -> str:
    variant: Any = value.variant
    return wide(variant.value) if variant.type == TYPE_TEXT else ""
