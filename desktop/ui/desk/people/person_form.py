"""One person: the fields to correct, their tickets and devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.rows import DeviceRow, PersonRow, TicketRow
from desktop.ui.common.avatar import Avatar
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card, Chip
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.health import MARKS, health_of, state_text
from desktop.ui.desk.fields import TextField
from desktop.ui.desk.ticket_links import TicketLinks

FIELDS = ("name", "department", "room", "phone", "email")
_WIDTH = 640


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with what belongs to them; an empty id is somebody new."""

    person: PersonRow
    tickets: tuple[TicketRow, ...] = ()
    devices: tuple[DeviceRow, ...] = ()


class PersonForm(QWidget):
    """Shows a person as they were read; `save_wanted` carries the texts by field."""

    save_wanted = Signal(object)
    ticket_wanted = Signal(str)
    device_wanted = Signal(str)

    def __init__(self, look: Look, page: PersonPage) -> None:
        super().__init__()
        self._look, self.page = look, page
        self.fields = {
            name: TextField(look, look.text(f"people.{name}"), text=str(getattr(page.person, name)), limit=200)
            for name in FIELDS
        }
        for field in self.fields.values():
            field.edit.returnPressed.connect(self.save)
        self.save_button = Button(look, look.text("people.save"), kind="primary", clicked=self.save)
        self._said = plain_label(look, "", size="meta", tone="grn")
        holder = QWidget()
        holder.setMaximumWidth(look.theme.px(_WIDTH))
        holder.setLayout(column(self._head(look), 12, self._card(look), 14, *self._belongings(look), None, spacing=4))
        line = row(holder, None, margins=(28, 20, 28, 24))
        line.setStretch(0, 100)
        self.setLayout(line)

    @property
    def is_changed(self) -> bool:
        """Tell whether something typed is not saved yet."""
        return any(field.text != str(getattr(self.page.person, name)) for name, field in self.fields.items())

    def save(self) -> None:
        """Ask to save, where there is a name."""
        name = self.fields["name"]
        name.set_error("" if name.text else self._look.text("people.name.missing"))
        if name.error:
            name.edit.setFocus()
            return
        self.save_wanted.emit({one: field.text for one, field in self.fields.items()})

    def take_over(self, sent: Mapping[str, str], person: PersonRow) -> None:
        """Confirm that `sent` is saved, as `person`; what was typed since stays to be saved."""
        self.page = replace(self.page, person=person)
        for name, field in self.fields.items():
            if field.text == sent[name]:
                field.set_text(str(getattr(person, name)))
        self._said.setText(self._look.text("people.saved"))
        announce(self._said, self._said.text())

    def focus(self, name: str) -> None:
        """Put the keyboard into a field."""
        self.fields[name].edit.setFocus()

    @property
    def focused(self) -> str:
        """Return the name of the field that has the keyboard; empty for none."""
        return next((name for name, field in self.fields.items() if field.edit.hasFocus()), "")

    @property
    def said(self) -> str:
        """Return what was confirmed."""
        return self._said.text()

    def follow(self, said: str, focused: str) -> None:
        """Take the place of an older form: what it has confirmed, and the keyboard in the same field."""
        self._said.setText(said)
        if focused:
            self.focus(focused)

    def _head(self, look: Look) -> QWidget:
        person = self.page.person
        title = one_line(person.name, 120) or look.text("people.new")
        words = column(ElidedLabel(look, title, size="title", weight=BOLD), spacing=2)
        if person.id:
            words.addWidget(Chip(look, look.texts.plural("people.open", person.open_tickets), "acc"))
        line = row(Avatar(look, person.name, size=44), words, spacing=14)
        line.setStretch(1, 1)
        return pane(line)

    def _card(self, look: Look) -> Card:
        fields = self.fields
        place = row(fields["department"], fields["room"], spacing=14)
        reach = row(fields["phone"], fields["email"], spacing=14)
        for line in (place, reach):
            line.setStretch(0, 1)
            line.setStretch(1, 1)
        buttons = row(self.save_button, self._said, None, spacing=10)
        return Card(column(fields["name"], place, reach, 4, buttons, spacing=10, margins=(18, 16, 18, 16)))

    def _belongings(self, look: Look) -> list[QWidget]:
        if not self.page.person.id:
            return []
        links = TicketLinks(look, self.page.tickets, empty=look.text("people.tickets.none"))
        links.opened.connect(self.ticket_wanted)
        return [
            plain_label(look, look.text("people.tickets"), size="meta", weight=BOLD, tone="t3"),
            links,
            plain_label(look, look.text("people.devices"), size="meta", weight=BOLD, tone="t3"),
            self._devices(look, self.page.devices),
        ]

    def _devices(self, look: Look, devices: Sequence[DeviceRow]) -> Card:
        if not devices:
            nothing = plain_label(look, look.text("people.devices.none"), tone="t3")
            return Card(row(nothing, margins=(16, 12, 16, 12)))
        return Card(column(*(self._device(look, one) for one in devices), spacing=0))

    def _device(self, look: Look, device: DeviceRow) -> QWidget:
        name = one_line(device.name, 80)
        link = Button(look, name, kind="link")
        link.setAccessibleName(look.text("people.open.device", name=name))
        link.clicked.connect(lambda: self.device_wanted.emit(device.id))
        tone = MARKS[health_of(look, device)].tone
        chip = Chip(look, state_text(look, device) or look.text("devices.row.good"), "plain" if tone == "t3" else tone)
        return pane(row(link, None, chip, margins=(14, 7, 14, 7)))
