"""The event logs (wevtapi) and the few COM objects (ole32, shell32, propsys, Core Audio)."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

from desktop.diagnostics.windows import event_log
from tests.diagnostics.windows.dll import NO_MORE, PTR, TOO_SMALL, Dll, signed
from tests.diagnostics.windows.pc import HIGH_HANDLE, FakeLibraries, Memory, read_text
from tests.diagnostics.windows.recorded import Logged, Recorded


class Logs(Dll):
    """wevtapi; every handle must be closed once, and messages are never asked for."""

    def __init__(self, pc: Recorded, fake: FakeLibraries, memory: Memory) -> None:
        super().__init__(pc, fake, memory)
        self.open: set[int] = set()
        self._queues: dict[int, list[int]] = {}
        self._events: dict[int, Logged] = {}
        self._next = HIGH_HANDLE

    def _handle(self) -> int:
        self._next += 8
        self.open.add(self._next)
        return self._next

    def EvtQuery(self, _session: Any, channel: int, query: int, flags: int) -> int | None:
        assert flags == 0x201
        asked = read_text(query)
        assert asked == "*" or asked.startswith("*[System[")
        found = self.pc.logs.get(read_text(channel), 15007)
        if isinstance(found, int):
            return self.fails(found, None)
        result = self._handle()
        self._queues[result] = []
        for one in sorted((one for one in found if _is_asked(one, asked)), key=lambda one: -one.at):
            event = self._handle()
            self._events[event] = one
            self._queues[result].append(event)
        return result

    def EvtNext(self, result: int, most: int, target: int, _wait: int, _flags: int, count: Any) -> int:
        waiting = self._queues[result]
        batch = [waiting.pop(0) for _ in range(min(most, len(waiting)))]
        if not batch:
            return self.fails(NO_MORE)
        (PTR * most).from_address(target)[: len(batch)] = batch
        count[0] = len(batch)
        return 1

    def EvtCreateRenderContext(self, count: int, _paths: Any, flags: int) -> int:
        assert (count, flags) in ((0, 1), (0, 2))
        self.open.add(flags)
        return flags

    def EvtRender(self, context: int, event: int, flags: int, room: int, target: int, used: Any, count: Any) -> int:
        assert flags == 0
        one = self._events[event]
        rows = self._user_values(one) if context == 2 else self._system_values(one)
        used[0] = 16 * len(rows) + 5000  # more than is given at first
        if used[0] > room:
            return self.fails(TOO_SMALL)
        (event_log.Variant * len(rows)).from_address(target)[:] = rows
        count[0] = len(rows)
        return 1

    def EvtClose(self, handle: int) -> int:
        assert handle in self.open, "closed twice, cut, or never opened"
        self.open.discard(handle)
        for event in self._queues.get(handle, ()):  # what was never handed out goes with its query
            self.open.discard(event)
        return 1

    def _user_values(self, one: Logged) -> list[Any]:
        return [event_log.Variant(self.memory.text(text), 0, 1) for text in one.values]

    def _system_values(self, one: Logged) -> list[Any]:
        rows = [event_log.Variant(0, 0, 0) for _ in range(18)]
        rows[0] = event_log.Variant(self.memory.text(one.source), 0, 1)
        rows[2] = event_log.Variant(one.number, 0, 6)
        rows[4] = event_log.Variant(one.level, 0, 4)
        rows[8] = event_log.Variant((one.at + 11_644_473_600) * 10_000_000, 0, 17)
        return rows


class ComObject:
    """A COM object: a word that points to a table of functions, and a count of those who hold it."""

    def __init__(self, memory: Memory, methods: dict[int, tuple[Callable[..., int], tuple[Any, ...]]]) -> None:
        self.held = 1
        table = (PTR * 24)()
        for place, (method, types) in {**methods, 2: (self._release, ())}.items():
            function = memory.keep(ctypes.CFUNCTYPE(ctypes.c_int32, PTR, *types)(method))
            table[place] = ctypes.cast(function, PTR).value
        self.address = memory.put((PTR * 1)(memory.put(table)))

    def _release(self, _this: int) -> int:
        self.held -= 1
        assert self.held >= 0, "let go twice"
        return self.held


class _PropertyKey(ctypes.Structure):
    _fields_ = (("format", ctypes.c_uint8 * 16), ("number", ctypes.c_uint32))


NUMBER, ADDRESS = ctypes.POINTER(ctypes.c_int32), ctypes.POINTER(PTR)
NOT_FOUND, NO_CLASS = 0x80070490, 0x80040154


class Com(Dll):
    """ole32, shell32 and propsys, with the objects that they make."""

    def __init__(self, pc: Recorded, fake: FakeLibraries, memory: Memory) -> None:
        super().__init__(pc, fake, memory)
        self.made: list[ComObject] = []

    def _made(self, methods: dict[int, tuple[Callable[..., int], tuple[Any, ...]]]) -> int:
        self.made.append(ComObject(self.memory, methods))
        return self.made[-1].address

    def CoInitializeEx(self, _reserved: Any, mode: int) -> int:
        return signed(0 if mode == 2 else 0x80070057)

    def CoUninitialize(self) -> None:
        assert all(one.held == 0 for one in self.made), "an object was never let go"

    def CoTaskMemFree(self, memory: int) -> None:
        assert memory

    def PSGetPropertyKeyFromName(self, name: int, target: Any) -> int:
        assert read_text(name) == "System.Volume.BitLockerProtection"
        target.contents.number = 11
        return 0 if self.pc.bitlocker else signed(NOT_FOUND)

    def SHCreateItemFromParsingName(self, path: int, _context: Any, _interface: Any, target: Any) -> int:
        root = read_text(path)
        if root not in self.pc.bitlocker:
            return signed(0x80070002)

        def integer(_this: int, key: Any, answer: Any) -> int:
            assert key.contents.number == 11
            answer[0] = self.pc.bitlocker[root]
            return 0

        target[0] = self._made({16: (integer, (ctypes.POINTER(_PropertyKey), NUMBER))})
        return 0

    def CoCreateInstance(self, _kind: Any, _outer: Any, _context: int, _interface: Any, target: Any) -> int:
        if self.pc.sound is None:
            return signed(NO_CLASS)
        target[0] = self._made({4: (self._default, (ctypes.c_uint32, ctypes.c_uint32, ADDRESS))})
        return 0

    def _default(self, _this: int, direction: int, _role: int, target: Any) -> int:
        name = ("output", "input")[direction]
        if name not in (self.pc.sound or {}):
            return signed(NOT_FOUND)

        def told(_this: int, answer: Any) -> int:
            answer[0] = self.memory.text(f"{{0.0.0.00000000}}.{(self.pc.sound or {})[name]}")
            return 0

        types = (PTR, ctypes.c_uint32, PTR, ADDRESS)
        target[0] = self._made({5: (told, (ADDRESS,)), 3: (self._activate, types)})
        return 0

    def _activate(self, _this: int, _interface: Any, _context: int, _options: Any, target: Any) -> int:
        sound = self.pc.sound or {}

        def level(_this: int, answer: Any) -> int:
            answer[0] = sound["level"]
            return 0

        def muted(_this: int, answer: Any) -> int:
            answer[0] = sound["muted"]
            return 0

        target[0] = self._made({9: (level, (ctypes.POINTER(ctypes.c_float),)), 15: (muted, (NUMBER,))})
        return 0


def _is_asked(event: Logged, query: str) -> bool:
    """Tell whether a query for one event finds it; what longer queries ask is not looked at."""
    single = re.fullmatch(r"\*\[System\[EventID=(\d+)(?: and Level=(\d))?\]\]", query)
    return single is None or (event.number == int(single.group(1)) and single.group(2) in (None, str(event.level)))
