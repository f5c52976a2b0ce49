"""How the shipped guides speak to employees: short sentences, plain words, and buttons called by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from desktop.base.paths import resources
from desktop.base.texts import load_texts
from desktop.domain.wizard.definition import Audience, Check, Instruction, Outcome, Result, Step, Wizard, Wording
from desktop.domain.wizard.exits import CANNOT
from desktop.domain.wizard.library import load_library

_LONGEST = 15  # words of a sentence in Hilfe
_WORD = re.compile(r"\w[\w.-]*")
_JARGON = re.compile(
    r"\b(Ticket|DNS|DHCP|IP-Adresse|Client|Switch|BIOS|Zugangspunkt|Domäne|USV|Treiber|Firmware|leider)\b|!"
)
_NO_WAY = {"de": re.compile(r"„[^“]*[Gg]eht[^“]* nicht“"), "en": re.compile(r"“[^”]*[Nn]ot possible[^”]*”")}

LIBRARY = load_library(resources() / "wizards").wizards


def _for_employees() -> Iterator[tuple[Wizard, Step]]:
    for wizard in LIBRARY.values():
        for step in wizard.steps.values() if wizard.audience is Audience.EMPLOYEE else ():
            if step.audience is not Audience.TECHNICIAN:
                yield wizard, step


def _wordings(step: Step) -> tuple[Wording, ...]:
    facts = (step.present, step.absent) if isinstance(step, Check) else ()
    return (step.title, step.text, *step.text_on.values(), *step.lines, *facts)


@pytest.mark.parametrize("wizard", sorted(LIBRARY))
def test_sentences_for_employees_are_short(wizard: str) -> None:
    found = [
        sentence
        for one, step in _for_employees()
        if one.id == wizard and not _is_for_it(step)
        for wording in _wordings(step)
        for sentence in re.split(r"(?<=[.?])\s+", wording.say("de"))
        if len(_WORD.findall(sentence)) > _LONGEST
    ]
    assert found == []


def test_words_of_the_trade_are_left_out() -> None:
    found = [
        (wizard.id, step.id, wording.say("de"))
        for wizard, step in _for_employees()
        if not _is_for_it(step)
        for wording in _wordings(step)
        if _JARGON.search(wording.say("de"))
    ]
    assert found == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_button_named_in_a_text_is_there_under_that_name(language: str) -> None:
    """Employees and technicians see the same first words on it."""
    name = load_texts(language).text("wizard.exit.cannot")
    assert load_texts(language).text("wizard.row.cannot").startswith(name)
    for wizard in LIBRARY.values():
        for step in wizard.steps.values():
            for wording in (step.text, *step.text_on.values()):
                for quoted in _NO_WAY[language].findall(wording.say(language)):
                    assert quoted[1:-1] == name, (wizard.id, step.id)
                    assert isinstance(step, Instruction)
                    assert CANNOT not in step.say


def test_an_end_for_employees_does_not_claim_that_a_request_is_on_its_way() -> None:
    """It is sent by the pages that follow, or not at all."""
    for wizard, step in _for_employees():
        if isinstance(step, Outcome) and step.result in (Result.REQUEST, Result.ESCALATE):
            said = f"{step.title.say('de')} {step.text.say('de')}"
            assert not re.search(r"\bist (angefragt|notiert|gemeldet|bestellt)\b", said), (wizard.id, step.id)


def _is_for_it(step: Step) -> bool:
    """Tell whether only technicians come to an end: its words tell them what to do."""
    return isinstance(step, Outcome) and (step.id in _ENDS_FOR_IT)


_ENDS_FOR_IT = {"o_grant", "o_breach", "o_rebuild", "o_refused", "o_stranger"}
