"""Lists of ticks: what a file says arrives, and every rule is seen failing on a file with exactly that fault."""

from __future__ import annotations

import pytest

from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import Audience, Confirm, Mode, Wording
from desktop.domain.wizard.engine import resume, start
from desktop.domain.wizard.library import assemble
from desktop.domain.wizard.problems import Rule
from desktop.domain.wizard.validator import Known, check_file
from tests.domain.wizard.list_samples import ITEMS, LIST_HEAD, list_text, sample_list
from tests.domain.wizard.samples import AT, HEAD, sample, sample_text, scene

KNOWN = Known(findings=frozenset({"backup.stale", "sec.encrypted"}), probes=frozenset(), wizards={})
LONG = "x" * 221


def found(text: str) -> set[tuple[str, str, bool]]:
    problems = check_file(text.encode(), KNOWN, name="handout")
    return {(one.rule.value, one.step, one.is_error) for one in problems}


def changed(item: str, old: str, new: str) -> str:
    assert old in ITEMS[item]
    return list_text(**{item: ITEMS[item].replace(old, new)})


def many(count: int, *, section: int = 1000) -> str:
    """Return a list of `count` items with a heading before every `section` of them."""
    heading = 'section.de = "S"\nsection.en = "S"\n'
    body = 'text.de = "Tun"\ntext.en = "Do"\n'
    return list_text(
        **dict.fromkeys(ITEMS, ""),
        **{f"i{number}": body + ("" if number % section else heading) for number in range(count)},
    )


def test_list_is_read_as_written() -> None:
    wizard = sample_list()
    assert (wizard.mode, wizard.is_mandatory, wizard.start, dict(wizard.steps)) == (Mode.DO_CONFIRM, True, "", {})
    assert list(wizard.items) == ["backup", "encrypted", "signed", "cable"]
    assert wizard.items["backup"].confirm == Confirm("backup.stale", FindingState.ABSENT, days=1)
    assert wizard.items["encrypted"].confirm == Confirm("sec.encrypted", FindingState.PRESENT, days=30)
    assert wizard.items["backup"].fact.en == "Backup is recent"
    assert wizard.items["backup"].section == Wording("Vorher", "Before")
    assert wizard.items["encrypted"].lines == (Wording("Schlüssel hinterlegen", "Store the key"),)
    assert wizard.items["signed"].phone.en == "Please sign the record."
    assert [one.is_required for one in wizard.items.values()] == [True, True, True, False]
    assert wizard.items["cable"].heading("de") == "Ladekabel"


def test_sample_has_no_problem() -> None:
    assert found(list_text()) == set()


FAULTS = {
    "no items": (list_text(**dict.fromkeys(ITEMS, "")), Rule.ITEMS, ""),
    "a start": (list_text(head=LIST_HEAD + 'start = "backup"\n'), Rule.MODE, ""),
    "a step": (
        list_text(extra='[step.o_end]\nkind = "outcome"\nresult = "info"\ntext.de = "E"\ntext.en = "E"'),
        Rule.MODE,
        "o_end",
    ),
    "a case": (list_text(extra='[[case]]\nend = "backup"'), Rule.MODE, ""),
    "a hand-over field": (
        list_text(extra='[field.since]\ntype = "text"\ntext.de = "S"\ntext.en = "S"'),
        Rule.MODE,
        "",
    ),
    "for employees": (list_text(head=LIST_HEAD.replace("technician", "employee")), Rule.LIST_AUDIENCE, ""),
    "German missing": (
        changed("backup", 'text.de = "Die Daten sind gesichert"', 'text.de = ""'),
        Rule.LANGUAGE,
        "backup",
    ),
    "text missing": (list_text(cable="required = false"), Rule.LANGUAGE, "cable"),
    "English section missing": (changed("backup", 'section.en = "Before"', ""), Rule.LANGUAGE, "backup"),
    "English phone missing": (
        changed("signed", 'phone.en = "Please sign the record."', ""),
        Rule.LANGUAGE,
        "signed",
    ),
    "line missing": (changed("encrypted", ', en = "Store the key"', ""), Rule.LANGUAGE, "encrypted"),
    "text too long": (changed("signed", "The handover is signed", LONG), Rule.LENGTH, "signed"),
    "line too long": (changed("encrypted", "Store the key", LONG), Rule.LENGTH, "encrypted"),
    "finding unknown": (changed("backup", "backup.stale", "backup.gone"), Rule.FINDING, "backup"),
    "trigger unknown": (list_text(head=LIST_HEAD + 'findings = ["a.gone"]\n'), Rule.FINDING, ""),
    "state unknown": (changed("backup", '"absent"', '"unknown"'), Rule.SHAPE, "backup"),
    "state missing": (changed("backup", ', state = "absent"', ""), Rule.SHAPE, "backup"),
    "confirm is no table": (changed("cable", "required = false", 'confirm = "backup.stale"'), Rule.SHAPE, "cable"),
    "confirm for no day": (changed("encrypted", "days = 30", "days = 0"), Rule.SHAPE, "encrypted"),
    "English fact missing": (changed("backup", 'fact.en = "Backup is recent"', ""), Rule.LANGUAGE, "backup"),
    "confirm misspelt": (changed("backup", "state =", "sate ="), Rule.UNKNOWN_KEY, "backup"),
    "required is no yes or no": (changed("cable", "false", '"no"'), Rule.SHAPE, "cable"),
    "misspelt key": (changed("cable", "required", "requierd"), Rule.UNKNOWN_KEY, "cable"),
    "item without a table": (list_text(head=LIST_HEAD + 'item.x = "y"\n'), Rule.SHAPE, ""),
    "item named badly": (list_text(Back_Up=ITEMS["backup"]), Rule.NAME, "Back_Up"),
    "item twice": (list_text(extra=f"[item.backup]\n{ITEMS['backup']}"), Rule.DUPLICATE, ""),
    "mandatory is no yes or no": (list_text(head=LIST_HEAD.replace("= true", "= 1")), Rule.SHAPE, ""),
    "too many items": (many(401), Rule.MANY_STEPS, ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_seeded_fault_is_found(fault: str) -> None:
    text, rule, item = FAULTS[fault]
    assert (rule.value, item, True) in found(text)


@pytest.mark.parametrize("addition", ["mandatory = true\n", '[item.one]\ntext.de = "T"\ntext.en = "T"\n'])
def test_steps_and_ticks_do_not_mix(addition: str) -> None:
    head = HEAD + addition if addition.startswith("mandatory") else HEAD
    text = sample_text(head=head, extra="" if head != HEAD else addition)
    assert Rule.MODE in {one.rule for one in check_file(text.encode())}


def test_long_lists_and_sections_are_only_a_warning() -> None:
    assert found(many(25, section=9)) == set()
    assert found(many(26, section=9)) == {("list_length", "", False)}
    assert found(many(12, section=10)) == {("section_length", "i0", False)}


def test_no_step_jumps_into_a_list() -> None:
    leads = sample_text(q_after='kind = "jump"\nwizard = "handout"')
    library = assemble({"sample": leads.encode(), "handout": list_text().encode()})
    assert set(library.wizards) == {"handout"}
    assert {one.rule for one in library.problems["sample"]} == {Rule.JUMP_MODE}


def test_engine_walks_no_list() -> None:
    stage = scene(sample_list())
    with pytest.raises(AppError, match=r"wizard.is_list"):
        start(stage, "handout", run_id="r", audience=Audience.TECHNICIAN, at=AT)
    state = start(scene(sample()), "sample", run_id="r", audience=Audience.TECHNICIAN, at=AT)
    became_a_list = scene(sample_list(head=LIST_HEAD.replace('"handout"', '"sample"')))
    with pytest.raises(AppError, match=r"wizard.unknown"):
        resume(became_a_list, state, audience=Audience.TECHNICIAN, at=AT)


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_problem_has_a_sentence(language: str) -> None:
    texts = load_texts(language)
    for text in (*(one[0] for one in FAULTS.values()), many(26)):
        for one in check_file(text.encode(), KNOWN, name="handout"):
            said = texts.render(one.text)
            assert "{" not in said.replace("„[item.NAME]“", "")
            assert said.endswith(".")


@pytest.mark.parametrize("days", [0, -1, 3651, 10**12])
def test_the_age_of_a_diagnosis_is_a_number_of_days_that_there_are(days: int) -> None:
    assert found(changed("encrypted", "days = 30", f"days = {days}")) == {("shape", "encrypted", True)}
