"""Reading JSON from strangers: no depth, no size and no character in it can hurt the reader."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn, cast

MAX_DEPTH = 64  # our own documents nest about ten levels; Python's reader gives up near 1000
_SAFE_DIGITS = 300  # a float reaches beyond 1.7e308
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_object(content: bytes, *, max_depth: int = MAX_DEPTH) -> dict[str, Any]:
    """Read a JSON object.

    Raises ValueError on anything else: too deep, not UTF-8, NaN, half characters, numbers that no float can hold.
    """
    if _depth(content) > max_depth:
        raise ValueError("nested too deeply")
    found: object = json.loads(content.decode("utf-8"), parse_constant=_refused, parse_int=_whole, parse_float=_finite)
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for every kind of wrong document
    if _SURROGATE.search(content):
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # half a character would fail later, in the database
    return cast("dict[str, Any]", found)


def canonical(document: object) -> bytes:
    """Write JSON in the one form that is signed and hashed: sorted keys, no spaces, UTF-8. Raises ValueError on NaN."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")  # half a character, as from a command line in another encoding, becomes "?"


def _depth(content: bytes) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _whole(text: str) -> int:
    """Read a whole number; one that no float can hold would fail later, wherever somebody divides it."""
    if len(text) > _SAFE_DIGITS:
        _finite(text)
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refused(text[:20])


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
