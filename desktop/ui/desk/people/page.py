"""The page of people: search and list on the left, the chosen person beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError
from desktop.domain.folding import folded
from desktop.domain.rows import PersonRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.people.person_form import PersonForm, PersonPage
from desktop.ui.desk.questions import ask

if TYPE_CHECKING:
    from desktop.services.work import Work

LIST_WIDTH = 262
_ID = Qt.ItemDataRole.UserRole + 1
_NOBODY = PersonRow("", "", "", "", "", "")


class PeoplePage(QWidget):
    """Reads the people when it opens and whenever one of them changed."""

    shown = Signal(str)
    """The id of the person whose form is up; empty for somebody new."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._people: tuple[PersonRow, ...] = ()
        self._wanted = ""
        self._is_saving = False
        look = context.look
        self.detail = QStackedWidget()
        self._nothing = EmptyState(look, icon_name="users", ground="surface2")
        self.detail.addWidget(self._nothing)
        whole = row(self._left(look), self.detail, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.form: PersonForm | None = None
        context.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self._context.read(_read_people, owner=self, done=self._on_people)

    def open_person(self, person_id: str) -> None:
        """Show a person; asks first where the form holds something unsaved."""
        if person_id == self._wanted and self.form is not None:
            return
        if not self.may_leave():
            self._mark(self._wanted)
            return
        self._wanted = person_id
        self._context.read(lambda work: _read_person(work, person_id), owner=self, done=self._on_person)

    def new_person(self) -> None:
        """Offer an empty form."""
        if not self.may_leave():
            return
        self._wanted = ""
        self.list.setCurrentRow(-1)
        self._on_person(PersonPage(_NOBODY))
        if self.form is not None:
            self.form.focus("name")

    @property
    def is_unsaved(self) -> bool:
        """Tell whether the form holds something that is not saved."""
        return self.form is not None and self.form.is_changed

    def may_leave(self) -> bool:
        """Tell whether the form may go; asks where it holds something unsaved."""
        return not self.is_unsaved or ask(self, self._context.look, "people.leave")

    def _left(self, look: Look) -> QFrame:
        title = plain_label(look, look.text("people.title"), size="pane", weight=BOLD)
        self._count = plain_label(look, "", tone="t3")
        new = Button(look, look.text("people.new"), icon_name="plus", kind="flat", small=True, clicked=self.new_person)
        self.search = QLineEdit()
        self.search.setPlaceholderText(look.text("people.search"))
        self.search.setAccessibleName(look.text("people.search"))
        self.search.setClearButtonEnabled(True)
        look.theme.dress(self.search)
        self.search.textChanged.connect(self._show_list)
        self.list = QListWidget()
        self.list.setAccessibleName(look.text("people.list.name"))
        look.theme.dress(self.list)
        self.list.currentItemChanged.connect(self._on_current)
        head = row(title, self._count, None, new, spacing=8)
        whole = column(head, self.search, self.list, spacing=8, margins=(14, 10, 10, 8))
        whole.setStretch(2, 1)
        frame = pane(whole, ground="surface", edge="right")
        frame.setFixedWidth(look.theme.px(LIST_WIDTH))
        return frame

    def _on_people(self, people: tuple[PersonRow, ...]) -> None:
        self._people = people
        self._count.setText(str(len(people)))
        self._show_list()

    def _show_list(self) -> None:
        look, query = self._context.look, self.search.text()
        words = folded(query).split()
        fits = [one for one in self._people if all(word in _searchable(one) for word in words)]
        self.list.blockSignals(True)
        self.list.clear()
        for one in fits:
            self.list.addItem(self._item(look, one))
        self.list.blockSignals(False)
        self._mark(self._wanted)
        if self.form is None:
            self._say_nothing(look, query, is_empty=not fits)

    def _item(self, look: Look, person: PersonRow) -> QListWidgetItem:
        place = " · ".join(one_line(one, 60) for one in (person.department, person.phone) if one)
        item = QListWidgetItem(f"{one_line(person.name, 60)}\n{place}" if place else one_line(person.name, 60))
        item.setData(_ID, person.id)
        item.setSizeHint(QSize(0, look.theme.px(46)))
        return item

    def _say_nothing(self, look: Look, query: str, *, is_empty: bool) -> None:
        if query and is_empty:
            title = look.text("people.none.title", query=one_line(query, 60))
            self._nothing.say(title, look.text("people.none.text"))
        elif not self._people:
            self._nothing.say(look.text("people.empty.title"), look.text("people.empty.text"))
        else:
            self._nothing.say(look.text("people.pick.title"), look.text("people.pick.text"))

    def _mark(self, person_id: str) -> None:
        items = (self.list.item(place) for place in range(self.list.count()))
        found = next((one for one in items if one.data(_ID) == person_id), None)
        self.list.blockSignals(True)
        self.list.setCurrentItem(found)  # pyright: ignore[reportArgumentType] - None takes the mark away
        self.list.blockSignals(False)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open_person(str(item.data(_ID)))

    def _on_person(self, page: PersonPage) -> None:
        if page.person.id == self._wanted:
            self._show_form(page)

    def _show_form(self, page: PersonPage) -> None:
        form = PersonForm(self._context.look, page)
        form.save_wanted.connect(self._on_save)
        form.ticket_wanted.connect(self._on_ticket)
        form.device_wanted.connect(self._on_device)
        area = scrolling(form)
        form.setProperty("ground", "surface2")
        before = self.detail.widget(1)
        if before is not None:
            self.detail.removeWidget(before)
            before.deleteLater()
        self.detail.addWidget(area)
        self.detail.setCurrentWidget(area)
        self.form = form
        self._mark(self._wanted)
        self.shown.emit(self._wanted)

    def _on_ticket(self, ticket: str) -> None:
        self._context.bus.navigated.emit("ticket", ticket)

    def _on_device(self, device: str) -> None:
        self._context.bus.navigated.emit("device", device)

    def _on_save(self, texts: dict[str, str]) -> None:
        if self._is_saving:
            return
        self._is_saving = True
        person_id = self._wanted

        def act(work: Work) -> Done[PersonRow]:
            from desktop.services.people import SavePerson, save_person  # loads SQLAlchemy

            return save_person(work, SavePerson(id=person_id, **texts))

        self._context.do(
            act, owner=self, done=lambda person: self._on_saved(person_id, texts, person), failed=self._on_unsaved
        )

    def _on_saved(self, person_id: str, texts: dict[str, str], person: PersonRow) -> None:
        self._is_saving = False
        if self.form is not None and self._wanted == person_id:  # else somebody has gone on to another person
            self._wanted = person.id
            self.form.take_over(texts, person)

    def _on_unsaved(self, error: AppError) -> None:
        self._is_saving = False
        self._context.bus.failed.emit(error)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.touches(Subject.PERSON, Subject.TICKET, Subject.DEVICE):
            return
        self.reload()
        if person_id := self._wanted:
            self._context.read(lambda work: _read_person(work, person_id), owner=self, done=self._on_read_again)

    def _on_read_again(self, page: PersonPage) -> None:
        """Show what has changed about the person, unless somebody is writing in the form."""
        before = self.form
        if before is None or page.person.id != self._wanted or before.is_changed or page == before.page:
            return
        said, focused = before.said, before.focused
        self._show_form(page)
        if self.form is not None:
            self.form.follow(said, focused)


def _searchable(person: PersonRow) -> str:
    return folded(f"{person.name} {person.department} {person.room} {person.phone} {person.email}")


def _read_people(work: Work) -> tuple[PersonRow, ...]:
    from desktop.services.people import list_people  # loads SQLAlchemy

    return list_people(work)


def _read_person(work: Work, person_id: str) -> PersonPage:
    from desktop.services.devices import list_devices  # loads SQLAlchemy
    from desktop.services.people import show_person, tickets_of_person

    devices = tuple(one for one in list_devices(work) if one.person_id == person_id)
    return PersonPage(show_person(work, person_id), tickets_of_person(work, person_id), devices)
