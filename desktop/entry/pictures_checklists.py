"""The windows in which checklists are written, and what they achieve."""

from __future__ import annotations

from collections.abc import Callable

from desktop.entry.stage import Stage
from desktop.ui.desk.editor.page import CASES, FORM, GRAPH, EditorPage
from desktop.ui.desk.editor.place import WizardPlace
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.wizards.figures_page import FiguresPage
from desktop.ui.desk.wizards.tick_page import TickPage

EXAMPLE, STEP = "printer-no-print", "i_power"


def take_checklists(stage: Stage, window: DeskWindow, put_on: Callable[[str], None]) -> None:
    """Take the list of checklists, the editor in its three views, and the figures."""
    window.navigation.go_to("wizards")
    stage.settle(lambda: bool(window.findChildren(WizardPlace)), "checklists: page")
    place = window.findChildren(WizardPlace)[0]
    stage.settle(lambda: place.library.table.found.rowCount() > 0, "checklists: list")
    stage.rest()
    stage.in_schemes(window, "checklists", put_on)
    place.edit(EXAMPLE)
    stage.settle(lambda: isinstance(place.currentWidget(), EditorPage), "checklists: editor")
    page = place.currentWidget()
    if isinstance(page, EditorPage):
        page.session.pick(STEP)
        for view in (FORM, GRAPH, CASES):
            page.views.button(view).click()
            stage.rest()
            stage.in_schemes(window, f"editor-{view}", put_on)
    place.show_figures()
    figures = place.currentWidget()
    if isinstance(figures, FiguresPage):
        stage.settle(lambda: bool(figures.summary.text()), "checklists: figures")
    stage.rest()
    stage.in_schemes(window, "figures", put_on)
    place.show_library()
    stage.work()


def take_list(stage: Stage, window: DeskWindow, put_on: Callable[[str], None], number: str, run: str) -> None:
    """Take a list of ticks on its ticket."""
    window.open_ticket(number)
    stage.rest()
    window.ways.navigate("list", run)
    stage.settle(lambda: bool(window.findChildren(TickPage)), "list: page")
    stage.rest()
    stage.in_schemes(window, "list", put_on)
    window.open_ticket(number)
    stage.rest()
