"""A device on paper: what is wrong, what changed, what it is, for a file, a vendor or the next person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.change import Differences
from desktop.domain.snapshot import Finding, FindingState, ProbeStatus, Severity, Snapshot
from desktop.ui.common.look import Look
from desktop.ui.common.pdf import Sheet
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.change_words import ChangeWords
from desktop.ui.desk.devices.fact_words import FactWords
from desktop.ui.desk.devices.finding_words import finding_words
from desktop.ui.desk.devices.health import state_text

if TYPE_CHECKING:
    from desktop.services.devices import DevicePage

Line = tuple[str, str]
"""A line and the token of its colour."""
_ANSWERED = (ProbeStatus.OK, ProbeStatus.PARTIAL)
_LONG = frozenset({"software", "startup", "processes", "usb"})
"""Lists that would fill pages and that nobody reads on paper; they stand in the raw data."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of; `about` are label and value of what an administrator wrote about the device."""

    page: DevicePage
    snapshot: Snapshot
    differences: Differences | None
    about: Sequence[Line]
    company: str
    author: str


def make_report(report: Report, look: Look) -> Sheet:
    """Lay out the pages; moments are written out, because paper is read on another day."""
    text, formats = look.text, look.formats
    device = report.page.row
    sheet = Sheet(lambda page, pages: text("device.report.footer", name=device.name, page=page, pages=pages))
    subtitle = text(
        "device.report.subtitle",
        company=report.company, author=report.author, at=formats.date_time(formats.now()),
    )  # fmt: skip
    aside = state_text(look, device) or text("device.healthy")
    sheet.heading(text("device.report.title", name=device.name), subtitle, [aside])
    for code, lines in _sections(report, look):
        if lines:
            sheet.section(text(code), lines)
    return sheet.finish()


def _sections(report: Report, look: Look) -> Iterator[tuple[str, list[Line]]]:
    row = report.page.snapshot
    findings = row.findings if row else ()
    yield "device.report.findings", _wrong(findings, look)
    yield "device.report.changes", _changed(report.differences, look)
    yield "device.report.about", _about(report, look)
    yield "device.report.facts", list(_facts(report.snapshot, look))
    yield "device.report.checked", _checked(findings, look)


def _wrong(findings: Sequence[Finding], look: Look) -> list[Line]:
    rank = list(Severity)
    present = [one for one in findings if one.state is FindingState.PRESENT]
    lines: list[Line] = []
    for one in sorted(present, key=lambda each: -rank.index(each.severity)):
        tone = "red" if one.severity in (Severity.ERROR, Severity.CRITICAL) else "amb"
        lines.append((finding_words(look, one, "title"), tone))
        lines += [(said, "t1") for part in ("technician", "rule") if (said := finding_words(look, one, part))]
    return lines or [(look.text("device.report.well"), "grn")]


def _changed(found: Differences | None, look: Look) -> list[Line]:
    if found is None:
        return []
    words = ChangeWords(look)
    lines = [words.line(one) for one in found.changes]
    since = (look.text("device.changes.healthy", moment=look.formats.date_time(found.before_at)), "t3")
    return [since, *((look.text("device.report.change", **one._asdict()), "t1") for one in lines)] if lines else []


def _about(report: Report, look: Look) -> list[Line]:
    device, moment = report.page.row, report.snapshot.taken_at
    person = one_line(device.person_name, 80) or look.text("devices.nobody")
    known = [(look.text("device.report.person"), person), (look.text("device.report.taken"), moment), *report.about]
    return [(look.text("device.report.pair", name=name, value=value), "t1") for name, value in known if value]


def _facts(snapshot: Snapshot, look: Look) -> Iterator[Line]:
    words = FactWords(look)
    for probe in words.probes_in_order(snapshot):
        result = snapshot.probes[probe]
        if result.status not in _ANSWERED or probe in _LONG:
            continue
        known = [
            (name, value) for name, value in words.facts_in_order(probe, result.facts) if value not in (None, "", [])
        ]
        if known:
            yield words.title(probe), "t3"
        for name, value in known:
            said = words.value(probe, name, value)
            yield look.text("device.report.pair", name=words.label(probe, name), value=said), "t1"


def _checked(findings: Sequence[Finding], look: Look) -> list[Line]:
    def titles(state: FindingState) -> str:
        return ", ".join(finding_words(look, one, "title") for one in findings if one.state is state)

    states = ((FindingState.ABSENT, "device.report.absent"), (FindingState.UNKNOWN, "device.report.unknown"))
    return [(look.text(code, names=titles(state)), "t2") for state, code in states if titles(state)]
