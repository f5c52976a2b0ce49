"""All checklists: shipped, changed here and the company's own, with what there is to do about each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QMessageBox, QWidget

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.domain.wizard_rows import WizardFile, WizardRow
from desktop.ui.common.buttons import Button, ChoiceButton, MenuButton
from desktop.ui.common.controls import Banner, Card
from desktop.ui.common.errors import announce
from desktop.ui.common.fact_table import Cell, Column, FactTable
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor import use_cases
from desktop.ui.desk.editor.new_dialog import NewChecklistDialog
from desktop.ui.desk.editor.wiring import on_text

_KINDS = ("all", "drafts", "own", "changed", "lists", "moved")
ENDING = "TOML (*.toml)"


class LibraryPage(QWidget):
    """Reads when it opens and whenever a checklist changed."""

    wizard_wanted = Signal(str)
    figures_wanted = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = context.look
        self._context = context
        self._rows: tuple[WizardRow, ...] = ()
        self.search = self._make_search(look)
        self.filter = ChoiceButton(look, look.text("editor.filter"), small=True)
        on_text(self.filter.chosen, lambda _chosen: self._show())
        self.table = FactTable(look, _columns(look), name=look.text("editor.all"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.activated.connect(self._on_activated)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self._count = plain_label(look, "", tone="t3")
        self._shown: tuple[WizardRow, ...] = ()
        self._none = plain_label(look, look.text("editor.none_found"), tone="t2", wrap=True)
        self._said = Banner(look, "", tone="grn")
        self._said.hide()
        self._menu = self._make_menu(look)
        self._build(look)
        context.bus.changed.connect(self._on_changed)
        self.reload()

    @property
    def picked(self) -> WizardRow | None:
        """Return the checklist whose row is picked."""
        rows = self.table.selectionModel().selectedRows()
        return self._shown[self.table.found.mapToSource(rows[0]).row()] if rows else None

    def reload(self) -> None:
        """Read all checklists anew."""
        self._context.read(use_cases.listing, owner=self, done=self._on_rows)

    def _make_search(self, look: Look) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(look.text("editor.search"))
        field.setAccessibleName(look.text("editor.search"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(look.theme.px(260))
        look.theme.dress(field)
        on_text(field.textChanged, self.table_search)
        return field

    def table_search(self, words: str) -> None:
        """Show the rows that contain what was typed."""
        count = self.table.search(words)
        self._count.setText(self._context.look.texts.plural("editor.count", count))
        self._none.setVisible(not count and bool(self._rows))

    def _on_menu(self, at: QPoint) -> None:
        self._menu.popup(self.table.mapToGlobal(at))

    def _make_menu(self, look: Look) -> QMenu:
        menu = QMenu(self)
        acts = (
            ("open", self._on_open), ("copy", self._on_copy), ("export", self._on_export),
            ("export_draft", lambda: self._on_export(draft=True)),
            ("discard_draft", lambda: self._do("discard_draft")), ("withdraw", lambda: self._do("withdraw")),
        )  # fmt: skip
        for name, act in acts:
            action = menu.addAction(look.text(f"editor.menu.{name}"))
            action.setObjectName(name)
            action.triggered.connect(act)
        menu.aboutToShow.connect(self._update_menu)
        return menu

    def _build(self, look: Look) -> None:
        new = Button(look, look.text("editor.new"), icon_name="plus", kind="primary", small=True, clicked=self._on_new)
        read = Button(
            look, look.text("editor.import"), icon_name="file-arrow-down", small=True, clicked=self._on_import
        )
        figures = Button(look, look.text("figures.title"), icon_name="chart-bar", small=True)
        figures.clicked.connect(self.figures_wanted)
        more = MenuButton(look, look.text("editor.actions"), self._menu, small=True)
        head = column(
            row(plain_label(look, look.text("editor.all"), size="pane", weight=BOLD), self._count, None, figures, read,
                new, spacing=10),
            row(self.search, self.filter, None, more, spacing=10), self._said,
            spacing=10, margins=(20, 12, 20, 12),
        )  # fmt: skip
        self._none.hide()
        body = pane(
            column(self._none, Card(column(self.table, margins=(4, 4, 4, 4))), spacing=10, margins=(20, 16, 20, 20)),
            ground="surface2",
        )
        whole = column(pane(head, ground="surface", edge="bottom"), body, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.table)

    def _on_rows(self, rows: tuple[WizardRow, ...]) -> None:
        look = self._context.look
        self._rows = rows
        counts = {one: sum(_is(one, row_) for row_ in rows) for one in _KINDS}
        choices = [
            (one, look.text("editor.filter.choice", name=look.text(f"editor.filter.{one}"), count=counts[one]))
            for one in _KINDS
            if counts[one] or one in ("all", self.filter.value)
        ]
        self.filter.set_choices(choices, value=self.filter.value or "all")
        self._show()

    def _show(self) -> None:
        look, picked = self._context.look, self.picked
        kind = self.filter.value or "all"
        self._shown = tuple(one for one in self._rows if _is(kind, one))
        self.table.show_rows([_cells(look, one) for one in self._shown])
        self.table_search(self.search.text())
        ids = [one.id for one in self._shown]
        if picked is not None and picked.id in ids:
            place = self.table.rows.index(ids.index(picked.id), 0)
            self.table.setCurrentIndex(self.table.found.mapFromSource(place))
        elif ids:
            self.table.setCurrentIndex(self.table.found.index(0, 0))

    def _update_menu(self) -> None:
        self._said.hide()
        one = self.picked
        allowed = {
            "open": one is not None, "copy": one is not None, "export": one is not None,
            "export_draft": one is not None and one.has_draft and one.is_in_force,
            "discard_draft": one is not None and one.has_draft, "withdraw": one is not None and one.number > 0,
        }  # fmt: skip
        for action in self._menu.actions():
            action.setEnabled(allowed.get(action.objectName(), True))

    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_open()

    def _on_open(self) -> None:
        if self.picked is not None:
            self.wizard_wanted.emit(self.picked.id)

    def _on_new(self) -> None:
        self._ask_new(None)

    def _on_copy(self) -> None:
        if self.picked is not None:
            self._ask_new(self.picked)

    def _ask_new(self, copied: WizardRow | None) -> None:
        taken = frozenset(one.id for one in self._rows)
        dialog = NewChecklistDialog(self._context, taken, copied, self)
        dialog.made.connect(self.wizard_wanted)
        dialog.open()

    def _on_import(self) -> None:
        look = self._context.look
        name, _ = QFileDialog.getOpenFileName(self, look.text("editor.import"), "", ENDING)
        if name:
            self.take_in(Path(name))

    def take_in(self, path: Path, *, replaces: bool = False) -> None:
        """Read a file as a draft; one whose checklist exists is asked about first."""

        def failed(error: AppError) -> None:
            if error.code == "own_wizard.there" and not replaces:
                self._ask_replace(path)
            else:
                self._context.bus.failed.emit(error)

        def done(file: WizardFile) -> None:
            self.wizard_wanted.emit(file.id)

        self._context.do(use_cases.importing(path, replaces=replaces), owner=self, done=done, failed=failed)

    def _ask_replace(self, path: Path) -> None:
        look = self._context.look
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(look.text("editor.import"))
        box.setText(look.text("editor.import.exists"))
        box.setInformativeText(look.text("editor.import.exists_hint"))
        take = box.addButton(look.text("editor.import.as_draft"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(look.text("editor.import.leave"), QMessageBox.ButtonRole.RejectRole)
        take.clicked.connect(lambda: self.take_in(path, replaces=True))
        box.open()

    def _on_export(self, *, draft: bool = False) -> None:
        one, look = self.picked, self._context.look
        if one is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, look.text("editor.menu.export"), f"{one.id}.toml", ENDING)
        if name:
            self._context.read(use_cases.exporting(one.id, Path(name), draft=draft), owner=self, done=self._on_exported)

    def _on_exported(self, path: Path) -> None:
        """Say that it worked and where: nothing else on the page would."""
        self._said.set_text(self._context.look.text("editor.exported", name=one_line(path.name)))
        self._said.show()
        announce(self, self._context.look.text("editor.exported", name=one_line(path.name)))

    def _do(self, name: str) -> None:
        if self.picked is not None:
            self._context.do(use_cases.doing(name, self.picked.id), owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Subject.WIZARD):
            self.reload()


def _columns(look: Look) -> tuple[Column, ...]:
    text = look.text
    return (
        Column(text("editor.column.title"), 1), Column(text("editor.column.category")),
        Column(text("editor.column.for")), Column(text("editor.column.kind")), Column(text("editor.column.origin")),
        Column(text("editor.column.state")), Column(text("editor.column.changed")),
    )  # fmt: skip


def _cells(look: Look, one: WizardRow) -> tuple[Cell, ...]:
    states = [
        look.text("editor.is.draft") if one.has_draft else "",
        look.text("editor.is.moved") if one.is_original_moved else "",
        look.texts.plural("editor.is.faulty", one.problems) if one.problems else "",
        "" if one.is_in_force or one.has_draft else look.text("editor.is.out"),
    ]
    tone = "red" if one.problems else "amb" if one.is_original_moved else ""
    changed = look.formats.date(one.changed_at) if one.changed_at else ""
    return (
        Cell(one.title.say(look.texts.language) or one.id),
        Cell(look.text(f"category.{one.category}") if look.texts.has(f"category.{one.category}") else one.category),
        Cell(look.text(f"editor.for.{one.audience.value}")),
        Cell(look.text(f"editor.mode.{one.mode.value}")),
        Cell(look.text(f"editor.origin.{one.origin.value}", number=one.number)),
        Cell(", ".join(part for part in states if part), None, tone),
        Cell(changed, one.changed_at.timestamp() if one.changed_at else 0.0),
    )


def _is(kind: str, one: WizardRow) -> bool:
    return {
        "all": True,
        "drafts": one.has_draft,
        "own": one.origin.value == "own",
        "changed": one.origin.value == "changed",
        "lists": one.mode.value == "do-confirm",
        "moved": one.is_original_moved,
    }[kind]
