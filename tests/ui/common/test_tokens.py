"""Every letter can be read on every ground, in both schemes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from desktop.ui.common.tokens import DARK, GROUND, LIGHT, TEXT, contrast

READABLE = 4.5  # WCAG 2.2, 1.4.3
VISIBLE = 3.0  # WCAG 2.2, 1.4.11
SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_the_formula_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@SCHEMES
def test_letters_are_readable_on_every_ground(tokens: Mapping[str, str]) -> None:
    faint = [(a, b) for a in TEXT for b in GROUND if contrast(tokens[a], tokens[b]) < READABLE]
    assert not faint


@SCHEMES
def test_states_are_readable_on_their_own_ground(tokens: Mapping[str, str]) -> None:
    states = ("acc", "red", "amb", "grn", "vio")
    assert all(contrast(tokens[one], tokens[f"{one}bg"]) >= READABLE for one in states)
    assert all(contrast(tokens["onacc"], tokens[one]) >= READABLE for one in ("acc", "acch"))


@SCHEMES
def test_outlines_of_fields_and_the_focus_ring_are_visible(tokens: Mapping[str, str]) -> None:
    assert all(contrast(tokens[one], tokens["surface"]) >= VISIBLE for one in ("ctl", "acc"))


def test_both_schemes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()
