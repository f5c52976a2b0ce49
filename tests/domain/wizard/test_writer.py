"""A wizard that was written is read back as the same: the shipped ones, and drafts with everything wrong in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.base.paths import resources
from desktop.domain.wizard.definition import Wizard, Wording
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
