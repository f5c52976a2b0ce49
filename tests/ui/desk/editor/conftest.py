"""The place of checklists over a real store, and a checklist opened in its editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor.page import EditorPage
from desktop.ui.desk.editor.place import WizardPlace

Edit = Callable[[str], EditorPage]


@pytest.fixture
def place(qtbot: QtBot, context: DeskContext) -> Iterator[WizardPlace]:
    made = WizardPlace(context)  # not given to qtbot, which would delete it before the last letters are kept
    made.resize(1240, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.library.table.found.rowCount() > 20)
    yield made
    made.close()  # what was typed is kept while there is still something to keep it with
    qtbot.waitUntil(lambda: not any(one._is_saving for one in made.findChildren(EditorPage)))
    made.deleteLater()
    read: list[int] = []  # and what reads anew because of it has its turn before the lane ends
    context.read(lambda _work: 1, owner=context.bus, done=read.append)
    qtbot.waitUntil(lambda: bool(read))


@pytest.fixture
def edit(place: WizardPlace, qtbot: QtBot) -> Edit:
    def opened(wizard: str) -> EditorPage:
        place.edit(wizard)
        qtbot.waitUntil(lambda: isinstance(place.currentWidget(), EditorPage))
        page = place.currentWidget()
        assert isinstance(page, EditorPage)
        return page

    return opened
