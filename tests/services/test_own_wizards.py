"""Checklists the company writes itself: drafts, publishing, versions, what was shipped, and files from elsewhere."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base.changes import Done, Subject
from desktop.base.errors import AppError
from desktop.base.paths import resources
from desktop.domain.wizard.reader import MAX_BYTES, read_wizard
from desktop.domain.wizard_rows import Origin, Publish, SaveDraft, VersionState, WizardFile, WizardRefusedError
from desktop.models.audit_chain import verify
from desktop.services.check import check
from desktop.services.own_wizards import (
    adopt_original,
    discard_draft,
    export_wizard,
    import_wizard,
    keep_own,
    list_wizards,
    open_wizard,
    publish,
    read_version,
    restore_version,
    save_draft,
    withdraw,
)
from desktop.services.wizard_library import read_library, read_overlay
from desktop.services.wizard_memory import WizardMemory
from desktop.services.work import Work
from tests.domain.wizard.list_samples import LIST_HEAD, list_text
from tests.services.conftest import Desk
from tests.services.own_files import HOST, SHIPPED, changed, leading_to, own, shipped


def put(work: Work, content: bytes, note: str = "") -> Done[WizardFile]:
    """Save a draft over what is there and publish it."""
    wizard = read_wizard(content).id
    there = [one.id for one in list_wizards(work)]
    seen = open_wizard(work, wizard).hash if wizard in there else ""
    save_draft(work, SaveDraft(wizard, content, seen))
    return publish(work, Publish(wizard, note))


def refused(code: str, act: object) -> AppError:
    assert callable(act)
    with pytest.raises(AppError) as found:
        act()
    assert found.value.code == code
    return found.value


@pytest.fixture
def folder(work: Work, tmp_path: Path) -> Path:
    """Return a copy of the shipped checklists, for a program that is updated."""
    shutil.copytree(resources() / "wizards", tmp_path / "shipped")
    return tmp_path / "shipped"


def updated(work: Work, folder: Path) -> Work:
    """Return the surroundings as after a new start of a program with these files."""
    return replace(work, wizards=WizardMemory(folder))


def test_at_first_the_shipped_ones_hold(work: Work) -> None:
    rows = {one.id: one for one in list_wizards(work)}
    assert rows.keys() == read_library(work).wizards.keys() == {one.stem for one in (resources() / "wizards").iterdir()}
    row = rows[SHIPPED]
    assert (row.origin, row.number, row.has_draft, row.problems) == (Origin.BUILTIN, 0, False, 0)
    assert row.is_in_force
    page = open_wizard(work, SHIPPED)
    assert page.content == page.builtin == shipped()
    assert (page.draft, page.published, page.versions, page.is_original_moved) == (None, None, (), False)


def test_a_draft_changes_nothing_for_anybody_and_is_published_under_the_next_version(work: Work) -> None:
    seen = open_wizard(work, SHIPPED)
    done = save_draft(work, SaveDraft(SHIPPED, changed(), seen.hash))
    assert done.changes.ids(Subject.WIZARD) == {SHIPPED}
    assert done.result.draft == changed()
    assert (done.result.base_version, done.result.is_original_moved) == (1, False)
    assert read_library(work).wizards[SHIPPED].title.de == "Kein Netzwerk / kein Internet"
    published = publish(work, Publish(SHIPPED, " Wortlaut der Kollegen "))
    assert read_library(work).wizards[SHIPPED].title.de == "Kein Netz im Haus"
    assert read_library(work).wizards[SHIPPED].version == 2
    (version,) = published.result.versions
    assert (version.number, version.state, version.note) == (1, VersionState.PUBLISHED, "Wortlaut der Kollegen")
    assert version.actor == "Katrin Velden"
    (row,) = [one for one in list_wizards(work) if one.id == SHIPPED]
    assert (row.origin, row.number, row.version, row.has_draft) == (Origin.CHANGED, 1, 2, False)
    assert row.actor == "Katrin Velden"
    assert put(work, changed("Nochmals anders")).result.versions[1].state is VersionState.EARLIER
    assert read_library(work).wizards[SHIPPED].version == 3


def test_publishing_leaves_every_other_letter_of_the_file(work: Work) -> None:
    put(work, own())
    wanted = own().replace(b"version   = 1 ", b"version   = 1 ")
    assert read_version(work, "lift-stuck", 1) == wanted
    put(work, own())
    assert read_version(work, "lift-stuck", 2) == own().replace(b"version   = 1 ", b"version   = 2 ")
    assert export_wizard(work, "lift-stuck") == read_version(work, "lift-stuck", 2)


def test_a_draft_changed_elsewhere_is_not_written_over(work: Work) -> None:
    seen = open_wizard(work, SHIPPED).hash
    save_draft(work, SaveDraft(SHIPPED, changed("Von Katrin"), seen))
    refused("own_wizard.changed", lambda: save_draft(work, SaveDraft(SHIPPED, changed("Von Jonas"), seen)))
    assert open_wizard(work, SHIPPED).draft == changed("Von Katrin")
    refused("own_wizard.changed", lambda: publish(work, Publish(SHIPPED, expected_hash=seen)))
    refused("own_wizard.changed", lambda: save_draft(work, SaveDraft(SHIPPED, changed(), "")))
    save_draft(work, SaveDraft(SHIPPED, changed("Von beiden"), open_wizard(work, SHIPPED).hash))
    assert open_wizard(work, SHIPPED).draft == changed("Von beiden")


def test_saving_the_same_again_changes_nothing(work: Work) -> None:
    save_draft(work, SaveDraft("lift-stuck", own(), ""))
    again = save_draft(work, SaveDraft("lift-stuck", own(), open_wizard(work, "lift-stuck").hash))
    assert not again.changes.items
    assert again.undo is None


def test_a_draft_may_be_unfinished_and_says_so(work: Work) -> None:
    save_draft(work, SaveDraft("lift-stuck", b'format = 1\nid = "lift', ""))
    (row,) = [one for one in list_wizards(work) if one.id == "lift-stuck"]
    assert (row.origin, row.has_draft, row.is_in_force) == (Origin.OWN, True, False)
    assert row.problems == 1
    error = refused("own_wizard.problems", lambda: publish(work, Publish("lift-stuck")))
    assert isinstance(error, WizardRefusedError)
    assert [one.rule.value for one in error.problems["lift-stuck"]] == ["unreadable"]
    assert "lift-stuck" not in read_library(work).wizards


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (own(end="end"), "case"),
        (own(jump="nowhere"), "jump"),
        (own(jump="lift-stuck"), "jump_loop"),
        (own().replace(b'no = "end"', b'no = "nix"'), "target"),
        (own().replace(b'title.en = "Lift is stuck"\n', b""), "language"),
        (own().replace(b'id = "lift-stuck"', b'id = "lift"'), "name"),
        (own() + b'[step.c]\nkind = "check"\nfinding = "no.such"\ntext.de = "a"\ntext.en = "b"\n', "finding"),
    ],
)
def test_errors_refuse_and_name_themselves(work: Work, content: bytes, rule: str) -> None:
    save_draft(work, SaveDraft("lift-stuck", content, ""))
    error = refused("own_wizard.problems", lambda: publish(work, Publish("lift-stuck")))
    assert isinstance(error, WizardRefusedError)
    assert rule in [one.rule.value for one in error.problems["lift-stuck"]]
    assert open_wizard(work, "lift-stuck").versions == ()


def test_what_would_break_another_is_refused(work: Work) -> None:
    """`vpn-or-drive` goes on in `no-internet`; if that went on in it again, people would go round in circles."""
    loop = f'\n[step.j_back]\nkind = "jump"\nwizard = "{HOST}"\ntext.de = "Weiter"\ntext.en = "Go on"\n'
    content = changed().replace(b'unknown = "q_medium" }', b'unknown = "j_back" }', 1) + loop.encode()
    error = refused("own_wizard.problems", lambda: put(work, content))
    assert isinstance(error, WizardRefusedError)
    put(work, own())
    put(work, leading_to("lift-stuck"))
    error = refused("own_wizard.needed", lambda: withdraw(work, "lift-stuck"))
    assert isinstance(error, WizardRefusedError)
    assert list(error.problems) == [HOST]
    assert "lift-stuck" in read_library(work).wizards
    withdraw(work, HOST)
    withdraw(work, "lift-stuck")
    assert "lift-stuck" not in read_library(work).wizards


def test_a_good_one_that_would_break_another_is_refused(work: Work) -> None:
    """A list of ticks is faultless by itself, but `vpn-or-drive` could not go on in it."""
    ticks = list_text(head=LIST_HEAD.replace('"handout"', f'"{SHIPPED}"'), encrypted="").encode()
    error = refused("own_wizard.breaks", lambda: put(work, ticks))
    assert isinstance(error, WizardRefusedError)
    assert HOST in error.problems
    assert SHIPPED not in error.problems
    assert open_wizard(work, SHIPPED).draft == ticks
    put(work, list_text(encrypted="").encode())
    assert read_library(work).wizards["handout"].is_list


def test_a_version_that_cannot_be_counted_up_is_refused_in_words(work: Work) -> None:
    content = own().replace(b"version   = 1 ", b'"ver\\u0073ion" = 1 ')
    refused("own_wizard.version_line", lambda: put(work, content))
    assert open_wizard(work, "lift-stuck").draft == content


def test_withdrawing_lets_the_shipped_one_hold_and_keeps_every_version(work: Work) -> None:
    put(work, changed())
    put(work, own())
    done = withdraw(work, SHIPPED)
    assert read_library(work).wizards[SHIPPED].title.de == "Kein Netzwerk / kein Internet"
    assert done.result.versions[0].state is VersionState.WITHDRAWN
    assert open_wizard(work, SHIPPED).content == shipped()
    refused("own_wizard.not_published", lambda: withdraw(work, SHIPPED))
    withdraw(work, "lift-stuck")
    (row,) = [one for one in list_wizards(work) if one.id == "lift-stuck"]
    assert not row.is_in_force
    assert row.title.de == "Aufzug steckt fest"
    assert done.undo is not None
    back = done.undo.run(work)
    assert read_library(work).wizards[SHIPPED].title.de == "Kein Netz im Haus"
    assert back.result.versions[0].state is VersionState.PUBLISHED


def test_a_version_is_never_used_twice(work: Work) -> None:
    put(work, own())
    withdraw(work, "lift-stuck")
    restore_version(work, "lift-stuck", 1)
    publish(work, Publish("lift-stuck"))
    assert read_library(work).wizards["lift-stuck"].version == 2
    put(work, own(version=17))
    assert read_library(work).wizards["lift-stuck"].version == 17


def test_publishing_can_be_taken_back(work: Work) -> None:
    put(work, changed("Eins"))
    done = put(work, changed("Zwei"))
    assert done.undo is not None
    back = done.undo.run(work)
    assert read_library(work).wizards[SHIPPED].title.de == "Eins"
    assert back.result.draft == changed("Zwei")
    assert [one.state for one in back.result.versions] == [VersionState.WITHDRAWN, VersionState.PUBLISHED]
    assert back.undo is not None
    again = back.undo.run(work)
    assert [one.state for one in again.result.versions] == [VersionState.PUBLISHED, VersionState.EARLIER]
    refused("own_wizard.changed", lambda: back.undo and [back.undo.run(work)])


def test_drafts_are_taken_back_as_long_as_nobody_went_on(work: Work) -> None:
    first = save_draft(work, SaveDraft("lift-stuck", own(), ""))
    thrown = discard_draft(work, "lift-stuck")
    assert thrown.result is None
    refused("own_wizard.unknown", lambda: open_wizard(work, "lift-stuck"))
    assert thrown.undo is not None
    thrown.undo.run(work)
    assert open_wizard(work, "lift-stuck").draft == own()
    save_draft(work, SaveDraft("lift-stuck", own(audience="technician"), open_wizard(work, "lift-stuck").hash))
    assert first.undo is not None
    undo = first.undo
    refused("own_wizard.changed", lambda: undo.run(work))
    assert open_wizard(work, "lift-stuck").draft == own(audience="technician")


def test_an_earlier_version_becomes_a_draft_and_gives_up_none(work: Work) -> None:
    put(work, changed("Eins"))
    put(work, changed("Zwei"))
    restored = restore_version(work, SHIPPED, 1)
    assert restored.result.draft == read_version(work, SHIPPED, 1)
    assert read_library(work).wizards[SHIPPED].title.de == "Zwei"
    save_draft(work, SaveDraft(SHIPPED, changed("Drei"), restored.result.hash))
    refused("own_wizard.has_draft", lambda: restore_version(work, SHIPPED, 2))
    refused("own_wizard.version", lambda: restore_version(work, SHIPPED, 9, replace=True))
    assert restore_version(work, SHIPPED, 2, replace=True).result.draft == read_version(work, SHIPPED, 2)


def test_a_moved_original_shows_until_somebody_looked_at_it(work: Work, folder: Path) -> None:
    put(work, changed())
    new = shipped().replace(b"version = 1", b"version = 5").replace(b"Ist eine Netz", b"Gibt es eine Netz")
    (folder / f"{SHIPPED}.toml").write_bytes(new)
    later = updated(work, folder)
    (row,) = [one for one in list_wizards(later) if one.id == SHIPPED]
    assert row.is_original_moved
    assert read_library(later).wizards[SHIPPED].title.de == "Kein Netz im Haus"
    kept = keep_own(later, SHIPPED)
    assert (kept.result.is_original_moved, kept.result.base_version) == (False, 5)
    assert kept.undo is not None
    assert kept.undo.run(later).result.is_original_moved
    adopted = adopt_original(later, SHIPPED)
    assert (adopted.result.draft, adopted.result.is_original_moved) == (new, False)
    publish(later, Publish(SHIPPED))
    assert read_library(later).wizards[SHIPPED].version == 6
    assert not open_wizard(later, SHIPPED).is_original_moved
    put(work, own())
    refused("own_wizard.no_original", lambda: keep_own(later, "lift-stuck"))


def test_after_an_update_the_shipped_one_holds_in_place_of_one_that_does_not_pass(
    work: Work, folder: Path, desk: Desk
) -> None:
    put(work, own())
    put(work, leading_to("lift-stuck"))
    put(work, own("lamp-broken", jump=HOST))
    later = updated(work, folder)
    findings = later.wizards.known.findings or frozenset()
    gone = {one for one in findings if one.startswith(("net.", "share."))}
    later.wizards._known = replace(later.wizards.known, findings=findings - gone)
    left_out = read_overlay(later).left_out
    assert HOST in left_out
    assert {"lift-stuck"} <= read_library(later).wizards.keys()
    (row,) = [one for one in list_wizards(later) if one.id == HOST]
    assert row.problems
    assert row.number == 1
    (part,) = [one for one in check(later, desk.home).checks if one.name == "wizards"]
    assert not part.ok
    assert HOST in part.detail
    assert "finding" in part.detail


def test_files_of_unknown_origin(work: Work) -> None:
    hostile = [b"", b"\xff\xfe", b"\x00" * 10, b"[" * 100_000, b"format = 1\n#\x00", b"format = 9", os.urandom(999)]
    for content in hostile:
        with pytest.raises(AppError) as found:
            import_wizard(work, content, name="x" * 500)
        assert found.value.code in ("own_wizard.unreadable", "own_wizard.letters")
    refused("own_wizard.too_big", lambda: import_wizard(work, b"#" * (MAX_BYTES + 1), name="a.toml"))
    refused("own_wizard.name", lambda: import_wizard(work, b'format = 1\nid = "../../x"', name="a.toml"))
    before = len(list_wizards(work))
    bad = import_wizard(work, own(jump="nowhere"), name="lift.toml")
    assert [one.rule.value for one in bad.result.problems if one.is_error] == ["jump"]
    assert len(list_wizards(work)) == before + 1
    refused("own_wizard.there", lambda: import_wizard(work, own(), name="lift.toml"))
    good = import_wizard(work, own(), name="lift.toml", replace=True)
    assert not any(one.is_error for one in good.result.problems)
    assert good.undo is not None
    assert good.undo.run(work).result == bad.result
    refused("own_wizard.there", lambda: import_wizard(work, shipped(), name="a.toml"))
    assert export_wizard(work, "lift-stuck") == own(jump="nowhere")
    assert export_wizard(work, SHIPPED) == shipped()


def test_ids_that_are_none_are_refused(work: Work) -> None:
    for name in ("", "Aufzug", "../x", "a" * 61, "a b"):
        with pytest.raises(AppError) as found:
            save_draft(work, SaveDraft(name, own(), ""))
        assert found.value.code == "own_wizard.name"


def test_the_audit_chain_knows_who_did_what(work: Work) -> None:
    put(work, own())
    withdraw(work, "lift-stuck")
    with work.store.reading() as connection:
        assert verify(connection).broken_at == 0
        acts = [row[0] for row in connection.exec_driver_sql("SELECT action FROM audit ORDER BY rowid")]
    assert acts[-3:] == ["wizard.draft_begun", "wizard.published", "wizard.withdrawn"]


def test_the_library_is_read_again_only_when_something_was_published(work: Work) -> None:
    put(work, own())
    first = read_library(work)
    assert read_library(work) is first
    save_draft(work, SaveDraft(SHIPPED, changed(), open_wizard(work, SHIPPED).hash))
    assert read_library(work) is first
    publish(work, Publish(SHIPPED))
    assert read_library(work) is not first


def test_a_file_that_has_used_up_all_versions_can_still_be_published_again(work: Work) -> None:
    """A file from elsewhere may say anything; what is published must hold, and the next one after it as well."""
    for title in ("Erster", "Zweiter", "Dritter"):
        put(work, own(version=999_999).replace(b"Aufzug steckt fest", title.encode()))
        assert read_overlay(work).left_out == {}
        assert read_library(work).wizards["lift-stuck"].title.de == title
    versions = [read_wizard(read_version(work, "lift-stuck", number)).version for number in (1, 2, 3)]
    assert versions == sorted(set(versions))


def test_publishing_done_again_leaves_no_draft_of_it_behind(work: Work) -> None:
    published = put(work, own())
    assert published.undo is not None
    back = published.undo.run(work)
    assert open_wizard(work, "lift-stuck").draft == own()
    assert back.undo is not None
    back.undo.run(work)
    page = open_wizard(work, "lift-stuck")
    assert (page.draft, page.published is not None) == (None, True)


def test_publishing_done_again_leaves_a_draft_that_was_begun_since(work: Work) -> None:
    published = put(work, own())
    assert published.undo is not None
    back = published.undo.run(work)
    newer = own(version=2)
    save_draft(work, SaveDraft("lift-stuck", newer, open_wizard(work, "lift-stuck").hash))
    assert back.undo is not None
    back.undo.run(work)
    assert open_wizard(work, "lift-stuck").draft == newer


def test_nobody_throws_away_a_draft_they_have_not_seen(work: Work) -> None:
    save_draft(work, SaveDraft("lift-stuck", own(), ""))
    seen = open_wizard(work, "lift-stuck").hash
    save_draft(work, SaveDraft("lift-stuck", own(version=2), seen))
    refused("own_wizard.changed", lambda: discard_draft(work, "lift-stuck", expected_hash=seen))
    assert open_wizard(work, "lift-stuck").draft == own(version=2)
    discard_draft(work, "lift-stuck", expected_hash=open_wizard(work, "lift-stuck").hash)
    refused("own_wizard.unknown", lambda: open_wizard(work, "lift-stuck"))
