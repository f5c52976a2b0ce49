"""Names of foreign files: harmless everywhere, and never alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.file_names import MAX_BYTES, safe_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\Foto.png", "Foto.png"),
        ("a<b>:c.txt", "a_b__c.txt"),
        ("CON", "_CON"),
        ("com1.log", "_com1.log"),
        ("COM¹", "_COM¹"),
        ("ende. ", "ende"),
        ("..", "Datei"),
        ("", "Datei"),
        ("gpj\u202eexe.txt", "gpj_exe.txt"),
        ("Rechnung.pdf", "Rechnung.pdf"),
    ],
)
def test_names_are_made_harmless(given_name: str, expected: str) -> None:
    """Paths, devices, controls and tail dots go; good names stay."""
    assert safe_name(given_name) == expected


@given(st.text(), st.lists(st.text(), max_size=3))
def test_every_name_is_short_bare_and_new(name: str, taken: list[str]) -> None:
    """Whatever comes in: one path element, short, unlike the others without case."""
    known = [safe_name(one) for one in taken]
    found = safe_name(name, known)
    assert found
    assert not set(found) & set('/\\:*?"<>|\0')
    assert len(found.encode()) <= MAX_BYTES + 8
    assert found.casefold() not in {one.casefold() for one in known}
