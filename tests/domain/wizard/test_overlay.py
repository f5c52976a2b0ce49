"""Own wizards over the shipped ones: what is wrong costs itself, and never a shipped one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.wizard.library import assemble
from desktop.domain.wizard.numbering import numbered
from desktop.domain.wizard.overlay import overlay
from desktop.domain.wizard.reader import parse_wizard, read_wizard
from desktop.domain.wizard.validator import Known
from tests.domain.wizard.list_samples import LIST_HEAD, list_text
from tests.services.own_files import own

BUILTIN = {"base": own("base"), "leads": own("leads", jump="base"), "far": own("far", jump="leads")}


def held(**files: bytes) -> tuple[set[str], set[str]]:
    """Return what holds, and what was left out."""
    found = overlay(BUILTIN, files)
    assert BUILTIN.keys() <= found.library.wizards.keys()
    assert found.left_out.keys() <= found.library.problems.keys()
    return set(found.library.wizards), set(found.left_out)


def test_good_ones_take_their_place() -> None:
    assert held(base=own("base", audience="technician"), mine=own("mine", jump="far")) == ({*BUILTIN, "mine"}, set())
    found = overlay(BUILTIN, {"base": own("base", audience="technician")})
    assert found.library.wizards["base"].audience.value == "technician"
    assert found.files["base"] == own("base", audience="technician")


@pytest.mark.parametrize(
    "content", [b"", b"\xff", own("other"), own("base", jump="nowhere"), own("base", jump="base"), own("base")[:300]]
)
def test_a_wrong_one_leaves_the_shipped_one(content: bytes) -> None:
    assert held(base=content) == (set(BUILTIN), {"base"})


def test_a_way_round_in_circles_costs_the_own_one_only() -> None:
    assert held(base=own("base", jump="far")) == (set(BUILTIN), {"base"})
    assert held(one=own("one", jump="two"), two=own("two", jump="one")) == (set(BUILTIN), {"one", "two"})


def test_one_that_leads_to_a_wrong_one_gets_the_shipped_one_in_its_place() -> None:
    assert held(base=b"", mine=own("mine", jump="base")) == ({*BUILTIN, "mine"}, {"base"})
    assert held(gone=b"", mine=own("mine", jump="gone")) == (set(BUILTIN), {"gone", "mine"})


def test_one_that_passes_but_breaks_a_shipped_one_is_left_out() -> None:
    """A list of ticks is faultless by itself, but nobody can go on in it."""
    ticks = list_text(head=LIST_HEAD.replace('"handout"', '"base"')).encode()
    assert held(base=ticks) == (set(BUILTIN), {"base"})


def test_a_shipped_one_that_is_wrong_by_itself_blames_nobody() -> None:
    known = Known(findings=frozenset())
    builtin = {**BUILTIN, "broken": own("broken", jump="mine") + b"x = 1\n"}
    found = overlay(builtin, {"mine": own("mine")}, known)
    assert set(found.library.wizards) == {*BUILTIN, "mine"}
    assert found.left_out == {}


own_ones = st.dictionaries(
    st.sampled_from(["base", "leads", "far", "a", "b"]),
    st.one_of(
        st.binary(max_size=40),
        st.tuples(st.sampled_from(["base", "a", "b", "c"]), st.sampled_from(["", "base", "far", "a", "b", "c"])).map(
            lambda one: own(one[0], jump=one[1])
        ),
    ),
    max_size=4,
)


@given(own_ones)
def test_whatever_comes_every_shipped_one_stays(files: dict[str, bytes]) -> None:
    found = overlay(BUILTIN, files)
    assert BUILTIN.keys() <= found.library.wizards.keys()
    assert found.library.wizards == assemble(found.files).wizards
    assert found.files.keys() == {*BUILTIN, *files} - (found.left_out.keys() - BUILTIN.keys())


HEADS = {
    b'format = 1\nid = "a"\nversion = 3\n': b'format = 1\nid = "a"\nversion = 12\n',
    b'version=3 # x\nid = "a"\nformat = 1\n': b'version=12 # x\nid = "a"\nformat = 1\n',
    b'format = 1\n"version" = +1_0\nid = "a"\n': b'format = 1\n"version" = 12\nid = "a"\n',
    b'  format = 1  # one\nid = "a"\n': b'  format = 1  # one\nversion = 12\nid = "a"\n',
    b'# version = 9\nformat = 1\r\nversion = 3\r\nid = "a"': b'# version = 9\nformat = 1\r\nversion = 12\r\nid = "a"',
    b'category = """\nversion = 5\nformat = 1\n"""\nformat = 1\nversion = 3\nid = "a"\n': (
        b'category = """\nversion = 5\nformat = 1\n"""\nformat = 1\nversion = 12\nid = "a"\n'
    ),
    b'category = """\nversion = 5\n"""\nid = "a"\nformat = 1\n': (
        b'category = """\nversion = 5\n"""\nid = "a"\nformat = 1\nversion = 12\n'
    ),
}


@pytest.mark.parametrize(("content", "wanted"), HEADS.items())
def test_counting_up_changes_the_version_and_no_other_letter(content: bytes, wanted: bytes) -> None:
    assert numbered(content, 12) == wanted
    read = parse_wizard(wanted).wizard
    assert read is not None
    assert read.version == 12


def test_what_cannot_be_counted_up_is_said() -> None:
    for content in (b"", b"\xff", b'format = 1\nid = "a"\n"ver\\u0073ion" = 3\n'):
        with pytest.raises(ValueError, match=r"unreadable|version"):
            numbered(content, 2)


def test_the_files_of_the_tests_are_sound() -> None:
    assert all(read_wizard(one).id == name for name, one in BUILTIN.items())
