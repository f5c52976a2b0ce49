"""A checklist from a file of somebody else: its texts are shown letter by letter and widen nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.wizard.definition import Answer, Question, Step, Wording
from desktop.domain.wizard.writer import write_wizard
from desktop.services.own_wizards import import_wizard
from desktop.services.wizard_library import read_library
from desktop.services.work import Work
from desktop.ui.common.fact_table import Cell, Column, FactTable
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.page import EditorPage

Edit = Callable[[str], EditorPage]
_MARKUP = "<b>fett</b> <img src='file:///etc/passwd'> &amp; \u202eXYZ"
_ENDLESS = "W" * 220


def _foreign(work: Work) -> None:
    original = read_library(work).wizards["disk-full"]
    said = (Wording(_MARKUP, _MARKUP), Wording(_ENDLESS, _ENDLESS))
    steps: dict[str, Step] = {}
    for number, (name, step) in enumerate(original.steps.items()):
        steps[name] = replace(step, title=said[number % 2], text=said[(number + 1) % 2])
        if isinstance(step, Question):
            answers = tuple(Answer(one.id, said[at % 2]) for at, one in enumerate(step.answers))
            steps[name] = replace(steps[name], answers=answers)
    content = write_wizard(replace(original, id="foreign", title=Wording("X" * 200, _MARKUP), steps=steps))
    import_wizard(work, content, name="foreign")


def test_no_tooltip_is_markup_and_nothing_grows_too_wide(edit: Edit, work: Work, qtbot: QtBot) -> None:
    _foreign(work)
    page = edit("foreign")
    for name in ("", "q_where", "i_bin", "c_full", "q_result"):
        page.session.pick(name)
        page.preview.draw()
        qtbot.wait(1)
        form = page._form_area.widget()
        assert form.minimumSizeHint().width() <= page._form_area.viewport().width() + 1, name
        rich = [one.text() for one in page.findChildren(QLabel) if one.textFormat() is not Qt.TextFormat.PlainText]
        assert not any("<b>" in one for one in rich)
    hints = [page.side.steps.item(row).toolTip() for row in range(page.side.steps.count())]
    hints += [one.toolTip() for one in page.findChildren(QWidget)]
    assert any("&lt;b&gt;fett" in one for one in hints)
    assert not any("<b>" in one or "<img" in one for one in hints)
    assert "\u202e" not in page.side.steps.item(1).text() + page.side.steps.item(2).text()
    assert page.width() <= 1240


def test_a_table_says_markup_letter_by_letter(look: Look, qtbot: QtBot) -> None:
    table = FactTable(look, (Column("A"),), name="A")
    qtbot.addWidget(table)
    table.show_rows([(Cell(_MARKUP),)])
    hint = table.rows.data(table.rows.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in str(hint)
    assert "<img" not in str(hint)
