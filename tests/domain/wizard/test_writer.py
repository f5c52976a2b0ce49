"""A wizard that was written is read back as the same: the shipped ones, and drafts with everything wrong in them."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.base.paths import resources
from desktop.domain.wizard.definition import (
    Action,
    Answer,
    Auto,
    Case,
    Check,
    Confirm,
    HandoverField,
    Instruction,
    Item,
    Jump,
    Outcome,
    Question,
    Step,
    Wizard,
    Wording,
)
from desktop.domain.wizard.reader import parse_wizard, read_wizard
from desktop.domain.wizard.writer import write_wizard
from tests.domain.wizard.drafts import drafts

SHIPPED = sorted((resources() / "wizards").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda one: one.stem)
def test_a_shipped_one_comes_back_as_it_was(path: Path) -> None:
    wizard = read_wizard(path.read_bytes())
    again = read_wizard(write_wizard(wizard))
    assert again == wizard
    assert list(again.steps) == list(wizard.steps)


def test_it_has_the_shape_of_the_shipped_files() -> None:
    """Every line of a section that a person wrote stands in the written one too, but for comments and alignment."""
    path = resources() / "wizards" / "printer-no-print.toml"
    wanted = {_plain(one) for one in path.read_text(encoding="utf-8").splitlines()}
    written = write_wizard(read_wizard(path.read_bytes())).decode()
    assert {_plain(one) for one in written.splitlines()} - wanted == set()


def _plain(line: str) -> str:
    """Return a line without the comment behind it and without the spaces that align it."""
    return " ".join(line.partition(" #")[0].split())


@given(wizard=drafts())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_draft_comes_back_whatever_is_wrong_with_it(wizard: Wizard) -> None:
    again = parse_wizard(write_wizard(wizard)).wizard
    assert again == wizard
    assert again is not None
    assert list(again.steps) == list(wizard.steps)


def test_half_a_letter_does_not_stop_the_writer() -> None:
    wizard = replace(read_wizard(SHIPPED[0].read_bytes()), title=Wording("Bild \ud83d fehlt", "Fine"))
    assert read_wizard(write_wizard(wizard)).title == Wording("Bild ? fehlt", "Fine")


WRITTEN = {
    Wizard: "id version category mode audience minutes start title steps probes findings keywords fields cases items "
    "is_mandatory",
    Step: "id text title phone lines audience go say text_on",
    Question: "type field answers auto maximum source",
    Check: "finding present absent",
    Instruction: "open verify",
    Action: "action admin verify",
    Jump: "wizard",
    Outcome: "result priority team required attach link offline",
    Item: "id text title section phone lines is_required confirm fact",
    Confirm: "finding state days",
    HandoverField: "id type text answers maximum",
    Case: "name end findings fix cannot answers max_human audience unknown",
    Answer: "id text",
    Auto: "mode answer finding value",
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_nothing_is_added_to_a_wizard_without_being_written(kind: type[Any]) -> None:
    """Whoever adds to the definition adds to the writer, to `drafts` and then here: what is not written is lost."""
    common = WRITTEN[Step].split() if issubclass(kind, Step) and kind is not Step else []
    assert {one.name for one in fields(kind)} == {*common, *WRITTEN[kind].split()}
