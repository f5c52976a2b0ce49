"""Whatever a PC says of itself can be shown, explained, compared and redacted: no number and no word ends a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.change_words import change_line, change_values
from desktop.diagnostics.comparison import compare
from desktop.diagnostics.evidence import finding_text
from desktop.diagnostics.explaining import explain_all
from desktop.diagnostics.explanation_lines import explanation_lines
from desktop.diagnostics.fact_lines import fact_lines
from desktop.diagnostics.findings import judged
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import Snapshot
from desktop.services.comparing import since_of
from desktop.services.demo_machines import make_snapshot
from desktop.services.snapshots import read_document
from tests.services.test_poison import POISON

RULES = load_rules()
TEXTS = load_texts("de")
WELL = make_snapshot("PC", datetime(2026, 11, 1, tzinfo=UTC), RULES)
READABLE = {name: found for name, one in POISON.items() if (found := read_document(one.get("snapshot")))}
LAST = judged(READABLE["everywhere low"], RULES)


@pytest.fixture(params=READABLE)
def odd(request: pytest.FixtureRequest) -> Snapshot:
    """Return what a PC said, judged as the Desk judges it."""
    return judged(READABLE[request.param], RULES)


def test_findings_and_facts_are_said(odd: Snapshot) -> None:
    for one in odd.findings:
        assert all(finding_text(one, part, TEXTS) for part in ("title", "employee", "technician", "rule"))
    assert list(fact_lines(odd, TEXTS))


def test_every_finding_is_explained(odd: Snapshot) -> None:
    for one in explain_all(odd, RULES):
        assert list(explanation_lines(one, TEXTS))


@pytest.mark.parametrize("other", [WELL, LAST], ids=["well", "as odd"])
def test_it_is_compared_both_ways(odd: Snapshot, other: Snapshot) -> None:
    for before, after in ((odd, other), (other, odd)):
        found = compare(before, after)
        for one in (*found.changes, *found.minor):
            assert change_line(one, TEXTS)
            assert len(change_values(one, TEXTS)) == 2


def test_a_moment_of_no_calendar_is_no_beginning() -> None:
    assert since_of(['"9999-12-31T23:59:59-14:00"', '"0001-01-01T00:00:00+14:00"', '"2026-11-20"']) is not None
