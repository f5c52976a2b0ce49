"""A small wizard with one step of every kind, and tools to break it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard.scene import Scene

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEPS = {
    "c_one": 'kind = "check"\nfinding = "a.broken"\ngo = { present = "i_fix", absent = "q_what", unknown = "q_what" }',
    "i_fix": 'kind = "instruction"\nverify = "a.broken"\n'
    'go = { fixed = "q_works", failed = "a_try", cannot = "o_help" }',
    "a_try": 'kind = "action"\naction = "printer.test_page"\n'
    'go = { done = "q_works", failed = "o_help", declined = "o_help" }',
    "q_works": 'kind = "question"\ntype = "yesno"\nfield = "works_now"\n'
    'go = { yes = "o_ok", no = "q_what", unsure = "q_what" }',
    "q_what": 'kind = "question"\ntype = "choice"\nfield = "what"\n'
    'answers = [{ id = "red", de = "Rot", en = "Red" }, { id = "blue", de = "Blau", en = "Blue" }]\n'
    'auto = [{ finding = "a.red", answer = "red", mode = "suggest" }, '
    '{ finding = "a.blue", answer = "blue", mode = "sure" }]\n'
    'go = { red = "i_admin", blue = "o_help", unsure = "o_help" }',
    "i_admin": 'kind = "instruction"\naudience = "technician"\n'
    'go = { done = "q_after", failed = "o_help", cannot = "o_help", skipped = "o_help" }',
    "q_after": 'kind = "question"\ntype = "yesno"\nfield = "works_now"\n'
    'go = { yes = "o_ok", no = "o_help", unsure = "o_help" }',
    "o_ok": 'kind = "outcome"\nresult = "resolved"',
    "o_help": 'kind = "outcome"\nresult = "escalate"\nrequired = ["since"]',
}
HEAD = """format = 1
id = "sample"
version = 3
category = "other"
mode = "read-do"
audience = "employee"
minutes = 3
start = "c_one"
findings = ["a.broken"]
title.de = "Beispiel"
title.en = "Sample"
keywords.de = ["lampe", "glühbirne"]
keywords.en = ["lamp"]
"""
FIELD = '[field.since]\ntype = "text"\ntext.de = "Seit wann?"\ntext.en = "Since when?"\n'


CASES = """
[[case]]
name = "broken"
findings = ["a.broken"]
fix = ["i_fix"]
end = "o_ok"
[[case]]
name = "broken for good"
findings = ["a.broken"]
answers = { what = "blue" }
end = "o_help"
[[case]]
name = "blue"
findings = ["a.blue"]
end = "o_help"
[[case]]
name = "red"
answers = { what = "red" }
end = "o_help"
"""


def sample_text(*, head: str = HEAD, field: str = FIELD, cases: str = CASES, extra: str = "", **changes: str) -> str:
    """Return the file with some steps' bodies replaced; an empty body drops the step."""
    steps = {**STEPS, **changes}
    written = [_step(name, body) for name, body in steps.items() if body]
    return "\n".join([head, *written, field, cases, extra])


def sample(**changes: str) -> Wizard:
    """Return the sample as a wizard."""
    return read_wizard(sample_text(**changes).encode())


def snapshot(
    *present: str, unknown: tuple[str, ...] = (), known: tuple[str, ...] = ("a.broken", "a.red", "a.blue")
) -> Snapshot:
    """Return a snapshot in which some findings are present, some unknown and the rest absent."""
    states = dict.fromkeys(known, FindingState.ABSENT) | dict.fromkeys(present, FindingState.PRESENT)
    states |= dict.fromkeys(unknown, FindingState.UNKNOWN)
    found = tuple(Finding(one, state, Severity.WARN) for one, state in states.items())
    printers = {"default": "Büro", "printers": [{"name": "Büro"}, {"name": "Lager"}, {"no": 1}]}
    return Snapshot("2026-03-02T08:59:00.000000Z", "basic", {"printers": ProbeResult(ProbeStatus.OK, printers)}, found)


def scene(wizard: Wizard, *others: Wizard, facts: Snapshot | None = None) -> Scene:
    """Return a stage with these wizards."""
    return Scene({one.id: one for one in (wizard, *others)}, facts)


def later(minutes: int) -> datetime:
    """Return a moment after the start."""
    return AT + timedelta(minutes=minutes)


def _step(name: str, body: str) -> str:
    texts = "" if "text.de" in body else f'\ntext.de = "Schritt {name}"\ntext.en = "Step {name}"'
    return f"[step.{name}]\n{body}{texts}\n"
