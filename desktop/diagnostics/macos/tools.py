"""Apple's own tools and property lists, asked with a deadline; whatever they say or do not say is an answer.

A tool that is not there is "unsupported", one that fails, is late or says nothing readable is "partial": nothing here
raises anything but `Unanswered` and PermissionError, and nothing guesses.
"""

from __future__ import annotations

import json
import os
import plistlib
import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import cast
from xml.parsers.expat import ExpatError

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, denied, partial, unsupported
from desktop.domain.facts import ProbeStatus

MAX_FILE = 8 << 20
"""Bytes of a property list that are read; the longest is the history of all installations."""
ANY_CODE = tuple(range(256))
"""For tools whose exit code says nothing that their output does not say."""
BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, MemoryError,
    ExpatError, struct.error,
)  # fmt: skip
"""What a spoilt property list or JSON text makes its reader raise."""


def said(machine: Machine, tool: str, *arguments: str, deadline: float, accepted: tuple[int, ...] = (0,)) -> str:
    """Return what a tool prints; `tool` is its name, or its path where it lies elsewhere."""
    name = tool.rpartition("/")[2]
    path = _path(machine, tool)
    if path is None:
        raise unsupported(f"no_{name}")
    try:
        output = machine.run(path, *arguments, deadline=deadline, accepted=accepted)
    except PermissionError:
        raise denied(name) from None
    except OSError:
        raise partial(name, {}) from None
    if output is None or not output.strip():
        raise partial(name, {})
    return output


def property_list(
    machine: Machine, tool: str, *arguments: str, deadline: float, accepted: tuple[int, ...] = (0,)
) -> object:
    """Return the property list that a tool prints."""
    output = said(machine, tool, *arguments, deadline=deadline, accepted=accepted)
    try:
        return plistlib.loads(output.encode())
    except BROKEN:
        raise partial(tool.rpartition("/")[2], {}) from None


def profile(machine: Machine, *kinds: str, deadline: float) -> Mapping[str, object]:
    """Return what `system_profiler` tells of the kinds, by kind."""
    output = said(machine, "system_profiler", "-json", *kinds, deadline=deadline)
    try:
        document: object = json.loads(output)
    except (ValueError, RecursionError):
        document = None
    found = entries(document)
    if not found:
        raise partial("system_profiler", {})
    return found


def property_list_file(machine: Machine, path: str) -> object:
    """Return the property list in a file, None where there is none.

    Raises PermissionError where macOS keeps it from us, and `Unanswered` where it is spoilt.
    """
    try:
        handle = os.open(machine.path(path), os.O_RDONLY)
    except PermissionError:
        raise
    except OSError:
        return None
    machine.sources.note_path(path)
    try:
        with os.fdopen(handle, "rb") as stream:
            return plistlib.loads(stream.read(MAX_FILE))
    except (OSError, *BROKEN):
        raise partial(path.rpartition("/")[2], {}) from None


def gathered(*parts: Callable[[], Mapping[str, object]]) -> dict[str, object]:
    """Put the facts of several sources together; where one of them is silent, the others still count."""
    facts: dict[str, object] = {}
    silent: list[Unanswered] = []
    for part in parts:
        try:
            facts |= part()
        except Unanswered as answer:
            silent.append(answer)
            facts |= answer.facts
        except PermissionError:
            silent.append(denied("PermissionError"))
    if not silent:
        return facts
    if len(silent) == len(parts) and not facts:
        raise next((one for one in silent if one.status is ProbeStatus.DENIED), silent[0])
    raise partial(silent[0].reason, facts)


def home(path: str = "") -> str:
    """Return a path in the user's own folder."""
    folder = os.path.expanduser("~")  # noqa: PTH111 - pathlib is too dear here
    return f"{folder}/{path}" if path else folder


def listed(value: object) -> list[object]:
    """Return a list; an empty one where it is none."""
    return cast("list[object]", value) if isinstance(value, list) else []


def entries(value: object) -> dict[str, object]:
    """Return a dictionary; an empty one where it is none."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def rows(value: object) -> list[dict[str, object]]:
    """Return the dictionaries in a list; nothing where it is none."""
    return [found for one in listed(value) if (found := entries(one))]


def inner(value: object, *names: str) -> object:
    """Return what lies at these keys of nested dictionaries, None where there is nothing."""
    for name in names:
        value = entries(value).get(name)
    return value


def words(value: object) -> str | None:
    """Return a text that says something."""
    return value.strip() if isinstance(value, str) and value.strip() else None


def whole(value: object) -> int | None:
    """Return a whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def truth(value: object) -> bool | None:
    """Return a yes or no; old preferences write 1 and 0."""
    return bool(value) if isinstance(value, int) and value in (0, 1) else None


def moment(value: object) -> int | None:
    """Return a property list's date, which is in UTC, as seconds since 1970."""
    if not isinstance(value, datetime):
        return None
    try:
        return int(value.replace(tzinfo=UTC).timestamp())
    except (OverflowError, ValueError):
        return None


def _path(machine: Machine, tool: str) -> str | None:
    if not tool.startswith("/"):
        return machine.tool(tool)
    path = machine.path(tool)
    return path if os.access(path, os.X_OK) else None
