"""Reads the TOML of a wizard file: bytes in, a document or the one problem that makes it unreadable out.

tomli is tomllib compiled, three times as fast; where a packager leaves it out, tomllib reads the same files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.wizard.problems import Problem, Rule, problem

try:
    import tomli as toml
except ImportError:
    import tomllib as toml

MAX_BYTES = 256 * 1024  # the longest example has 20 kB; more is no wizard
_LONG_HEADER = rb"^[ \t]*\[[^\n\"'#]{400}"
"""Readers walk through every part of a header again for each line below it: 200 kB of dots would take minutes."""
_PLACE = r"\(at line (\d+), column (\d+)\)"
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate", "Cannot namespace", "Cannot redefine")


def document_of(content: bytes) -> Mapping[str, Any] | Problem:
    """Return what the file says, or why it says nothing; never raises, whatever the bytes are."""
    if len(content) > MAX_BYTES:
        return too_big()
    if re.search(_LONG_HEADER, content, re.MULTILINE):
        return problem(Rule.NESTED)
    try:
        text = content.decode("utf-8-sig")  # editors of Windows put a mark in front
    except UnicodeDecodeError as error:
        return problem(Rule.ENCODING, line=content.count(b"\n", 0, error.start) + 1)
    try:
        return toml.loads(text)
    except RecursionError:
        return problem(Rule.NESTED)
    except toml.TOMLDecodeError as error:
        return _fault(text, str(error))
    except (ValueError, OverflowError):  # a number of thousands of digits, a date that does not exist
        return problem(Rule.NUMBER)


def too_big() -> Problem:
    """Return the problem of a file that is not even looked at."""
    return problem(Rule.TOO_BIG, limit=MAX_BYTES // 1024)


def _fault(text: str, said: str) -> Problem:
    """Return the place of a fault; the readers name none where something is still open at the end."""
    found = re.search(_PLACE, said)
    line, column = found.groups() if found else (text.count("\n") + 1, 1)
    rule = Rule.DUPLICATE if said.startswith(_TWICE) else Rule.UNREADABLE
    return problem(rule, line=int(line), column=int(column))
