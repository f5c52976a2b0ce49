"""docs/wizard.schema.json is what the code says: the reader's keys, good files pass and typing mistakes do not."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from desktop.base.paths import resources
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.domain.wizard.definition import Kind
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard.schema import wizard_schema
from desktop.domain.wizard.table import Table
from desktop.system.actions.listing import action_ids
from desktop.system.opening import page_ids
from tests.diagnostics.schema_check import faults

FILE = Path(__file__).parents[3] / "docs" / "wizard.schema.json"
SHIPPED = sorted((resources() / "wizards").glob("*.toml"))
EVERYTHING = "\n".join(
    [
        "format = 1",
        *(f'[step.{one.value}]\nkind = "{one.value}"\nsay.x.de = "x"\nauto = [{{}}]\n' for one in Kind),
        "answers = [{}]\n[field.f]\n[item.i]\nconfirm = {}\n[[case]]",
        f"# {__name__}: never read before, so that it is not only remembered",
    ]
)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_the_file_is_what_the_code_says(schema: dict[str, Any]) -> None:
    """After a change of the format, of findings, probes, actions or pages: python packaging/write_schema.py."""
    known = Known(
        findings=frozenset(one.id for one in load_rules()),
        probes=frozenset(one.id for one in PROBES),
        actions=action_ids(),
        pages=page_ids(),
    )
    assert schema == wizard_schema(known), "run: python packaging/write_schema.py"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda one: one.stem)
def test_the_shipped_ones_keep_to_it(path: Path, schema: dict[str, Any]) -> None:
    assert list(faults(tomllib.loads(path.read_text(encoding="utf-8")), schema)) == []


def test_the_reader_asks_for_the_same_keys(schema: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    finish = Table.finish

    def noted(table: Table) -> None:
        asked[f"{table.place.code.rpartition('.')[2] if table.place else table.where}"] |= table._known
        finish(table)

    monkeypatch.setattr(Table, "finish", noted)
    parse_wizard(EVERYTHING.encode())
    where_given = {"text_windows", "text_macos", "text_linux", "audience", "required"}  # asked for where they are there
    inner = {"de", "en", "id", "mode", "answer", "value", "finding", "state", "days"}  # of the tables inside
    for name in (*(one.value for one in Kind), "field", "item", "case"):
        declared = set(schema["$defs"][name]["properties"])
        assert declared - asked[name] <= where_given, name
        assert asked[name] - declared <= inner, name
    assert asked[""] - {"de", "en"} == set(schema["properties"])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('category = "printer"', 'category = "palantir"', "none of"),
        ("minutes = ", "minutes = 99", "too large"),
        ('kind = "check"', 'kind = "chekc"', "fits none"),
        ('text.de = "', 'txt.de = "', "fits none"),
        ('finding = "printer.paused"', 'finding = "printer.pausd"', "fits none"),
        ('mode = "read-do"', 'mode = "read"', "none of"),
        ("[step.c_spooler]", "[step.C_spooler]", "does not match"),
        ("max_human = 3", "max_human = -3", "too small"),
        ('link = "problem"', 'link = "file:///etc"', "fits none"),
    ],
)
def test_typing_mistakes_are_marked(old: str, new: str, fault: str, schema: dict[str, Any]) -> None:
    text = (resources() / "wizards" / "printer-no-print.toml").read_text(encoding="utf-8")
    assert old in text
    assert any(fault in one for one in faults(tomllib.loads(text.replace(old, new)), schema))
