"""A diagnosis as people read it: what is wrong first, with what shows it and what to do, then the facts by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base.clock import from_text
from desktop.base.texts import Texts
from desktop.cli.common.colours import BOLD, CYAN, DIM, GREEN, RED, YELLOW, Colours
from desktop.cli.common.terminal import shown
from desktop.diagnostics.evidence import finding_text
from desktop.diagnostics.fact_lines import fact_lines
from desktop.diagnostics.privacy import GROUPS
from desktop.diagnostics.registry import PROBES
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, Severity, Snapshot

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard

ROWS = 10
"""Rows of a table that are shown; a PC has a thousand programs, and `--probe` or `--json` shows them all."""
_ROW = "    "
_PAINT = {Severity.CRITICAL: (BOLD, RED), Severity.ERROR: (RED,), Severity.WARN: (YELLOW,), Severity.INFO: (CYAN,)}


@dataclass(frozen=True, slots=True)
class Report:
    """Says a snapshot; `wizards` gives next steps their titles.

    `is_whole` is for single probes: every row of every table, and no word on the rules that rest on others.
    `has_own_thresholds` says that the company judges by its own.
    """

    texts: Texts
    colours: Colours
    wizards: Mapping[str, Wizard]
    is_whole: bool = False
    has_own_thresholds: bool = False

    def lines(self, snapshot: Snapshot) -> Iterator[str]:
        """Return the whole report."""
        at = _local(snapshot.taken_at)
        yield self._heading(self.texts.plural("hilfe.diagnose.head", len(snapshot.probes), at=at))
        yield ""
        yield from self._findings(snapshot)
        for group in GROUPS:
            yield from self._group(snapshot, group.id, group.probes)
        yield from self._silent(snapshot)

    def _findings(self, snapshot: Snapshot) -> Iterator[str]:
        if snapshot.present:
            yield self._heading(self.texts.plural("hilfe.diagnose.present", len(snapshot.present)))
        else:
            yield self.colours.paint(self.texts.text("hilfe.diagnose.healthy"), GREEN)
        for one in snapshot.present:
            yield from self._finding(one)
        open_ones = [one for one in snapshot.findings if one.state is FindingState.UNKNOWN]
        if open_ones and not self.is_whole:
            yield self.colours.paint(self.texts.plural("hilfe.diagnose.unknown", len(open_ones)), DIM)
        if self.has_own_thresholds:
            yield self.colours.paint(self.texts.text("hilfe.diagnose.own_thresholds"), DIM)

    def _finding(self, one: Finding) -> Iterator[str]:
        severity = self.colours.paint(self.texts.text(f"finding.severity.{one.severity.value}"), *_PAINT[one.severity])
        title = self.colours.paint(self.texts.text(f"finding.{one.id}.title"), BOLD)
        yield "  " + self.texts.text("hilfe.diagnose.finding", severity=severity, title=title, finding=one.id)
        yield _ROW + shown(finding_text(one, "technician", self.texts))
        yield _ROW + self._next_step(one)

    def _next_step(self, one: Finding) -> str:
        wizard = self.wizards.get(one.wizard)
        if wizard is None:
            return self.texts.text("hilfe.diagnose.next.look")
        return self.texts.text("hilfe.diagnose.next.wizard", title=wizard.title.say(self.texts.language))

    def _group(self, snapshot: Snapshot, group: str, probes: Iterable[str]) -> Iterator[str]:
        telling = {name: snapshot.probes[name] for name in probes if _tells(snapshot.probes.get(name))}
        if not telling:
            return
        yield ""
        yield self._heading(self.texts.text(f"consent.{group}.title"))
        lines = fact_lines(replace(snapshot, probes=telling), self.texts)
        for line in lines if self.is_whole else self._shortened(lines):
            yield "  " + (line if line.startswith(" ") else self.colours.paint(line, BOLD))

    def _shortened(self, lines: Iterable[str]) -> Iterator[str]:
        """Leave out what is beyond the first rows of a table, and say how many rows that are."""
        rows = 0
        for line in lines:
            is_row = line.startswith(_ROW)
            if not is_row and rows > ROWS:
                yield self._more(rows - ROWS)
            rows = rows + 1 if is_row else 0
            if rows <= ROWS:
                yield line
        if rows > ROWS:
            yield self._more(rows - ROWS)

    def _more(self, count: int) -> str:
        return _ROW + self.colours.paint(self.texts.plural("hilfe.diagnose.more", count), DIM)

    def _silent(self, snapshot: Snapshot) -> Iterator[str]:
        """List the probes that say nothing, with why."""
        silent = [one.id for one in PROBES if one.id in snapshot.probes and not _tells(snapshot.probes[one.id])]
        if not silent:
            return
        yield ""
        yield self._heading(self.texts.text("hilfe.diagnose.silent"))
        for name in silent:
            yield "  " + self.colours.paint(self._why(name, snapshot.probes[name]), DIM)

    def _why(self, probe: str, result: ProbeResult) -> str:
        title, status = self.texts.text(f"probe.{probe}.title"), f"diagnostics.status.{result.status.value}"
        return self.texts.text("diagnostics.fact", name=title, value=self.texts.text(status))

    def _heading(self, text: str) -> str:
        return self.colours.paint(text, BOLD)


def painted_explanation(lines: Sequence[str], colours: Colours) -> Iterator[str]:
    """Return an explanation with its first line, which says what came out, made to stand out."""
    for number, line in enumerate(lines):
        yield line if number else colours.paint(line, BOLD)


def _tells(result: ProbeResult | None) -> bool:
    return result is not None and any(value not in (None, [], {}) for value in result.facts.values())


def _local(moment: str) -> str:
    """Return a moment as the wall clock of this machine shows it."""
    return from_text(moment).astimezone().strftime("%Y-%m-%d %H:%M")
