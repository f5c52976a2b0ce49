"""What an administrator knows of a device besides its diagnoses: numbers, days, supplier, place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.base.errors import AppError
from desktop.domain.fleet import EditAsset, FleetRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.fields import NotesField, TextField

_LINES = ("inventory_number", "serial", "purchased_on", "warranty_until", "supplier", "location")
_DAYS = ("purchased_on", "warranty_until")
_FIELD_OF = {"asset.order": "warranty_until", "asset.number_taken": "inventory_number"}
_LONGEST = 200


class AssetDialog(QDialog):
    """Signals what is to be written down; stays open until it was."""

    save_wanted = Signal(object)
    """An `EditAsset`."""

    def __init__(self, look: Look, known: FleetRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._known = look, known
        name = one_line(known.device.name, 40)
        self.setWindowTitle(look.text("asset.title", name=name))
        self.fields = {one: self._field(one) for one in _LINES}
        self.note = NotesField(look, look.text("asset.note"), lines=3)
        self.note.set_text(known.asset.note)
        self._fault = Banner(look, "", tone="red")
        self._fault.hide()
        self.save_button = Button(look, look.text("asset.save"), kind="primary", clicked=self._on_save)
        self.save_button.setDefault(True)
        cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        title = plain_label(look, look.text("asset.title", name=name), size="pane", weight=BOLD, wrap=True)
        body = column(title, self._fault, self._grid(), self.note, spacing=10, margins=(20, 18, 20, 18))
        foot = pane(row(None, cancel, self.save_button, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        self.setLayout(column(pane(body, ground="surface"), foot, spacing=0))
        self.setMinimumWidth(look.theme.px(560))
        self.fields["inventory_number"].setFocus()

    def show_error(self, error: AppError) -> None:
        """Say what is wrong beside the field that it is about, and let the rest stay as it was typed."""
        self.save_button.setEnabled(True)
        words = self._look.texts.error(error)
        field = self.fields.get(_FIELD_OF.get(error.code, "")) or self._field_with(str(error.parameters.get("value")))
        if field is None:
            self._fault.set_text(words.what, words.do)
            self._fault.show()
            return
        field.set_error(self._look.text("asset.fault", what=words.what, do=words.do))
        field.edit.setFocus()

    def _field_with(self, text: str) -> TextField | None:
        found = (self.fields[one] for one in _DAYS if self.fields[one].text == text)
        return next(found, None)

    def _field(self, name: str) -> TextField:
        look, asset = self._look, self._known.asset
        value = getattr(asset, name)
        text = _typed(look, value) if isinstance(value, date) else str(value or "")
        said = self._known.serial if name == "serial" and not asset.serial else ""
        placeholder = look.text("asset.day") if name in _DAYS else one_line(said, 60)
        return TextField(look, look.text(f"asset.{name}"), text=text, placeholder=placeholder, limit=_LONGEST)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, name in enumerate(_LINES):
            grid.addWidget(self.fields[name], place // 2, place % 2)
        return grid

    def _on_save(self) -> None:
        self.save_button.setEnabled(False)
        self._fault.hide()
        texts = {name: field.text for name, field in self.fields.items()}
        self.save_wanted.emit(EditAsset(self._known.device.id, **texts, note=self.note.text))


def _typed(look: Look, day: date) -> str:
    """Return a day as people type it here."""
    return f"{day:%d.%m.%Y}" if look.texts.language == "de" else day.isoformat()
