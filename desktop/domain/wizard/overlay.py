"""Lays the company's own wizards over the shipped ones; what does not pass is left out, and the shipped one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.wizard.library import Library, assemble
from desktop.domain.wizard.problems import Problem, Rule
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard.validator import Known, jump_targets


@dataclass(frozen=True, slots=True)
class Overlay:
    """What holds: the `library`, its `files` by id, and the company's own that were `left_out`, with why."""

    library: Library
    files: Mapping[str, bytes]
    left_out: Mapping[str, tuple[Problem, ...]]


def overlay(builtin: Mapping[str, bytes], own: Mapping[str, bytes], known: Known | None = None) -> Overlay:
    """Return the shipped wizards with the company's own in their place; none that is wrong can cost a shipped one."""
    accepted = dict(own)
    left_out: dict[str, tuple[Problem, ...]] = {}
    while True:
        files = {**builtin, **accepted}
        library = assemble(files, known)
        lost = _lost(library, files, accepted) or _harmful(library, builtin, accepted, known)
        if not lost:
            return Overlay(replace(library, problems={**library.problems, **left_out}), files, left_out)
        left_out |= lost
        accepted = {name: content for name, content in accepted.items() if name not in lost}


def _lost(
    library: Library, files: Mapping[str, bytes], accepted: Mapping[str, bytes]
) -> dict[str, tuple[Problem, ...]]:
    """Return the own ones that do not pass; those that only lead to such a one get another chance without it."""
    bad = {name: library.problems.get(name, ()) for name in accepted if name in files.keys() - library.wizards.keys()}
    wrong = {name: found for name, found in bad.items() if any(one.is_error and one.rule != Rule.JUMP for one in found)}
    return wrong or bad


def _harmful(
    library: Library, builtin: Mapping[str, bytes], accepted: Mapping[str, bytes], known: Known | None
) -> dict[str, tuple[Problem, ...]]:
    """Return the own ones in which a shipped one goes on that would pass without them."""
    broken = builtin.keys() - library.wizards.keys() - accepted.keys()
    if not broken or not accepted:
        return {}
    broken &= assemble(builtin, known).wizards.keys()
    found: dict[str, tuple[Problem, ...]] = {}
    for name in sorted(broken):
        wizard = parse_wizard(builtin[name]).wizard
        targets = jump_targets(wizard) if wizard is not None else set[str]()
        found |= {one: library.problems.get(name, ()) for one in targets & accepted.keys()}
    return found
