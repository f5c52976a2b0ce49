"""Opens what lies beside the ticket list: devices, settings, checklists, hand-over, call and the small dialogs.

Every page is loaded when it is first opened, so that none of them costs the start anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop import __version__
from desktop.base.errors import AppError
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext

if TYPE_CHECKING:
    from desktop.domain.commands import CreateTicket
    from desktop.domain.list_rows import TicketRow
    from desktop.domain.rows import TicketPage
    from desktop.domain.wizard.definition import Wizard
    from desktop.ui.desk.context_panel import ContextPanel
    from desktop.ui.desk.wizards.flow import ChecklistFlow
    from desktop.ui.desk.wizards.page import ChecklistPage
    from desktop.ui.desk.wizards.tick_flow import TickFlow


class Pages:
    """Knows the window's stack of pages and makes each page once."""

    def __init__(
        self,
        context: DeskContext,
        window: QWidget,
        stack: QStackedWidget,
        wizards: Callable[[], Mapping[str, Wizard]],
        *,
        write: Callable[[str, str, str], None] = lambda _ticket, _kind, _text: None,
    ) -> None:
        """Show pages in `stack`; `write` puts a text into a ticket's composer."""
        self._write = write
        self._context, self._window, self._stack, self._wizards = context, window, stack, wizards
        self._made: dict[str, QWidget] = {}

    def open_place(self, place: str) -> None:
        """Open a page of the navigation that is no view of tickets."""
        if place == "devices":
            self._show(place, self._make_devices)
        elif place == "people":
            self._show(place, self._make_people)
        elif place == "wizards":
            self._show(place, self._make_wizards)
        elif place == "settings":
            self._show(place, self._make_settings)

    def may_close(self, show: Callable[[str], object]) -> bool:
        """Tell whether all pages may go; what is not saved is shown by `show(place)` and asked about."""
        if "people" not in self._made:
            return True
        from desktop.ui.desk.people.page import PeoplePage

        page = self._made["people"]
        if not isinstance(page, PeoplePage) or not page.is_unsaved:
            return True
        show("people")
        return page.may_leave()

    def open_device(self, device: str) -> None:
        """Open the page of one device."""
        from desktop.ui.desk.devices.page import DevicesPage

        self.open_place("devices")
        page = self._made["devices"]
        if isinstance(page, DevicesPage):
            page.open_device(device)

    def open_inventory(self) -> None:
        """Open all devices as a table."""
        self._show("inventory", self._make_inventory)

    def open_device_of(self, page: TicketPage) -> None:
        """Open the page of a ticket's device, by the same way as everybody, so that the navigation follows."""
        if page.device is not None:
            self._context.bus.navigated.emit("device", page.device.id)

    def opener(self, kind: str) -> Callable[[TicketPage], None]:
        """Return what opens this kind of page for a ticket. Raises KeyError for any other kind."""
        return {
            "checklist": self.open_checklist,
            "handover": self.open_handover,
        }[kind]

    def open_new(self) -> None:
        """Ask what a new ticket is about, then show it."""
        from desktop.ui.desk.new_ticket_dialog import NewTicketDialog

        dialog = NewTicketDialog(self._context.look, self._window)

        def create(command: CreateTicket) -> None:
            dialog.create_button.setEnabled(False)
            self._context.do(use_cases.obeying(command), owner=dialog, done=created, failed=failed)

        def created(row: TicketRow) -> None:
            dialog.accept()
            self._context.bus.navigated.emit("ticket", row.id)

        def failed(error: AppError) -> None:
            dialog.create_button.setEnabled(True)
            dialog.show_fault(error)

        dialog.create_wanted.connect(create)
        self._open(dialog)

    def open_call(self) -> None:
        """Open the form for a phone call; its clock runs at once."""
        from desktop.ui.desk.phone.dialog import PhoneDialog

        dialog = PhoneDialog(self._context, self._window, wizards=self._wizards)
        dialog.saved.connect(partial(self._context.bus.navigated.emit, "ticket"))
        dialog.hand_over_wanted.connect(partial(self._context.bus.navigated.emit, "handover"))
        dialog.checklist_wanted.connect(self._on_call_checklist)
        self._open(dialog)

    def _on_call_checklist(self, ticket: str, wizard: str) -> None:
        opening = use_cases.opening(ticket)
        self._context.read(opening, owner=self._window, done=lambda page: self.start_checklist(page, wizard))

    def open_invite(self) -> None:
        """Open the invitation of PCs."""
        from desktop.ui.desk.invite_dialog import InviteDialog

        self._open(InviteDialog(self._context, self._window))

    def open_keys(self) -> None:
        """Show the list of keys."""
        from desktop.ui.desk.keys_dialog import KeysDialog

        self._open(KeysDialog(self._context.look, self._window))

    def open_about(self) -> None:
        """Show what this program is."""
        from desktop.ui.desk.keys_dialog import AboutDialog

        self._open(AboutDialog(self._context.look, __version__, self._window))

    def open_checklist(self, page: TicketPage) -> None:
        """Choose one of a ticket's checklists to go on with, or one to start."""
        from desktop.ui.desk.wizards.flow import ChecklistFlow

        flow = ChecklistFlow(self._context, self._window, page, self._wizards())
        self._follow(flow)
        flow.start()

    def open_run(self, run: str, page: TicketPage) -> None:
        """Go on with a run of a ticket, or show how it ended."""
        from desktop.ui.desk.wizards.flow import ChecklistFlow

        flow = ChecklistFlow(self._context, self._window, page, self._wizards())
        self._follow(flow)
        flow.go_on(run)

    def put_away(self, run: str, page: TicketPage) -> None:
        """Ask why a run leads nowhere, then end it."""
        from desktop.ui.desk.wizards.reading import putting_away
        from desktop.ui.desk.wizards.reason_dialog import ReasonDialog
        from desktop.ui.desk.wizards.sketch import sketch_of

        row = next((one for one in page.runs if one.id == run), None)
        if row is None:
            return
        look = self._context.look
        title = sketch_of(row, self._wizards(), look.texts.language).title
        dialog = ReasonDialog(look, "checklist.away", self._window, title=title)

        def end() -> None:
            self._context.do(putting_away(page.row.id, run, dialog.reason), owner=self._window)

        dialog.accepted.connect(end)
        self._open(dialog)

    def follow_panel(self, panel: ContextPanel, with_page: Callable[[Callable[[TicketPage], None]], None]) -> None:
        """Do what the panel of a ticket asks for; `with_page` hands the ticket on screen to an act."""

        def start(wizard: str) -> None:
            with_page(lambda page: self.start_checklist(page, wizard))

        def go_on(run: str) -> None:
            with_page(partial(self.open_run, run))

        def put_away(run: str) -> None:
            with_page(partial(self.put_away, run))

        panel.run_wanted.connect(go_on)
        panel.put_away_wanted.connect(put_away)
        panel.start_wanted.connect(start)

    def _follow(self, flow: ChecklistFlow) -> None:
        def show_beside(page: ChecklistPage) -> None:
            self._show_beside(page, flow.ticket)

        flow.opened.connect(show_beside)
        flow.opened.connect(self._stack.addWidget)
        flow.opened.connect(self._stack.setCurrentWidget)
        flow.written.connect(self._write)
        flow.list_wanted.connect(self._on_list)

    def _on_list(self, page: TicketPage, run: str, wizard: str) -> None:
        """Open a list of ticks that is on a ticket, or put one on it."""
        flow = self._tick_flow()
        if run:
            flow.open(run)
        else:
            flow.begin(page.row.id, wizard)

    def open_list(self, run: str) -> None:
        """Open a list of ticks by the id it has on its ticket."""
        self._tick_flow().open(run)

    def _tick_flow(self) -> TickFlow:
        from desktop.ui.desk.wizards.tick_flow import TickFlow

        flow = TickFlow(self._context, self._window)
        flow.opened.connect(self._stack.addWidget)
        flow.opened.connect(self._stack.setCurrentWidget)
        flow.written.connect(self._write)
        return flow

    def _show_beside(self, page: ChecklistPage, ticket: TicketPage) -> None:
        """Keep person and device in sight while somebody works through a checklist."""
        from desktop.ui.desk.context_panel import ContextPanel

        panel = ContextPanel(self._context.look, self._wizards, has_runs=False)
        panel.page_wanted.connect(self._context.bus.navigated)
        panel.show_ticket(ticket)
        page.show_beside(panel)

    def open_handover(self, page: TicketPage) -> None:
        """Hand a ticket over to a partner."""
        from desktop.ui.desk.handover_flow import HandoverFlow

        HandoverFlow(self._context, self._window, page.row.id).start()

    def _make_devices(self) -> QWidget:
        from desktop.ui.desk.devices.page import DevicesPage

        page = DevicesPage(self._context, self._wizards)
        page.invite_wanted.connect(self.open_invite)
        page.inventory_wanted.connect(self.open_inventory)
        page.checklist_wanted.connect(self._on_device_checklist)
        return page

    def _make_inventory(self) -> QWidget:
        from desktop.ui.desk.devices.inventory_page import InventoryPage

        page = InventoryPage(self._context)
        page.device_wanted.connect(partial(self._context.bus.navigated.emit, "device"))
        page.left.connect(partial(self._context.bus.navigated.emit, "devices", ""))
        return page

    def _on_device_checklist(self, device: str, wizard: str) -> None:
        """Start a checklist for a device on its open ticket, or on a new one."""
        from desktop.ui.desk.devices.checklist_ticket import ticket_for

        keep = ticket_for(device, lambda name: self._context.look.text("device.checklist.ticket", name=name))
        self._context.do(keep, owner=self._window, done=lambda page: self.start_checklist(page, wizard))

    def start_checklist(
        self, page: TicketPage, wizard: str, *, opened: Callable[[ChecklistPage], None] = lambda _page: None
    ) -> None:
        """Go on with this checklist on a ticket, or start it; without one let the user choose.

        `opened` gets its page.
        """
        from desktop.ui.desk.wizards.flow import ChecklistFlow

        flow = ChecklistFlow(self._context, self._window, page, self._wizards())
        self._follow(flow)
        flow.opened.connect(opened)
        flow.start(wizard)

    def open_person(self, person: str) -> None:
        """Open the page of one person."""
        from desktop.ui.desk.people.page import PeoplePage

        self.open_place("people")
        page = self._made["people"]
        if isinstance(page, PeoplePage):
            page.open_person(person)

    def _make_people(self) -> QWidget:
        from desktop.ui.desk.people.page import PeoplePage

        return PeoplePage(self._context)

    def open_wizard(self, wizard: str) -> None:
        """Open a checklist in the editor."""
        from desktop.ui.desk.editor.place import WizardPlace

        self.open_place("wizards")
        page = self._made["wizards"]
        if isinstance(page, WizardPlace):
            page.edit(wizard)

    def _make_wizards(self) -> QWidget:
        from desktop.ui.desk.editor.place import WizardPlace

        return WizardPlace(self._context)

    def _make_settings(self) -> QWidget:
        from desktop.ui.desk.settings.page import SettingsPage

        return SettingsPage(self._context)

    def _show(self, place: str, make: Callable[[], QWidget]) -> None:
        if place not in self._made:
            self._made[place] = make()
            self._stack.addWidget(self._made[place])
        focused = self._window.focusWidget()
        was_inside = self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(self._made[place])
        if was_inside:  # whoever walks through the navigation with the arrows stays there
            self._made[place].setFocus()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
