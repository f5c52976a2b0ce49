"""The registry as readers ask it: a path with its hive, missing is None, and no access is a PermissionError."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.diagnostics.probe import unsupported

_HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER"}


class Registry:
    """Reads the 64-bit view; `winreg` is the module of that name, or a stand-in for it.

    Every method raises PermissionError where this user may not look, and answers `unsupported` for a broken hive.
    """

    __slots__ = ("_winreg", "note")

    def __init__(self, winreg: Any) -> None:
        self._winreg = winreg
        self.note: Callable[[str], None] = lambda _: None
        """Told with every look that the registry was asked."""

    def value(self, path: str, name: str) -> object:
        r"""Return a value, None where the key (such as "HKLM\SOFTWARE\…") or the value is missing."""
        return self._read(path, lambda key: self._winreg.QueryValueEx(key, name)[0])

    def text(self, path: str, name: str) -> str | None:
        """Return a text without the spaces and zeros that some makers leave around it; None where there is none."""
        found = self.value(path, name)
        return found.strip(" \0\t\r\n") or None if isinstance(found, str) else None

    def number(self, path: str, name: str) -> int | None:
        """Return a number, None where there is none."""
        found = self.value(path, name)
        return found if isinstance(found, int) else None

    def values(self, path: str) -> dict[str, object]:
        """Return all values of a key by name; none where the key is missing."""
        found = self._read(path, lambda key: self._all(key, self._winreg.EnumValue))
        return {str(name): value for name, value, *_ in found or ()}

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names of the keys below a key; none where it is missing."""
        return tuple(self._read(path, lambda key: self._all(key, self._winreg.EnumKey)) or ())

    def exists(self, path: str) -> bool:
        """Tell whether a key is there."""
        return self._read(path, lambda _: True) is True

    def _read(self, path: str, ask: Callable[[Any], Any]) -> Any:
        self.note("registry")
        hive, _, rest = path.partition("\\")
        access = self._winreg.KEY_READ | self._winreg.KEY_WOW64_64KEY
        try:
            with self._winreg.OpenKeyEx(getattr(self._winreg, _HIVES[hive]), rest, 0, access) as key:
                return ask(key)
        except FileNotFoundError:
            return None
        except PermissionError:
            raise
        except OSError:
            raise unsupported("registry") from None

    def _all(self, key: object, enumerate_at: Callable[[object, int], Any]) -> list[Any]:
        found: list[Any] = []
        while True:
            try:
                found.append(enumerate_at(key, len(found)))
            except OSError as error:
                if isinstance(error, PermissionError):
                    raise
                return found  # ERROR_NO_MORE_ITEMS
