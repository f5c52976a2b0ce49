"""The few words a window may be started with, read without a parser: everything else is the command line's."""

from __future__ import annotations

from collections.abc import Sequence

_KEYS = ("keychain", "file")


def window_options(words: Sequence[str]) -> dict[str, str] | None:
    """Return the options by their names without dashes; None where `words` name a command or anything unknown."""
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if name not in ("--home", "--language", "--keys"):
            return None
        found[name[2:]] = value if equals else next(rest, "")
        if not found[name[2:]]:
            return None
    return found if found.get("keys", "file") in _KEYS else None
