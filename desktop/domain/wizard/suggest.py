"""Which wizards fit: what was said and the machine confirms, what was said, what was found, what helped others.

Words come before findings that nobody complained of: nearly every machine has some of those, a pending restart say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.domain.snapshot import Finding, Severity, Snapshot
from desktop.domain.wizard.definition import Audience, Outcome, Result, Wizard
from desktop.domain.wizard.run import step_of

_WORD = re.compile(r"\w+")
_SHORTEST_STEM = 4  # characters: shorter ones match too much inside German compounds


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A wizard and why: the finding that points to it, the word that does, the similar tickets it helped."""

    wizard: str
    finding: str = ""
    word: str = ""
    helped: int = 0


@dataclass(frozen=True, slots=True)
class PastEnd:
    """How often a wizard came to an end on tickets that are like this one; the end may be in another it led to."""

    wizard: str
    end_wizard: str
    end: str
    tickets: int


def helped_by(wizards: Mapping[str, Wizard], past: Iterable[PastEnd]) -> dict[str, int]:
    """Return on how many similar tickets each wizard solved the fault, the most helpful first."""
    found: dict[str, int] = {}
    for one in past:
        end = step_of(wizards, one.end_wizard, one.end)
        if one.wizard in wizards and isinstance(end, Outcome) and end.result is Result.RESOLVED:
            found[one.wizard] = found.get(one.wizard, 0) + one.tickets
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def suggest(
    wizards: Mapping[str, Wizard],
    snapshot: Snapshot | None,
    *,
    words: str = "",
    language: str = "de",
    audience: Audience = Audience.TECHNICIAN,
    helped: Mapping[str, int] = MappingProxyType({}),
) -> tuple[Suggestion, ...]:
    """Return fitting wizards, each once, the best reason first; `helped` counts the similar tickets each one solved."""
    findings = _by_findings(wizards, snapshot)
    said = dict(_by_words(wizards, words, language))
    ranked = dict.fromkeys([*(one for one in said if one in findings), *said, *findings, *helped])
    may_start = audience is Audience.TECHNICIAN
    return tuple(
        Suggestion(one, findings.get(one, ""), said.get(one, ""), helped.get(one, 0))
        for one in ranked
        if may_start or wizards[one].audience is Audience.EMPLOYEE
    )


def _by_findings(wizards: Mapping[str, Wizard], snapshot: Snapshot | None) -> dict[str, str]:
    """Return the finding that names each wizard, the worst first."""
    found: dict[str, str] = {}
    for finding in snapshot.present if snapshot else ():
        for wizard in _named_by(finding, wizards):
            found.setdefault(wizard, finding.id)
    return found


def _named_by(finding: Finding, wizards: Mapping[str, Wizard]) -> list[str]:
    if finding.severity is Severity.INFO:
        return []
    named = [finding.wizard] if finding.wizard in wizards else []
    return [*named, *(one.id for one in wizards.values() if finding.id in one.findings)]


def _by_words(wizards: Mapping[str, Wizard], words: str, language: str) -> list[tuple[str, str]]:
    said = _words_of(words)
    hits: list[tuple[int, str, str]] = []
    for wizard in wizards.values():
        matches = [one for one in wizard.keywords.get(language, ()) if _is_said(one, said)]
        if matches:
            hits.append((-sum(len(_words_of(one)) for one in matches), wizard.id, matches[0]))
    return [(wizard, word) for _, wizard, word in sorted(hits)]


def _words_of(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _is_said(keyword: str, said: set[str]) -> bool:
    """A keyword of several words counts where all of them were said, in any order: "Platte ist schon wieder voll"."""
    return all(any(_alike(part, word) for word in said) for part in _words_of(keyword))


def _alike(part: str, word: str) -> bool:
    """German puts words together, so a keyword counts anywhere inside: "Etikettendrucker" holds "drucker"."""
    return part in word if len(part) >= _SHORTEST_STEM else part == word
