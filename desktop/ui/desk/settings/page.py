"""The page of settings (mock-up K1): search, sections, cards; every change is saved at once and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.base.settings import Value
from desktop.exchange.folder_check import FolderCheck, check_folder
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel, icon
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.settings.company_store import Change, Shared, changing_phone, read_shared, renaming
from desktop.ui.desk.settings.diagnosis_section import DiagnosisSection
from desktop.ui.desk.settings.entry import SECTIONS, Entry, EntryCard, Line
from desktop.ui.desk.settings.findings_section import FindingsSection
from desktop.ui.desk.setup.check_list import FolderCheckList
from desktop.ui.desk.setup.company_page import PHONE

SECTION_WIDTH = 230
CARD_WIDTH = 800


class SettingsPage(QWidget):
    """Reads what the company shares when it opens, and again whenever it changed."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shared: Shared | None = None
        self._take_back: tuple[str, Callable[[], object]] | None = None
        look = context.look
        self.entries: dict[str, Entry] = {}
        self.findings = FindingsSection(context, self)
        self.findings.listed.connect(self._on_findings_listed)
        self.findings.changed.connect(self._offer_undo)
        self.diagnosis = DiagnosisSection(context, self)
        self.diagnosis.changed.connect(self._offer_undo)
        self._add_personal(look)
        self._add_shared(look)
        self._add_places(look)
        self.entries |= self.diagnosis.entries
        right = column(scrolling(self._right(look)), self._foot(look), spacing=0)
        right.setStretch(0, 1)
        whole = row(self._left(look), right, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.sections.setCurrentRow(0)
        context.bus.changed.connect(self._on_changed)
        context.read(read_shared, owner=self, done=self._on_shared)

    def change(self, key: str, value: Value) -> None:
        """Save one of this PC's settings and let it take effect."""
        try:
            before = self._context.settings.set(key, value)
        except AppError as error:
            self._show_values()
            self.entries[key].set_error(self._context.look.texts.error(error).what)
            return
        self.entries[key].set_error("")
        if before == value:
            return
        self._take_effect(key)

        def back() -> None:
            self._context.settings.set(key, before)
            self._take_effect(key)

        self._offer_undo(self.entries[key].title, back)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what the menu has changed in the meantime."""
        self._show_values()
        super().showEvent(event)

    def take_back(self) -> None:
        """Undo the last change."""
        if self._take_back is None:
            return
        title, undo = self._take_back
        undo()
        self._show_values()
        self._take_back = None
        self._say(self._context.look.text("settings.undone", title=title), can_undo=False)

    def _add(self, section: str, key: str, control: QWidget, *, below: QWidget | None = None) -> None:
        self.entries[key] = Entry(self._context.look, section, key, control, below=below)

    def _add_personal(self, look: Look) -> None:
        for key in ("language", "theme", "text_size"):
            declared = self._context.settings.declared[key]
            choices = [(one, look.text(f"setting.{key}.{one}")) for one in declared.choices]
            value = self._context.settings.text(key)
            choice = ChoiceButton(look, look.text(f"setting.{key}.title"), choices, value=value)
            choice.setMinimumWidth(look.theme.px(150))
            choice.chosen.connect(self._changing(key))
            self._add("personal", key, choice)
        keys = Switch(look, "", checked=self._context.settings.is_on("single_keys"))
        keys.clicked.connect(lambda: self.change("single_keys", keys.isChecked()))
        self._add("keys", "single_keys", keys)

    def _add_shared(self, look: Look) -> None:
        self._name = plain_label(look, "", tone="t2", selectable=True, wrap=True)
        self._add("company", "company_name", self._name)
        self.my_name, self.phone = QLineEdit(), QLineEdit()
        for key, edit, width in (("my_name", self.my_name, 220), ("help_phone", self.phone, 140)):
            edit.setMaxLength(120 if key == "my_name" else 30)
            edit.setFixedWidth(look.theme.px(width))
            look.theme.dress(edit)
            self._add("company", key, edit)
        self.my_name.editingFinished.connect(self._on_name)
        self.phone.editingFinished.connect(self._on_phone)

    def _add_places(self, look: Look) -> None:
        self._mailbox = plain_label(look, "", tone="t2", selectable=True, wrap=True)
        self._add("inbox", "mailbox", self._mailbox)
        self.checks = FolderCheckList(look)
        self.check = Button(look, look.text("setting.check.button"), icon_name="fingerprint", clicked=self._on_check)
        self._add("inbox", "check", self.check, below=self.checks)
        folder = plain_label(look, str(self._context.home.data), tone="t2", selectable=True, wrap=True)
        self._add("data", "data_folder", folder)
        kind = "file" if (self._context.home.data / "keys.bin").exists() else "system"
        self._add("data", "keychain", plain_label(look, look.text(f"setting.keychain.{kind}"), tone="t2", wrap=True))

    def _left(self, look: Look) -> QFrame:
        title = plain_label(look, look.text("settings.title"), size="pane", weight=BOLD)
        self.search = QLineEdit()
        self.search.setPlaceholderText(look.text("settings.search"))
        self.search.setAccessibleName(look.text("settings.search"))
        self.search.setClearButtonEnabled(True)
        look.theme.dress(self.search)
        self.search.textChanged.connect(self._on_search)
        self.sections = QListWidget()
        self.sections.setAccessibleName(look.text("settings.sections"))
        side = look.theme.px(16)
        self.sections.setIconSize(QSize(side, side))
        look.theme.dress(self.sections)
        for section, name in SECTIONS:
            item = QListWidgetItem(icon(look.theme, name), look.text(f"settings.section.{section}"))
            item.setSizeHint(QSize(0, look.theme.px(34)))
            self.sections.addItem(item)
        self.sections.currentRowChanged.connect(self._on_section)
        whole = column(title, 6, self.search, 6, self.sections, spacing=4, margins=(14, 12, 14, 12))
        whole.setStretch(whole.count() - 1, 1)
        frame = pane(whole, ground="surface", edge="right")
        frame.setFixedWidth(look.theme.px(SECTION_WIDTH))
        return frame

    def _right(self, look: Look) -> QFrame:
        self._heading = plain_label(look, "", size="title", weight=BOLD, wrap=True)
        self._lead = plain_label(look, "", size="reading", tone="t2", wrap=True)
        self.card = EntryCard()
        inner = column(self._heading, self._lead, 12, self.card, None, spacing=3)
        holder = QWidget()
        holder.setMaximumWidth(look.theme.px(CARD_WIDTH))
        holder.setLayout(inner)
        line = row(holder, None, margins=(32, 22, 32, 22))
        line.setStretch(0, 100)
        return pane(line, ground="surface2")

    def _foot(self, look: Look) -> QFrame:
        """Return the line that says what was saved; it stays in sight however long the section is."""
        self._said = plain_label(look, look.text("settings.saved"), size="meta", tone="t2")
        self.undo = Button(look, look.text("settings.undo"), kind="link", clicked=self.take_back)
        self.undo.hide()
        mark = IconLabel(look.theme, "check-circle", "grn", filled=True)
        line = row(mark, self._said, self.undo, None, spacing=8, margins=(32, 8, 32, 8))
        return pane(line, ground="surface2", edge="top")

    def _on_section(self, number: int) -> None:
        if number < 0:
            return
        self.search.clear()
        section = SECTIONS[number][0]
        look = self._context.look
        self._heading.setText(look.text(f"settings.section.{section}"))
        self._lead.setText(look.text(f"settings.section.{section}.lead"))
        if section == "findings":
            self.findings.build()
            self.card.show_entries(self.findings.lines)
            return
        self.card.show_entries([one for one in self.entries.values() if one.section == section])

    def _on_search(self, query: str) -> None:
        if not query.strip():
            if self.sections.currentRow() < 0:
                self.sections.setCurrentRow(0)
            return
        self.sections.setCurrentRow(-1)
        self.findings.build()
        look, shown = self._context.look, one_line(query, 60)
        found: list[Line] = [one for one in (*self.entries.values(), *self.findings.lines) if one.fits(query)]
        code = "settings.found" if found else "settings.nothing.title"
        self._heading.setText(look.text(code, query=shown))
        self._lead.setText("" if found else look.text("settings.nothing.text"))
        self.card.show_entries(found)

    def _on_findings_listed(self, lines: list[Line]) -> None:
        if self.search.text().strip():
            self._on_search(self.search.text())
        elif SECTIONS[self.sections.currentRow()][0] == "findings":
            self.card.add_entries(lines)

    def _changing(self, key: str) -> Callable[[str], None]:
        return lambda value: self.change(key, value)

    def _take_effect(self, key: str) -> None:
        application = QApplication.instance()
        if key in ("theme", "text_size") and isinstance(application, QApplication):
            settings = self._context.settings
            self._context.look.theme.apply(application, settings.text("theme"), int(settings.text("text_size")))

    def _show_values(self) -> None:
        settings = self._context.settings
        for key in ("language", "theme", "text_size"):
            control = self.entries[key].control
            if isinstance(control, ChoiceButton):
                control.set_value(settings.text(key))
        control = self.entries["single_keys"].control
        if isinstance(control, Switch):
            control.setChecked(settings.is_on("single_keys"))

    def _on_shared(self, shared: Shared) -> None:
        self._shared = shared
        self._name.setText(one_line(shared.company, 120))
        self._mailbox.setText(one_line(shared.mailbox, 300))
        for edit, text in ((self.my_name, shared.my_name), (self.phone, shared.help_phone)):
            if not edit.hasFocus():
                edit.setText(text)

    def _on_name(self) -> None:
        shared, wanted = self._shared, " ".join(self.my_name.text().split())
        self.entries["my_name"].set_error("" if wanted else self._context.look.text("setup.company.person.missing"))
        if shared is None or not wanted or wanted == shared.my_name:
            return
        self._do("my_name", renaming(shared.my_id, wanted), back=renaming(shared.my_id, shared.my_name))

    def _on_phone(self) -> None:
        shared, wanted = self._shared, self.phone.text().strip()
        is_phone = PHONE.fullmatch(wanted) is not None
        self.entries["help_phone"].set_error("" if is_phone else self._context.look.text("setup.company.phone.wrong"))
        if shared is None or wanted == shared.help_phone or not is_phone:
            return
        self._do("help_phone", changing_phone(wanted), back=changing_phone(shared.help_phone))

    def _do(self, key: str, change: Change, *, back: Change) -> None:
        """Change what the company shares; the way back is offered once it is saved."""

        def undo() -> None:
            self._context.do(back, owner=self)

        def fail(error: AppError) -> None:
            self.entries[key].set_error(self._context.look.texts.error(error).what)

        self._context.do(
            change, owner=self, done=lambda _row: self._offer_undo(self.entries[key].title, undo), failed=fail
        )

    def _on_check(self) -> None:
        if self._shared is None:
            return
        folder, clock = Path(self._shared.mailbox), self._context.clock
        self.check.setEnabled(False)
        self.entries["check"].set_error("")
        self._context.run_io(
            lambda: check_folder(folder, clock=clock), owner=self, done=self._on_checked, failed=self._on_unchecked
        )

    def _on_checked(self, checks: tuple[FolderCheck, ...]) -> None:
        self.check.setEnabled(True)
        self.checks.set_checks(checks)
        announce(self.checks, self.checks.accessibleName())

    def _on_unchecked(self, error: AppError) -> None:
        self.check.setEnabled(True)
        self.entries["check"].set_error(self._context.look.texts.error(error).what)

    def _offer_undo(self, title: str, undo: Callable[[], object]) -> None:
        self._take_back = (title, undo)
        self._say(self._context.look.text("settings.changed", title=title), can_undo=True)

    def _say(self, text: str, *, can_undo: bool) -> None:
        self._said.setText(text)
        self.undo.setVisible(can_undo)
        announce(self._said, text)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Subject.SETTING):
            self._context.read(read_shared, owner=self, done=self._on_shared)
            self.findings.reload()
            self.diagnosis.reload()
