"""All wizards there are: the good ones to use, and for each bad file what is wrong; one bad file harms no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.heads import Head, keep_heads, kept_heads, read_files
from desktop.domain.wizard.problems import Problem, Rule, first_ones, problem
from desktop.domain.wizard.reader import KEPT_CONTENTS, Reading, parse_wizard, read_wizard
from desktop.domain.wizard.reference_rules import Crossings, jump_problems, jump_targets
from desktop.domain.wizard.validator import Known, check


@dataclass(frozen=True, slots=True)
class Library:
    """`wizards` by id, all without errors; `problems` by file name, warnings included."""

    wizards: Mapping[str, Wizard]
    problems: Mapping[str, tuple[Problem, ...]]


def load_library(folder: Path, known: Known | None = None, *, shelf: Path | None = None) -> Library:
    """Read every `*.toml` of a folder. Raises AppError `wizard.folder` where the folder cannot be read.

    With a `shelf` (a file of the program's own) contents that were found faultless before are not checked again, and
    each is read when it is first asked for.
    """
    files = read_files(folder)
    if shelf is None or known is not None:
        return assemble(files, known)
    if kept_heads(files, shelf) is not None:
        return Library(_Unread(files), {})
    library = assemble(files)
    if not library.problems:
        keep_heads(files, heads_of(library), shelf)
    return library


def heads_of(library: Library) -> dict[str, Head]:
    """Return what a list shows of each wizard."""
    return {name: _head(one) for name, one in library.wizards.items()}


def _head(wizard: Wizard) -> Head:
    return Head(
        id=wizard.id,
        version=wizard.version,
        category=wizard.category,
        mode=wizard.mode.value,
        audience=wizard.audience.value,
        minutes=wizard.minutes,
        steps=len(wizard.steps) or len(wizard.items),
        title_de=wizard.title.de,
        title_en=wizard.title.en,
    )


class _Unread(Mapping[str, Wizard]):
    """Wizards of faultless files, each read when it is first asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> Wizard:
        return read_wizard(self._files[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def assemble(files: Mapping[str, bytes], known: Known | None = None) -> Library:
    """Read and check files by name (= id); a wizard with an error, or leading to one, is left out."""
    return _assembled(tuple(files.items()), replace(known or Known(), wizards=None))


@lru_cache(maxsize=8)
def _assembled(files: tuple[tuple[str, bytes], ...], known: Known) -> Library:
    """Return the library of these contents: put together once for the shipped ones and those with a company's own."""
    readings = {name: _examined(content, known) for name, content in files}
    problems = {name: list(one.problems) for name, one in readings.items()}
    wizards = {name: one.wizard for name, one in readings.items() if one.wizard is not None}
    crossings = Crossings(wizards)
    for name, wizard in wizards.items():
        if wizard.id != name:
            problems[name].append(problem(Rule.NAME, name=wizard.id))
        problems[name] += jump_problems(wizard, crossings)
    bad = {name for name, found in problems.items() if any(one.is_error for one in found)}
    bad |= _leading_to(bad, wizards, problems)
    good = {name: one for name, one in wizards.items() if name not in bad}
    return Library(good, {name: tuple(found) for name, found in problems.items() if found})


@lru_cache(maxsize=KEPT_CONTENTS)
def _examined(content: bytes, known: Known) -> Reading:
    """Return a file as read and checked by itself. The same bytes always give the same, so they are checked once."""
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
