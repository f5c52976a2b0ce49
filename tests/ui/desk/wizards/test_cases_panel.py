"""The scenarios of a draft: walked with every change, each can be written, changed and removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.base.messages import Message
from desktop.base.paths import resources
from desktop.domain.wizard import editing
from desktop.domain.wizard.definition import Audience, Case, Wizard
from desktop.domain.wizard.library import load_library
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.case_dialog import CaseDialog
from desktop.ui.desk.wizards.cases_panel import CasesPanel


@pytest.fixture(scope="module")
def wizards() -> Mapping[str, Wizard]:
    return load_library(resources() / "wizards").wizards


@pytest.fixture
def panel(qtbot: QtBot, look: Look, wizards: Mapping[str, Wizard]) -> CasesPanel:
    made = CasesPanel(look, wizards["printer-no-print"], wizards)
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show()
    return made


@pytest.fixture
def changes(panel: CasesPanel, wizards: Mapping[str, Wizard]) -> list[tuple[Wizard, Message]]:
    """Return what the panel changed; it is shown again as the editor does."""
    found: list[tuple[Wizard, Message]] = []

    def take(wizard: Wizard, text: Message) -> None:
        found.append((wizard, text))
        panel.show_cases(wizard, wizards)

    panel.changed.connect(take)
    return found


def said(panel: CasesPanel) -> list[str]:
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def dialog_of(panel: CasesPanel) -> CaseDialog:
    (found,) = [one for one in panel.findChildren(CaseDialog) if one.isVisible()]
    return found


def pick(button: ChoiceButton | QLineEdit, value: str) -> None:
    assert isinstance(button, ChoiceButton)
    next(one for one in button._choices.actions() if one.data() == value).trigger()


def test_all_shipped_ones_end_as_they_should(panel: CasesPanel, wizards: Mapping[str, Wizard]) -> None:
    assert panel.failed == 0
    assert "Alle 12 Fälle enden, wie sie sollen." in said(panel)
    for one in wizards.values():
        panel.show_cases(one, wizards)
        assert panel.failed == 0, one.id


def test_a_change_of_the_draft_shows_which_ones_end_elsewhere(panel: CasesPanel, wizards: Mapping[str, Wizard]) -> None:
    draft = editing.set_target(wizards["printer-no-print"], "i_toner", "cannot", "o_escalate")
    panel.show_cases(draft, wizards)
    assert panel.failed == 1
    assert "1 von 12 Fällen endet anders." in said(panel)
    assert "Endet bei „Die IT übernimmt“ statt bei „Toner oder Tinte wird bestellt“." in said(panel)
    panel.show_cases(editing.set_target(draft, "i_toner", "cannot", ""), wizards)
    assert "Kommt an einen Ausgang, der noch nirgends hinführt." in said(panel)
    panel.show_cases(editing.remove_step(draft, "o_supplies"), wizards)
    assert panel.failed == 1


def test_a_scenario_is_written_from_nothing(
    panel: CasesPanel, changes: list[tuple[Wizard, Message]], wizards: Mapping[str, Wizard]
) -> None:
    panel.show_cases(replace(wizards["printer-no-print"], cases=()), wizards)
    assert "Noch kein Fall hält fest, wo ein Weg enden soll." in said(panel)
    QTest.mouseClick(panel._add, Qt.MouseButton.LeftButton)
    dialog = dialog_of(panel)
    dialog.keep.click()
    assert dialog.isVisible()
    assert "Namen" in dialog.name.error
    QTest.keyClicks(dialog.name.edit, "Papierstau")
    pick(dialog.form.findings["printer.paper"], "present")
    assert "statt bei" in dialog.verdict
    pick(dialog.form.fixes["i_paper"], "helps")
    assert dialog.verdict == "Endet bei „Es druckt wieder“ nach 3 Schritten für Menschen."
    dialog.limit.setValue(2)
    assert dialog.verdict == "Endet richtig, braucht aber 3 Schritte; erlaubt sind 2."
    dialog.limit.setValue(3)
    dialog.keep.click()
    wizard, text = changes[-1]
    assert wizard.cases == (Case("Papierstau", "o_ok", ("printer.paper",), fix=("i_paper",), max_human=3),)
    assert text == Message("case.done.added", {"name": "Papierstau"})
    assert panel.failed == 0


def test_every_shipped_scenario_comes_out_of_the_form_as_it_went_in(
    qtbot: QtBot, look: Look, wizards: Mapping[str, Wizard]
) -> None:
    for name in ("printer-no-print", "phishing-suspect", "no-internet", "vpn-or-drive"):
        for case in wizards[name].cases:
            dialog = CaseDialog(look, wizards[name], wizards, case)
            qtbot.addWidget(dialog)
            given = dialog.case
            assert (given.name, given.end, given.max_human, given.audience) == (
                case.name, case.end, case.max_human, case.audience,
            )  # fmt: skip
            assert set(given.findings) == set(case.findings)
            assert (set(given.fix), set(given.cannot)) == (set(case.fix), set(case.cannot))
            assert dialog.verdict.startswith("Endet bei"), (name, case.name)


def test_answers_of_every_kind_can_be_given(
    panel: CasesPanel, changes: list[tuple[Wizard, Message]], wizards: Mapping[str, Wizard]
) -> None:
    panel.edit(0)
    dialog = dialog_of(panel)
    name = dialog.form.answers["q_printer"]
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "Lager")
    pick(dialog.form.answers["q_display"], "off")
    pick(dialog.form.answers["q_scope"], "")
    pick(dialog.form.answers["q_result"], "no")
    pick(dialog.form.findings["printer.toner"], "unknown")
    pick(dialog.form.fixes["i_toner"], "cannot")
    dialog.audience.button(Audience.TECHNICIAN.value).click()
    dialog.keep.click()
    case = changes[-1][0].cases[0]
    wanted = {"printer_name": "Lager", "printer_display": "off", "scope": "", "works_now": "no"}
    assert dict(case.answers) == wanted
    assert (case.unknown, case.cannot, case.audience) == (("printer.toner",), ("i_toner",), Audience.TECHNICIAN)


def test_removing_keeps_the_keyboard_in_the_list(panel: CasesPanel, changes: list[tuple[Wizard, Message]]) -> None:
    panel.window().activateWindow()
    remove = next(one for one in panel._cards[1].findChildren(Button) if "entfernen" in one.accessibleName())
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Return)
    assert len(changes[-1][0].cases) == 11
    assert changes[-1][1].code == "case.done.removed"
    assert any(one.hasFocus() for one in panel._cards[1].findChildren(Button))
    while panel._wizard.cases:
        panel._on_removed(0)
    assert "Noch kein Fall hält fest, wo ein Weg enden soll." in said(panel)


def test_a_name_with_markup_stays_a_name(panel: CasesPanel, wizards: Mapping[str, Wizard]) -> None:
    case = Case("<b>fett</b>\n\u202eumgedreht", "<img src=x>")
    panel.show_cases(replace(wizards["printer-no-print"], cases=(case,)), wizards)
    assert any("<b>fett</b>" in one and "\n" not in one for one in said(panel))
    panel.edit(0)
    assert "<img src=x>" in dialog_of(panel).verdict
    dialog_of(panel).reject()
