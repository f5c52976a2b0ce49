"""One device (mock-up C1, first tab): who and what, how it is, and tabs with findings, facts, raw data and tickets."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.domain.rows import DeviceRow
from desktop.domain.snapshot import Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner, MarkChip
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.facts_tab import FactsTab
from desktop.ui.desk.devices.findings_tab import FindingsTab
from desktop.ui.desk.devices.health import MARKS, Health, health_of, state_text
from desktop.ui.desk.devices.raw_tab import RawTab
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.ticket_links import TicketLinks

if TYPE_CHECKING:
    from desktop.services.devices import DevicePage


class DeviceView(QWidget):
    """Shows one device as it was read; a new reading makes a new view."""

    checklist_wanted = Signal(str)
    """The id of the wizard to start."""
    approve_wanted = Signal()
    revoke_wanted = Signal()
    ticket_wanted = Signal(str)

    def __init__(self, look: Look, page: DevicePage, *, wizards: Collection[str] = ()) -> None:
        super().__init__()
        self._look, self.page = look, page
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        look.theme.dress(self.tabs)
        self.stack = QStackedWidget()
        self.findings: FindingsTab | None = None
        self._add_tabs(wizards)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        head = pane(
            column(self._head(), 6, self.tabs, spacing=4, margins=(24, 14, 24, 0)), ground="surface", edge="bottom"
        )
        whole = column(head, *self._notices(), self.stack, spacing=0)
        whole.setStretch(whole.count() - 1, 1)
        self.setLayout(whole)
        self.setAccessibleName(one_line(page.row.name, 80))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fill the tabs that need the whole document, which is read after the view is up."""
        look = self._look
        if self.findings is not None:
            self.findings.show_gaps(snapshot)
        for place, (code, tab) in enumerate(
            (("device.tab.facts", scrolling(FactsTab(look, snapshot))), ("device.tab.raw", RawTab(look, snapshot))), 1
        ):
            self.stack.insertWidget(place, tab)
            self.tabs.insertTab(place, look.text(code))

    def _add_tabs(self, wizards: Collection[str]) -> None:
        look, page = self._look, self.page
        if page.snapshot is None:
            empty = EmptyState(look, icon_name="monitor", ground="surface2")
            name = one_line(page.row.name, 40)
            empty.say(look.text("device.empty.title", name=name), look.text("device.empty.text"))
            self._add(look.text("device.tab.findings"), empty)
        else:
            self.findings = FindingsTab(look, page.snapshot, wizards=wizards)
            self.findings.checklist_wanted.connect(self.checklist_wanted)
            self._add(look.text("device.tab.findings"), scrolling(self.findings))
        links = TicketLinks(look, page.tickets, empty=look.text("device.tickets.none"))
        links.opened.connect(self.ticket_wanted)
        holder = QWidget()
        holder.setLayout(column(links, None, margins=(24, 16, 24, 24)))
        self._add(look.texts.plural("device.tab.tickets", len(page.tickets)), scrolling(holder))

    def _add(self, title: str, widget: QWidget) -> None:
        self.tabs.addTab(title)
        self.stack.addWidget(widget)

    def _head(self) -> QVBoxLayout:
        look, device = self._look, self.page.row
        mark = MARKS[health_of(device)]
        tile = QFrame()
        tile.setProperty("banner", mark.tone if mark.tone != "t3" else "acc")
        tile.setFixedSize(look.theme.px(40), look.theme.px(40))
        tile.setLayout(row(None, IconLabel(look.theme, "monitor", mark.tone, size=20), None, spacing=0))
        name = ElidedLabel(look, one_line(device.name, 80), size="title", weight=BOLD)
        words = state_text(look, device) or look.text("device.healthy")
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        chip = MarkChip(look, words, mark.tone, mark.icon)
        if mark.tone == "t3":  # no colour of a state, so the plain ground
            chip.setProperty("chip", "plain")
        title = row(name, chip, None, spacing=10)
        about = ElidedLabel(look, self._about(device), size="meta", tone="t2")
        line = row(tile, column(title, about, spacing=1), *self._buttons(device), spacing=12)
        line.setStretch(1, 1)
        return column(line)

    def _about(self, device: DeviceRow) -> str:
        look = self._look
        person = one_line(device.person_name, 80) or look.text("devices.nobody")
        moment = device.last_snapshot_at
        stand = look.text("device.stand", moment=look.formats.moment(moment)) if moment else look.text("device.never")
        return " · ".join(one for one in (person, one_line(device.platform, 80), stand) if one)

    def _buttons(self, device: DeviceRow) -> list[Button]:
        if device.status != "approved":
            return []
        return [
            Button(self._look, self._look.text("device.revoke"), icon_name="prohibit", clicked=self.revoke_wanted.emit)
        ]

    def _notices(self) -> list[QWidget]:
        look, page = self._look, self.page
        health = health_of(page.row)
        if health is Health.REVOKED:
            return [_padded(Banner(look, look.text("device.revoked"), tone="red"))]
        if health is not Health.WAITING:
            return []
        approve = Button(
            look, look.text("device.approve"), kind="primary", small=True, clicked=self.approve_wanted.emit
        )
        refuse = Button(look, look.text("device.refuse"), small=True, clicked=self.revoke_wanted.emit)
        text = look.text("device.waiting.text", words=" · ".join(page.words))
        return [_padded(Banner(look, look.text("device.waiting.title"), text, tone="acc", buttons=(approve, refuse)))]


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(widget, margins=(24, 16, 24, 0)))
    return holder
