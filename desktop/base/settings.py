"""Declared settings: from one declaration come the form, the check and the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably

Value: TypeAlias = str | int | bool


class Setting(NamedTuple):
    """One setting: its `key` names the texts `setting.<key>.title` and `.hint`; `choices` limits a text."""

    key: str
    default: Value
    section: str
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def check(self, value: object) -> Value:
        """Return `value` if it fits, else raise AppError `settings.value`."""
        if type(value) is not type(self.default) or not self._in_range(value):
            raise AppError("settings.value", parameters={"key": self.key, "value": str(value)})
        return value

    def fits(self, value: object) -> bool:
        """Tell whether `value` is one that this setting may have."""
        return type(value) is type(self.default) and self._in_range(value)

    def _in_range(self, value: Value) -> bool:
        if isinstance(value, str):
            return not self.choices or value in self.choices
        if isinstance(value, bool):
            return True
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)


class Settings:
    """The settings of one program in one JSON file; unknown keys of newer versions are kept."""

    def __init__(self, path: Path, declared: tuple[Setting, ...]) -> None:
        self._path = path
        self.declared: Mapping[str, Setting] = {one.key: one for one in declared}
        self._values = self._read()

    def get(self, key: str) -> Value:
        """Return a setting, or its default where the file has none or a wrong one."""
        setting = self.declared[key]
        try:
            return setting.check(self._values.get(key, setting.default))
        except AppError:
            return setting.default

    def list_unfit(self) -> tuple[str, ...]:
        """Return the declared keys whose value in the file does not fit, so that their default holds instead."""
        known = ((key, one) for key, one in self.declared.items() if key in self._values)
        return tuple(key for key, one in known if not one.fits(self._values[key]))

    def text(self, key: str) -> str:
        """Return a setting that is declared as text."""
        return str(self.get(key))

    def number(self, key: str) -> int:
        """Return a setting that is declared as a whole number."""
        return int(self.get(key))

    def is_on(self, key: str) -> bool:
        """Return a setting that is declared as yes or no."""
        return bool(self.get(key))

    def set(self, key: str, value: Value) -> Value:
        """Check and save a setting at once; returns the value before, for undo.

        Raises AppError `settings.value`, or `settings.unwritable` where the disk refuses: the value before stays.
        """
        before = self.get(key)
        changed = {**self._values, key: self.declared[key].check(value)}
        content = json.dumps(changed, ensure_ascii=True, indent=2, sort_keys=True)  # half characters pass as they are
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(self._path, content.encode())
        except OSError as error:
            raise _fault("settings.unwritable", self._path, error) from error
        self._values = changed
        return before

    def _read(self) -> dict[str, object]:
        if not self._path.exists():
            return {}
        try:
            found: object = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:  # nested a hundred thousand deep is damage too
            raise _fault("settings.unreadable", self._path, error) from error
        return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def _fault(code: str, path: Path, error: Exception) -> AppError:
    return AppError(code, kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error))
