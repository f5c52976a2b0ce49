"""Gives a wizard file another version and leaves every other letter of it as its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from desktop.domain.wizard.reader import parse_wizard

MOST_TRIES = 20  # lines that look like the version before it; each try reads the whole file
_VERSION = re.compile(r"^(?P<key>[ \t]*(?:version|\"version\"|'version')[ \t]*=[ \t]*)[0-9_+]+", re.MULTILINE)
_FORMAT = re.compile(r"^[ \t]*format[ \t]*=[ \t]*[0-9]+[^\n]*\n", re.MULTILINE)


def numbered(content: bytes, version: int) -> bytes:
    """Return a readable wizard file with `version` in its head.

    Raises ValueError where it cannot be read, or holds the version in a way nobody writes it.
    """
    wizard = parse_wizard(content).wizard
    if wizard is None:
        raise ValueError("unreadable")
    wanted = replace(wizard, version=version)
    for one in islice(_candidates(content.decode("utf-8-sig"), version), MOST_TRIES):
        changed = one.encode("utf-8")
        if parse_wizard(changed).wizard == wanted:  # a text of several lines may hold such a line as well
            return changed
    raise ValueError("version")


def _candidates(text: str, version: int) -> Iterator[str]:
    for found in _VERSION.finditer(text):
        yield f"{text[: found.start()]}{found['key']}{version}{text[found.end() :]}"
    for found in _FORMAT.finditer(text):
        yield f"{text[: found.end()]}version = {version}\n{text[found.end() :]}"
    yield f"version = {version}\n{text}"
