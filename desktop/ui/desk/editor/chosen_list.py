"""Several of many names: each chosen one a line with a button to take it out, and a field to add another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.common.buttons import IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.pick_field import PickField


class ChosenList(QWidget):
    """`changed` gets all chosen values in their order."""

    def __init__(
        self,
        look: Look,
        label: str,
        choices: Mapping[str, str],
        values: tuple[str, ...],
        changed: Callable[[tuple[str, ...]], object],
        *,
        hint: str = "",
    ) -> None:
        super().__init__()
        self._look, self._label, self._choices, self._changed = look, label, choices, changed
        self.values = values
        self._lines = column(spacing=4)
        head = column(plain_label(look, label, size="meta", weight=BOLD), spacing=2)
        if hint:
            head.addWidget(plain_label(look, hint, size="meta", tone="t3", wrap=True))
        self.setLayout(column(head, self._lines, spacing=4))
        self._draw()

    def _draw(self) -> None:
        look = self._look
        clear(self._lines)
        self._takers: list[IconButton] = []
        for one in self.values:
            name = self._choices.get(one, one)
            take = IconButton(look, "x", look.text("editor.take_out", name=name), small=True)
            take.clicked.connect(partial(self._on_out, one))
            self._takers.append(take)
            line, box = row(plain_label(look, name, wrap=True), take, spacing=8), QWidget()
            line.setStretch(0, 1)
            box.setLayout(line)
            self._lines.addWidget(box)
        left = {one: name for one, name in self._choices.items() if one not in self.values}
        self.field = PickField(look, look.text("editor.add"), left, "", self._on_in)
        self.field.edit.setAccessibleName(look.text("editor.add_to", list=self._label))
        self._lines.addWidget(self.field)
        show_all(self._lines)

    def _on_in(self, value: str) -> None:
        if value:
            self._set((*self.values, value))
            self.field.setFocus()

    def _on_out(self, value: str, _checked: bool = False) -> None:
        place = self.values.index(value)
        self._set(tuple(one for one in self.values if one != value))
        (self._takers[place] if place < len(self._takers) else self.field).setFocus()

    def _set(self, values: tuple[str, ...]) -> None:
        self.values = values
        self._draw()
        self._changed(values)
