"""How the checklists do: what they solve, where people give up, what to change, what to train."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.base.changes import Changes, Subject
from desktop.domain.wizard.definition import Wizard
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import Card
from desktop.ui.common.errors import announce
from desktop.ui.common.fact_table import FactTable
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.wizards import use_cases
from desktop.ui.desk.wizards.figures_cards import proposal_card, subject_row
from desktop.ui.desk.wizards.figures_words import (
    step_cells,
    step_columns,
    wizard_cells,
    wizard_columns,
    wizard_title,
)

if TYPE_CHECKING:
    from desktop.services.wizard_figures import ChecklistFigures

DAYS = (30, 90, 365)
_WIDEST = 340  # logical pixels of a title, then it is cut and its tooltip says the rest
_ROWS = 10  # rows that a table shows before it scrolls by itself


class FiguresPage(QWidget):
    """Reads when it opens, when the days change and when runs or checklists changed while it is seen."""

    left = Signal()
    wizard_wanted = Signal(str)
    """Show a checklist in the editor: its id."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = context.look
        self._context = context
        self._wizards: Mapping[str, Wizard] = {}
        self._figures: ChecklistFigures | None = None
        self._ids: tuple[str, ...] = ()
        self.days = ChoiceButton(
            look, look.text("figures.days"), [(str(one), look.texts.plural("figures.last_days", one)) for one in DAYS],
            value="90", small=True,
        )  # fmt: skip
        self.days.chosen.connect(self.reload)
        self.summary = plain_label(look, "", size="reading", weight=BOLD, wrap=True)
        self.explanation = plain_label(look, look.text("figures.explanation"), tone="t2", wrap=True)
        self.table = FactTable(look, wizard_columns(look), name=look.text("figures.title"))
        self.steps = FactTable(look, step_columns(look), name=look.text("figures.steps"))
        self.steps_title = plain_label(look, "", size="pane", weight=BOLD)
        self._advice = column(spacing=12)
        self._lessons = column(spacing=0)
        self._build(look)
        context.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read the figures anew."""
        self._context.read(
            use_cases.reading_figures(int(self.days.value or DAYS[1])), owner=self, done=self._on_figures
        )

    def _build(self, look: Look) -> None:
        back = Button(look, look.text("figures.back"), icon_name="arrow-left", kind="flat", small=True)
        back.clicked.connect(self.left)
        self.edit = Button(
            look, look.text("figures.edit"), icon_name="pencil-simple", small=True, clicked=self._on_edit
        )
        head = row(
            back, plain_label(look, look.text("figures.title"), size="pane", weight=BOLD), None, self.days, self.edit,
            spacing=10, margins=(20, 12, 20, 12),
        )  # fmt: skip
        for one in (self.table, self.steps):
            one.setHorizontalScrollMode(FactTable.ScrollMode.ScrollPerPixel)
            one.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            one.horizontalHeader().setMaximumSectionSize(look.theme.px(_WIDEST))
            one.horizontalHeader().setStretchLastSection(True)
        self.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
        self.steps.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        self.table.selectionModel().selectionChanged.connect(self._on_picked)
        self.table.activated.connect(self._on_activated)
        lessons = plain_label(look, look.text("figures.lessons"), size="pane", weight=BOLD)
        body = column(
            self.summary, self.explanation, 8, self._advice,
            Card(column(self.table, margins=(4, 4, 4, 4))), 12,
            self.steps_title, Card(column(self.steps, margins=(4, 4, 4, 4))), 12,
            lessons, self._lessons, None,
            spacing=8, margins=(20, 16, 20, 20),
        )  # fmt: skip
        whole = column(pane(head, ground="surface", edge="bottom"), scrolling(pane(body, ground="surface2")), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.table)

    @property
    def picked(self) -> str:
        """Return the id of the checklist whose row is picked."""
        rows = self.table.selectionModel().selectedRows()
        return self._ids[self.table.found.mapToSource(rows[0]).row()] if rows else ""

    def _on_figures(self, found: tuple[ChecklistFigures, Mapping[str, Wizard]]) -> None:
        look, before = self._context.look, self.picked
        self._figures, self._wizards = found
        self._ids = tuple(self._figures.wizards)
        self.summary.setText(self._said(look))
        self.table.show_rows([wizard_cells(look, self._wizards, one) for one in self._figures.wizards.values()])
        self._fit(self.table, len(self._ids))
        self._pick(before)
        self._show_advice(look)
        self._on_picked()
        announce(self, self.summary.text())

    def _said(self, look: Look) -> str:
        figures = self._figures
        runs = sum(one.runs for one in figures.wizards.values()) if figures else 0
        if figures is None or not runs:
            return look.text("figures.none")
        rate = figures.solve_rate
        if rate is None:
            return look.texts.plural("figures.only_runs", runs)
        return look.texts.plural("figures.summary", runs, rate=look.formats.percent(rate))

    def _show_advice(self, look: Look) -> None:
        clear(self._advice)
        clear(self._lessons)
        if self._figures is None:
            return
        for one in self._figures.proposals:
            self._advice.addWidget(proposal_card(look, self._wizards, one, self._on_order))
        for subject in self._figures.subjects:
            self._lessons.addWidget(subject_row(look, self._wizards, subject, self._on_ticket))
        if not self._figures.subjects:
            self._lessons.addWidget(plain_label(look, look.text("figures.no_lessons"), tone="t2", wrap=True))
        show_all(self._advice)
        show_all(self._lessons)

    def _pick(self, wizard: str) -> None:
        place = self._ids.index(wizard) if wizard in self._ids else -1
        found = self.table.found.mapFromSource(self.table.rows.index(place, 0)).row() if place >= 0 else 0
        self.table.setCurrentIndex(self.table.found.index(found, 0))  # `selectRow` wants a header that is laid out

    def _fit(self, table: FactTable, rows: int) -> None:
        """Be as high as the rows need, so that the page scrolls and not the table within it."""
        line, head = table.verticalHeader().defaultSectionSize(), table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(head + line * max(1, min(rows, _ROWS)) + 2 * table.frameWidth() + 4)

    def _on_picked(self) -> None:
        look, picked = self._context.look, self.picked
        self.edit.setEnabled(picked in self._wizards)
        figures = self._figures.wizards.get(picked) if self._figures else None
        found = tuple(figures.steps.values()) if figures else ()
        self.steps_title.setText(
            look.text("figures.steps_of", checklist=wizard_title(look, self._wizards, picked)) if picked else ""
        )
        self.steps.show_rows([step_cells(look, self._wizards, picked, one) for one in found])
        self._fit(self.steps, len(found))

    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_edit()

    def _on_edit(self) -> None:
        if self.picked in self._wizards:
            self.wizard_wanted.emit(self.picked)

    def _on_ticket(self, number: str) -> None:
        self._context.bus.navigated.emit("ticket", number)

    def _on_order(self, proposal: object) -> None:
        from desktop.domain.wizard.ordering import OrderProposal

        if isinstance(proposal, OrderProposal):
            self._context.do(use_cases.taking_order(proposal), owner=self, done=self.wizard_wanted.emit)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Subject.WIZARD_RUN, Subject.WIZARD):
            self.reload()
