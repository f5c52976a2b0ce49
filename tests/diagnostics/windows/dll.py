"""What all stand-ins for system libraries share: methods named as Windows names its functions."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from tests.diagnostics.windows.pc import FakeLibraries, Memory
from tests.diagnostics.windows.recorded import Recorded

PTR = ctypes.c_void_p
ACCESS_DENIED, NO_FILE, TOO_SMALL, NO_MORE = 5, 2, 122, 259


class Dll:
    """A part of Windows over a recorded PC: each method named in capitals is one exported function."""

    def __init__(self, pc: Recorded, fake: FakeLibraries, memory: Memory) -> None:
        self.pc = pc
        self.fake = fake
        self.memory = memory

    def exports(self) -> dict[str, Callable[..., Any]]:
        """Return the functions by name."""
        return {name: getattr(self, name) for name in dir(self) if name[0].isupper()}

    def fails(self, code: int, result: Any = 0) -> Any:
        """Leave an error with the thread and return what the function returns then."""
        self.fake.error = code
        return result


def signed(code: int) -> int:
    """Return an HRESULT as the signed number that a function returns."""
    return ctypes.c_int32(code).value
