"""The versions of a checklist: what differs between any two in words, and an earlier one taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.base.paths import resources
from desktop.domain.wizard import editing, editing_answers, editing_fields, editing_head
from desktop.domain.wizard.compare import Difference, compare
from desktop.domain.wizard.definition import (
    Action,
    AnswerType,
    Audience,
    Case,
    Check,
    Item,
    Kind,
    Outcome,
    Question,
    Result,
    Wizard,
    Wording,
)
from desktop.domain.wizard.editing_texts import Owner, Part, TextPlace, with_lines, with_text, with_variant
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard_rows import VersionRow, VersionState
from desktop.ui.common.buttons import Button
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.compare_words import Differences, Group
from desktop.ui.desk.wizards.step_words import numbered_title
from desktop.ui.desk.wizards.versions_dialog import BUILTIN, DRAFT, Editions, VersionsDialog
from tests.domain.wizard.list_samples import sample_list

AT = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
ROWS = (
    VersionRow(1, VersionState.EARLIER, "Erste <b>Fassung</b>", "Katrin", AT),
    VersionRow(2, VersionState.PUBLISHED, "", "Katrin", AT),
)


class Shelf:
    """Published versions that are handed out when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, Callable[[Wizard | None], None]]] = []

    def load(self, number: int, done: Callable[[Wizard | None], None]) -> None:
        self.asked.append((number, done))


@pytest.fixture
def wizard() -> Wizard:
    return read_wizard((resources() / "wizards" / "printer-no-print.toml").read_bytes())


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def dialog(qtbot: QtBot, look: Look, wizard: Wizard, shelf: Shelf) -> VersionsDialog:
    draft = editing.set_target(wizard, "i_toner", "cannot", "o_escalate")
    made = VersionsDialog(look, Editions("Drucker", draft, wizard, ROWS), shelf.load)
    qtbot.addWidget(made)
    made.show()
    return made


def said(dialog: VersionsDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def pick(dialog: VersionsDialog, older: str, newer: str) -> None:
    for button, key in ((dialog.older, older), (dialog.newer, newer)):
        next(one for one in button._choices.actions() if one.data() == key).trigger()


def test_the_draft_is_compared_with_the_newest_version_first(
    dialog: VersionsDialog, shelf: Shelf, wizard: Wizard
) -> None:
    ((number, done),) = shelf.asked
    assert (number, dialog.older.value, dialog.newer.value) == (2, "2", DRAFT)
    done(wizard)
    assert "1 Unterschied" in said(dialog)
    assert "Ausgang „Das geht hier nicht“" in said(dialog)
    before, after = (numbered_title(dialog._look, wizard, one) for one in ("o_supplies", "o_escalate"))
    assert f"− {before}" in said(dialog)
    assert f"+ {after}" in said(dialog)


def test_any_two_can_be_compared_and_each_is_read_once(dialog: VersionsDialog, shelf: Shelf, wizard: Wizard) -> None:
    shelf.asked.pop()[1](wizard)
    pick(dialog, BUILTIN, "2")
    assert not shelf.asked
    assert "Beide sagen dasselbe." in said(dialog)
    pick(dialog, "1", "2")
    ((number, done),) = shelf.asked
    pick(dialog, BUILTIN, DRAFT)
    shown = said(dialog)
    done(None)
    assert (number, said(dialog)) == (1, shown)
    pick(dialog, "1", DRAFT)
    assert any("lässt sich nicht lesen" in one for one in said(dialog))


def test_an_earlier_version_is_taken_back(qtbot: QtBot, dialog: VersionsDialog) -> None:
    buttons = [one for one in dialog.findChildren(Button) if "zurückholen" in one.accessibleName()]
    assert [one.accessibleName() for one in buttons] == ["Fassung 1 als Entwurf zurückholen"]
    with qtbot.waitSignal(dialog.restore_wanted) as wanted:
        buttons[0].click()
    assert wanted.args == [1]
    assert not dialog.isVisible()


def test_notes_are_letters_and_nothing_published_says_so(
    qtbot: QtBot, look: Look, dialog: VersionsDialog, wizard: Wizard, shelf: Shelf
) -> None:
    assert "Erste <b>Fassung</b>" in said(dialog)
    new = VersionsDialog(look, Editions("Neu", wizard, None, ()), shelf.load)
    qtbot.addWidget(new)
    new.show()
    assert "Hier wurde noch nichts veröffentlicht." in said(new)
    assert "Es gibt erst diese eine Fassung, also noch nichts zu vergleichen." in said(new)


def entries(groups: list[Group]) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for group in groups for one in group.entries]


def test_every_kind_of_difference_has_words(look: Look, wizard: Wizard) -> None:
    """A difference that showed its code instead of a sentence would stand here with a dot in it."""
    new = editing.add_step(wizard, "i_new", Kind.INSTRUCTION, after="c_toner")
    new = editing.rename_step(new, "i_cable", "i_plug")
    new = editing.change_kind(new, "i_choose", Kind.ACTION)
    new = editing.remove_step(new, "q_message")
    new = editing.set_start(editing.move_step(new, "o_ok", 2), "q_printer")
    new = with_lines(new, Owner.STEP, "i_power", "en", "One line")
    new = with_variant(new, "i_paper", "windows", Wording("Unter Windows", "On Windows"))
    new = with_text(new, TextPlace(Owner.STEP, "i_paper", Part.EXIT, "cannot"), "de", "Kein Papier da")
    new = with_text(new, TextPlace(Owner.HEAD), "en", "Printer is silent")
    new = editing_answers.add_answer(new, "q_scope", "some", Wording("Manche", "Some"))
    new = editing_fields.add_field(editing_fields.remove_field(new, "impact"), "room")
    check, end, act, ask = (new.steps[one] for one in ("c_paper", "o_supplies", "a_clear", "q_printer"))
    assert isinstance(check, Check)
    assert isinstance(end, Outcome)
    assert isinstance(act, Action)
    assert isinstance(ask, Question)
    new = editing.with_step(new, replace(check, finding="printer.toner"))
    new = editing.with_step(new, replace(end, result=Result.INFO, team="", offline=True, attach=("printers",)))
    new = editing.with_step(new, replace(act, admin=True, verify="", audience=Audience.TECHNICIAN))
    new = editing.with_step(new, replace(ask, type=AnswerType.TEXT, maximum=20, auto=(), source=""))
    head = editing_head.head_of(new)
    head = replace(head, category="network", minutes=1, findings=(), probes=(), keywords={"de": ("x",), "en": ()})
    new = editing_head.with_head(new, head)
    case = replace(new.cases[1], end="o_escalate")
    new = replace(new, cases=(case, *new.cases[2:], Case("new", "o_ok")))
    assert {one.what for one in compare(wizard, new)} == set(Difference)
    groups = Differences(look, wizard, new).groups()
    for label, before, after in entries(groups):
        assert label
        for one in (label, before, after):
            assert not one.startswith(("diff.", "editor.", "wizard.", "step.")), one
    titles = [one.title for one in groups]
    assert "Kopf der Checkliste" in titles
    assert "Fälle" in titles
    found = entries(groups)
    assert ("Titel, Englisch", "Printer does not print", "Printer is silent") in found
    assert ("Bedeutet", "Wunsch", "Nur eine Auskunft") in found
    assert ("Braucht Administratorrechte", "Nein", "Ja") in found
    assert ("Kategorie", "Drucker", "Netz") in found
    assert ("Befund", "Papier fehlt oder klemmt", "Toner leer oder Klappe offen") in found


def test_lists_of_ticks_are_compared_too(look: Look) -> None:
    old = sample_list()
    new = editing_fields.move_item(editing_fields.remove_item(old, "cable"), "signed", 0)
    new = editing_fields.with_item(new, replace(new.items["backup"], is_required=False, confirm=None))
    new = editing_fields.add_item(new, "last", after="encrypted")
    new = editing_fields.with_item(new, Item(id="last", text=Wording("Zuletzt", "Last")))
    found = Differences(look, old, new).groups()
    assert {"Die Daten sind gesichert", "Ladekabel", "Zuletzt"} <= {one.title for one in found}
    assert ("Muss abgehakt sein", "Ja", "Nein") in entries(found)
    (order,) = [one for one in entries(found) if one[0] == "Reihenfolge"]
    assert order[2].startswith("Das Übergabeprotokoll")


def test_a_version_that_comes_after_it_was_closed_harms_nobody(
    qtbot: QtBot, look: Look, wizard: Wizard, shelf: Shelf
) -> None:
    dialog = VersionsDialog(look, Editions("Drucker", wizard, wizard, ROWS), shelf.load)
    shown = list(dialog.shown)
    shiboken6.delete(dialog)
    shelf.asked.pop()[1](wizard)
    assert dialog.shown == shown  # nothing was compared for a window that is gone
