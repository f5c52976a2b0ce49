"""docs/wizards.md says the same as the program: every rule, kind, exit and value, and its examples can be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from desktop.domain.wizard.case_rules import MIN_CASES
from desktop.domain.wizard.definition import AnswerType, Audience, AutoMode, Kind, Mode, Result
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.problems import MOST_PROBLEMS, Rule
from desktop.domain.wizard.reader import MAX_BYTES, MAX_STEPS
from desktop.domain.wizard.schema import wizard_schema
from desktop.domain.wizard.text_rules import MAX_TEXT
from desktop.domain.wizard.validator import check_file
from desktop.domain.wizard.value_rules import MAX_ANSWERS, MAX_LINES

DOCUMENT = (Path(__file__).parents[3] / "docs" / "wizards.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """Return the part below a heading."""
    return DOCUMENT.split(f"\n## {name}\n")[1].split("\n## ")[0]


def first_column(text: str) -> list[str]:
    """Return the codes in the first column of a table."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def test_the_table_of_rules_is_the_programs() -> None:
    assert sorted(first_column(section("Rules"))) == sorted(one.value for one in Rule)


def test_the_table_of_kinds_is_the_programs() -> None:
    assert first_column(section("Steps")) == [one.value for one in Kind]


@pytest.mark.parametrize("choices", [AnswerType, Audience, AutoMode, Mode, Result])
def test_every_value_is_named(choices: type[AnswerType | Audience | AutoMode | Mode | Result]) -> None:
    assert [one.value for one in choices if not re.search(rf"\b{one.value}\b", DOCUMENT)] == []


def test_the_examples_can_be_read() -> None:
    """Each block by itself is TOML; head and steps together leave only what the excerpt does not show."""
    blocks = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    assert len(blocks) >= 4
    assert all(tomllib.loads(one) for one in blocks)
    found = check_file("\n".join([section("Head").split("```")[1][5:], section("Steps").split("```")[1][5:]]).encode())
    assert {one.rule for one in found if one.is_error} <= {Rule.START, Rule.TARGET, Rule.UNREACHABLE, Rule.DEAD_END}


def test_the_table_of_keys_is_the_schemas() -> None:
    declared = wizard_schema(Known())
    keys = set(declared["properties"])
    for name in (*(one.value for one in Kind), "item", "field", "case"):
        keys |= set(declared["$defs"][name]["properties"])
    platforms = {"text_windows", "text_macos", "text_linux"}
    assert set(first_column(section("Every key"))) == keys - platforms


def test_the_limits_are_the_programs() -> None:
    said = section("Rules").replace(",", "")
    limits = (MAX_BYTES // 1024, MAX_STEPS, MAX_TEXT, MAX_ANSWERS, MAX_LINES, MOST_PROBLEMS)
    assert [one for one in limits if not re.search(rf"\b{one}\b", said)] == []
    assert MIN_CASES == 4  # "fewer than four"
