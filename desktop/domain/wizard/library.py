"""All wizards there are: the good ones to use, and for each bad file what is wrong; one bad file harms no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.problems import Problem, Rule, first_ones, problem
from desktop.domain.wizard.reader import MAX_BYTES, Reading, parse_wizard
from desktop.domain.wizard.reference_rules import jump_problems, jump_targets
from desktop.domain.wizard.validator import Known, check


@dataclass(frozen=True, slots=True)
class Library:
    """`wizards` by id, all without errors; `problems` by file name, warnings included."""

    wizards: Mapping[str, Wizard]
    problems: Mapping[str, tuple[Problem, ...]]


def load_library(folder: Path, known: Known | None = None) -> Library:
    """Read every `*.toml` of a folder. Raises AppError `wizard.folder` where the folder cannot be read."""
    return assemble(read_files(folder), known)


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the wizard files of a folder by name without ending. Raises AppError `wizard.folder`."""
    try:
        # A pipe would never end and a folder has nothing to read: only real files are wizards.
        return {one.stem: _content(one) for one in sorted(folder.glob("*.toml")) if one.is_file()}
    except OSError as error:
        parameters = {"path": str(folder)}
        raise AppError("wizard.folder", kind=ErrorKind.ENVIRONMENT, parameters=parameters, detail=str(error)) from error


def _content(path: Path) -> bytes:
    """Return what the reader needs to judge a file; one without the right to read it is left out like a damaged one."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except PermissionError:
        return b""


def assemble(files: Mapping[str, bytes], known: Known | None = None) -> Library:
    """Read and check files by name (= id); a wizard with an error, or leading to one, is left out."""
    alone = replace(known or Known(), wizards=None)
    readings = {name: _examined(content, alone) for name, content in files.items()}
    problems = {name: list(one.problems) for name, one in readings.items()}
    wizards: dict[str, Wizard] = {}
    for name, reading in readings.items():
        if reading.wizard is None:
            continue
        if reading.wizard.id != name:
            problems[name].append(problem(Rule.NAME, name=reading.wizard.id))
        wizards[name] = reading.wizard
    for name, wizard in wizards.items():
        problems[name] += jump_problems(wizard, wizards)
    bad = {name for name, found in problems.items() if any(one.is_error for one in found)}
    bad |= _leading_to(bad, wizards, problems)
    good = {name: one for name, one in wizards.items() if name not in bad}
    return Library(good, {name: tuple(found) for name, found in problems.items() if found})


@lru_cache(maxsize=256)
def _examined(content: bytes, known: Known) -> Reading:
    """Return a file as read and checked by itself. The same bytes always give the same, so they are read once."""
    reading = parse_wizard(content)
    checked = check(reading.wizard, known) if reading.wizard else ()
    return Reading(reading.wizard, first_ones((*reading.problems, *checked)))


def _leading_to(bad: set[str], wizards: Mapping[str, Wizard], problems: dict[str, list[Problem]]) -> set[str]:
    """Return the wizards that go on, at once or later, in one that is left out."""
    found: set[str] = set()
    is_growing = True
    while is_growing:
        is_growing = False
        for name, wizard in wizards.items():
            lost = jump_targets(wizard) & (bad | found)
            if lost and name not in bad | found:
                found.add(name)
                problems[name].append(problem(Rule.JUMP, target=min(lost)))
                is_growing = True
    return found
