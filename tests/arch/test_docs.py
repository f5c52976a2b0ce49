"""The documentation leads somewhere: links to files that are there, decisions with a number of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    links += re.findall(r"`(docs/[\w./-]+\.md)`", page.read_text(encoding="utf-8"))
    lost = [
        one
        for one in links
        if not one.startswith("http") and not (page.parent / one).exists() and not (ROOT / one).exists()
    ]
    assert not lost, lost


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    numbers = [one.name[:3] for one in DECISIONS]
    assert len(set(numbers)) == len(numbers)
    for one in DECISIONS:
        assert one.read_text(encoding="utf-8").startswith(f"# {one.name[:3]} "), one.name


def test_the_code_names_only_documents_that_are_there() -> None:
    named = {
        (str(path.relative_to(ROOT)), one)
        for path in (*(ROOT / "desktop").rglob("*.py"), ROOT / "pyproject.toml")
        for one in re.findall(r"docs/[\w./-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert not {(path, one) for path, one in named if not (ROOT / one).exists()}


def test_packages_say_where_to_start_reading() -> None:
    """The module that a package's docstring names is there."""
    lost: list[str] = []
    for package in sorted((ROOT / "desktop").rglob("__init__.py")):
        found = re.search(r"Start in ([^\"]*)", package.read_text(encoding="utf-8"))
        for name in re.findall(r"`([\w.]+)`", found[1]) if found else ():
            place = package.parent / name.replace(".", "/")
            if not place.is_dir() and not place.with_suffix(".py").exists():
                lost.append(f"{package.relative_to(ROOT)}: {name}")
    assert not lost, lost
