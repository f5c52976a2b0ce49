"""The left side of the editor: which checklist, the list of its steps, and what is still wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QMenu, QWidget

from desktop.domain.wizard import editing, editing_fields
from desktop.domain.wizard.definition import Kind
from desktop.domain.wizard.editing_names import free_item_id, free_step_id
from desktop.domain.wizard_rows import WizardFile
from desktop.ui.common.buttons import Button, IconButton, MenuButton
from desktop.ui.common.controls import Banner
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import breakable, one_line
from desktop.ui.desk.editor.names import KINDS, with_names
from desktop.ui.desk.editor.session import HEAD, EditorSession
from desktop.ui.desk.editor.step_list import StepList
from desktop.ui.desk.editor.use_cases import Opened
from desktop.ui.desk.menus import keys_text
from desktop.ui.wizard.words import say

_WIDTH, _NARROW = 300, 252  # logical pixels: as in the drawing, and in a small window
_TITLE_ROOM = 68  # logical pixels: three lines
_TITLE, _FAULT = 120, 400  # characters of the title and of what is wrong
_LEAST, _MOST, _BAR = 48, 190, 14  # pixels: heights of the foot, and the bar beside it
_SHOWN = 6  # faults named at once


class EditorSide(QFrame):
    """Adds, moves and removes steps; says at its foot whether every way leads to an end."""

    discard_wanted = Signal()
    original_wanted = Signal(str)
    """What to do about an original that moved on: adopt_original or keep_own."""
    versions_wanted = Signal()

    def __init__(self, look: Look, session: EditorSession, opened: Opened) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look.theme.px(_WIDTH))
        self.back = Button(look, look.text("editor.all"), icon_name="arrow-left", kind="link")
        self._title = plain_label(look, size="pane", weight=BOLD, wrap=True)
        self._title.setMaximumHeight(look.theme.px(_TITLE_ROOM))
        self._about = plain_label(look, size="meta", tone="t2")
        self._original = column(spacing=6)
        self.steps = StepList(look, session)
        self.steps.moved.connect(self._on_moved)
        self.steps.removal_wanted.connect(self._on_remove)
        self._foot = column(spacing=6)
        bottom = QWidget()
        bottom.setLayout(column(self._foot, margins=(16, 10, 12, 10)))
        self._bottom, self._foot_area = bottom, scrolling(bottom)
        whole = column(
            pane(self._head(opened), edge="bottom"), self.steps, self._tools(),
            pane(column(self._foot_area), edge="top"), spacing=0,
        )  # fmt: skip
        whole.setStretch(1, 1)
        self.setLayout(whole)
        session.judged.connect(self._show_problems)
        session.changed.connect(self._show_title)
        session.changed.connect(self._update_movers)
        session.picked.connect(self._update_movers)
        self.show_file(opened.file)
        self._show_title()
        self._show_problems()
        self._update_movers()

    def _head(self, opened: Opened) -> QLayout:
        look, rate = self._look, opened.solve_rate
        more = MenuButton(look, look.text("editor.more"), self._menu(), small=True, kind="flat")
        about = column(self._about, spacing=2)
        if rate is not None:
            solves = look.text("editor.solves", rate=look.formats.percent(rate))
            about.addWidget(plain_label(look, solves, size="meta", tone="t2", wrap=True))
        return column(
            row(self.back, None, more), self._title, about, self._original, spacing=4, margins=(16, 10, 12, 12)
        )

    def _tools(self) -> QLayout:
        """Return what adds, moves and removes steps."""
        look = self._look
        self._adder = self._make_adder()
        self._up = self._mover("arrow-up", "editor.step.up", "Alt+Up", -1)
        self._down = self._mover("arrow-down", "editor.step.down", "Alt+Down", 1)
        self._remover = IconButton(
            look, "trash", look.text("editor.with_keys", words=look.text("editor.step.remove"), keys=keys_text("Del")),
            small=True, clicked=lambda: self._on_remove(self._session.step),
        )  # fmt: skip
        return row(self._adder, None, self._up, self._down, self._remover, spacing=2, margins=(12, 6, 12, 10))

    def be_narrow(self, is_narrow: bool) -> None:
        """Take less room in a small window."""
        self.setFixedWidth(self._look.theme.px(_NARROW if is_narrow else _WIDTH))
        name = self._look.text("editor.item.add" if self._session.is_list else "editor.step.add")
        short = self._look.text("editor.item.short" if self._session.is_list else "editor.step.short")
        self._adder.set_text(short if is_narrow else name)
        self._adder.setAccessibleName(name)

    def show_file(self, file: WizardFile) -> None:
        """Say which version this is, and whether the shipped one has moved on."""
        look = self._look
        state = "draft" if file.draft is not None else "published" if file.published is not None else "builtin"
        number = max((one.number for one in file.versions), default=0)
        self.discard.setEnabled(file.draft is not None)
        self._about.setText(look.text(f"editor.state.{state}", number=number))
        clear(self._original)
        if file.is_original_moved:
            buttons = [
                Button(look, look.text(f"editor.original.{one}"), small=True,
                       clicked=lambda name=one: self.original_wanted.emit(name))
                for one in ("adopt_original", "keep_own")
            ]  # fmt: skip
            self._original.addWidget(Banner(look, look.text("editor.original.moved"), tone="amb", buttons=buttons))
            show_all(self._original)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self._look.text("editor.versions")).triggered.connect(self.versions_wanted)
        self.discard = menu.addAction(self._look.text("editor.discard"))
        self.discard.triggered.connect(self.discard_wanted)
        return menu

    def _make_adder(self) -> Button:
        look = self._look
        if self._session.is_list:
            return Button(look, look.text("editor.item.add"), icon_name="plus", small=True, clicked=self._on_add_item)
        menu = QMenu(self)
        for kind in KINDS:
            action = menu.addAction(look.text(f"editor.kind.{kind.value}"))
            action.triggered.connect(lambda _on=False, chosen=kind: self._on_add(chosen))
        return MenuButton(look, look.text("editor.step.add"), menu, icon_name="plus", small=True)

    def _mover(self, icon: str, code: str, keys: str, by: int) -> IconButton:
        """Return what moves the picked step: rows can be dragged, and nothing may need a mouse."""
        look, session = self._look, self._session
        name = look.text("editor.with_keys", words=look.text(code), keys=keys_text(keys))

        def move() -> None:
            if session.step != HEAD:
                self._on_moved(session.step, session.names.index(session.step) + by)

        return IconButton(look, icon, name, small=True, clicked=move)

    def _update_movers(self) -> None:
        """Offer what can be done with the picked step."""
        names, step = self._session.names, self._session.step
        place = names.index(step) if step in names else -1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(-1 < place < len(names) - 1)
        self._remover.setEnabled(place >= 0)

    def _on_add(self, kind: Kind) -> None:
        session = self._session
        new, after = free_step_id(session.draft, kind), session.step
        session.change(lambda draft: editing.add_step(draft, new, kind, after=after), "step_added", rebuilds=True)
        session.pick(new, wish="heading")

    def _on_add_item(self) -> None:
        session = self._session
        new, after = free_item_id(session.draft), session.step
        session.change(lambda draft: editing_fields.add_item(draft, new, after=after), "step_added", rebuilds=True)
        session.pick(new, wish="text")

    def _on_moved(self, step: str, place: int) -> None:
        move = editing_fields.move_item if self._session.is_list else editing.move_step
        self._session.change(lambda draft: move(draft, step, place), "step_moved")

    def _on_remove(self, step: str) -> None:
        """Remove at once: undo brings it back with all its ways."""
        session = self._session
        if step == HEAD:
            return
        names = session.names
        place = names.index(step)
        remove = editing_fields.remove_item if session.is_list else editing.remove_step
        session.pick(names[place + 1] if place + 1 < len(names) else names[place - 1] if place else HEAD)
        session.change(lambda draft: remove(draft, step), "step_removed", rebuilds=True)

    def _show_title(self) -> None:
        draft = self._session.draft
        said = breakable(one_line(say(self._look, draft.title) or draft.id, _TITLE))
        if said != self._title.text():  # it wraps, and would be laid out anew with every letter typed elsewhere
            self._title.setText(said)

    def _show_problems(self) -> None:
        look, session = self._look, self._session
        clear(self._foot)
        errors = sorted(session.problems, key=lambda one: not one.is_error)
        if not errors:
            good = "editor.good.list" if session.is_list else "editor.good"
            line = row(IconLabel(look.theme, "check-circle", "grn", size=18, filled=True),
                       plain_label(look, look.text(good), tone="t2", wrap=True), spacing=8)  # fmt: skip
            line.setStretch(1, 1)
            self._foot.addLayout(line)
        for one in errors[:_SHOWN]:
            icon, tone = ("warning-circle", "red") if one.is_error else ("warning", "amb")
            button = Button(look, look.text("editor.show_fault"), kind="link", small=True)
            button.clicked.connect(
                lambda _on=False, step=one.step: session.pick(step if step in session.names else HEAD)
            )
            text = look.texts.render(with_names(look, session.draft, one.text))
            button.setAccessibleName(look.text("editor.show_fault_of", fault=text))
            words = plain_label(look, one_line(text, _FAULT), size="meta", wrap=True)
            mark = column(IconLabel(look.theme, icon, tone, size=16, filled=True), None)
            line = row(mark, words, column(button, None), spacing=8)
            line.setStretch(1, 1)
            self._foot.addLayout(line)
        if len(errors) > _SHOWN:
            more = look.texts.plural("editor.more_faults", len(errors) - _SHOWN)
            self._foot.addWidget(plain_label(look, more, size="meta", tone="t2"))
        show_all(self._foot)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Show as much of what is wrong as there is room for, and scroll for the rest."""
        room, most = self.width() - _BAR, self._look.theme.px(_MOST)
        self._foot_area.setFixedHeight(min(most, max(self._bottom.heightForWidth(room), self._look.theme.px(_LEAST))))
