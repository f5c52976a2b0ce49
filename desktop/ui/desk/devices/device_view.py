"""One device (mock-up C1, first tab): who and what, how it is, and tabs with findings, facts, raw data and tickets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.domain.snapshot import Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import column, pane, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.asset_words import AssetCard
from desktop.ui.desk.devices.changes_card import ChangesCard
from desktop.ui.desk.devices.device_head import DeviceHead
from desktop.ui.desk.devices.facts_tab import HARDWARE, PROGRAMS, FactsTab
from desktop.ui.desk.devices.findings_tab import FindingsTab
from desktop.ui.desk.devices.health import Health, health_of
from desktop.ui.desk.devices.history_tab import HistoryTab
from desktop.ui.desk.devices.lazy_tabs import LazyTabs
from desktop.ui.desk.devices.programs_tab import ProgramsTab
from desktop.ui.desk.devices.raw_tab import RawTab
from desktop.ui.desk.devices.reading import DeviceDetail
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.ticket_links import TicketLinks

if TYPE_CHECKING:
    from desktop.domain.asking import AskRow
    from desktop.services.devices import DevicePage


class DeviceView(QWidget):
    """Shows one device as it was read; a new reading makes a new view."""

    checklist_wanted = Signal(str)
    """The id of the wizard to start."""
    back_wanted = Signal()
    asset_wanted = Signal()
    approve_wanted = Signal()
    revoke_wanted = Signal()
    ticket_wanted = Signal(str)
    ask_wanted = Signal()
    withdraw_wanted = Signal(str)
    """The id of the ask to take back."""
    report_wanted = Signal()
    compare_wanted = Signal()
    explanation_wanted = Signal(str)
    """The id of the finding to explain."""
    pin_wanted = Signal(str)
    """The id of the snapshot to compare with, empty for the last healthy one."""

    def __init__(
        self, look: Look, page: DevicePage, *, ask: AskRow | None = None, wizards: Collection[str] = ()
    ) -> None:
        """Show a page; `ask` is what the PC is asked right now."""
        super().__init__()
        self._look, self.page, self._ask, self._wizards = look, page, ask, wizards
        self.detail: DeviceDetail | None = None
        self.head = self._make_head()
        self.tabs = LazyTabs(look)
        self.findings: FindingsTab | None = None
        self._add_tabs()
        head = pane(
            column(self.head, 6, self.tabs.bar, spacing=4, margins=(24, 14, 24, 0)), ground="surface", edge="bottom"
        )
        self._saved, self._fault = Banner(look, "", tone="grn"), Banner(look, "", tone="red")
        self._told = _padded(self._saved), _padded(self._fault)
        for one in self._told:
            one.hide()
        whole = column(head, *self._notices(), *self._told, self.tabs, spacing=0)
        whole.setStretch(whole.count() - 1, 1)
        self.setLayout(whole)
        self.setAccessibleName(one_line(page.row.name, 80))

    def show_detail(self, detail: DeviceDetail) -> None:
        """Add what needs the whole document, which is read after the view is up."""
        look, tabs, snapshot = self._look, self.tabs, detail.snapshot
        self.detail = detail
        if self.findings is not None:
            self.findings.show_gaps(snapshot)
            self.findings.show_detail(detail)
        if detail.comparison is not None:
            count = len(detail.comparison.differences.changes)
            tabs.insert_before(
                "tickets", "changes", look.texts.plural("device.tab.changes", count), partial(self._changes, detail)
            )
        system = snapshot.probes.keys() - HARDWARE - PROGRAMS
        pages: dict[str, Callable[[], QWidget]] = {
            "history": lambda: self._history(detail),
            "hardware": lambda: self._hardware(detail),
            "programs": lambda: self._programs(snapshot),
            "system": lambda: scrolling(FactsTab(look, snapshot, system)),
            "raw": lambda: RawTab(look, snapshot),
        }
        for key, make in pages.items():
            tabs.insert_before("tickets", key, look.text(f"device.tab.{key}"), make)
        self.head.set_ready(is_ready=True)

    def show_explanation(self, finding: str, lines: Sequence[str]) -> None:
        """Show why a finding is what it is."""
        if self.findings is not None:
            self.findings.show_explanation(finding, lines)

    def show_witness(self, finding: str, lines: Sequence[str]) -> None:
        """Show what the other devices say about a finding."""
        if self.findings is not None:
            self.findings.show_witness(finding, lines)

    def say_saved(self, path: str, show: Callable[[], object]) -> None:
        """Say where the report was saved, with a button that shows it."""
        look = self._look
        self._saved.set_text(look.text("device.report.saved"), one_line(path, 300))
        self._saved.set_buttons((Button(look, look.text("device.report.show"), small=True, clicked=show),))
        self._told[0].show()
        self._told[1].hide()
        announce(self, look.text("device.report.saved"))

    def say_fault(self, error: AppError) -> None:
        """Say what did not work, here where it was wanted."""
        words = self._look.texts.error(error)
        self._fault.set_text(words.what, words.do)
        self._told[1].show()
        self._told[0].hide()
        announce(self, words.what)

    def _changes(self, detail: DeviceDetail) -> QWidget:
        if detail.comparison is None:
            return QWidget()
        compare = Button(self._look, self._look.text("device.compare"), small=True, clicked=self.compare_wanted.emit)
        card = ChangesCard(self._look, detail.comparison, beside=(compare,))
        holder = QWidget()
        holder.setLayout(column(card, None, margins=(24, 16, 24, 24)))
        return scrolling(holder)

    def _history(self, detail: DeviceDetail) -> HistoryTab:
        tab = HistoryTab(self._look, self.page.snapshots, detail)
        tab.compare_wanted.connect(self.compare_wanted)
        tab.pin_wanted.connect(self.pin_wanted)
        return tab

    def _make_head(self) -> DeviceHead:
        head = DeviceHead(self._look, self.page.row)
        head.back_wanted.connect(self.back_wanted)
        head.ask_wanted.connect(self.ask_wanted)
        head.report_wanted.connect(self.report_wanted)
        head.compare_wanted.connect(self.compare_wanted)
        head.asset_wanted.connect(self.asset_wanted)
        head.revoke_wanted.connect(self.revoke_wanted)
        return head

    def _hardware(self, detail: DeviceDetail) -> QWidget:
        card = AssetCard(self._look, detail.known)
        card.edit_wanted.connect(self.asset_wanted)
        return scrolling(FactsTab(self._look, detail.snapshot, HARDWARE, first=card))

    def _programs(self, snapshot: Snapshot) -> ProgramsTab:
        tab = ProgramsTab(self._look, snapshot)
        tab.ask_wanted.connect(self.ask_wanted)
        return tab

    def _add_tabs(self) -> None:
        look, page = self._look, self.page
        make = self._empty if page.snapshot is None else self._findings
        self.tabs.add("findings", look.text("device.tab.findings"), make)
        self.tabs.add("tickets", look.texts.plural("device.tab.tickets", len(page.tickets)), self._tickets)

    def _empty(self) -> QWidget:
        look, empty = self._look, EmptyState(self._look, icon_name="monitor", ground="surface2")
        name = one_line(self.page.row.name, 40)
        is_in = self.page.row.status == "approved"
        ask = Button(look, look.text("device.ask"), icon_name="arrows-clockwise", clicked=self.ask_wanted.emit)
        empty.say(
            look.text("device.empty.title", name=name), look.text("device.empty.text"), buttons=(ask,) if is_in else ()
        )
        return empty

    def _findings(self) -> QWidget:
        if self.page.snapshot is None:
            return self._empty()
        self.findings = FindingsTab(self._look, self.page.snapshot, wizards=self._wizards)
        self.findings.checklist_wanted.connect(self.checklist_wanted)
        self.findings.explanation_wanted.connect(self.explanation_wanted)
        self.findings.changes_wanted.connect(lambda: self.tabs.show_key("changes"))
        self.findings.compare_wanted.connect(self.compare_wanted)
        return scrolling(self.findings)

    def _tickets(self) -> QWidget:
        links = TicketLinks(self._look, self.page.tickets, empty=self._look.text("device.tickets.none"))
        links.opened.connect(self.ticket_wanted)
        holder = QWidget()
        holder.setLayout(column(links, None, margins=(24, 16, 24, 24)))
        return scrolling(holder)

    def _notices(self) -> list[QWidget]:
        look, page = self._look, self.page
        health = health_of(look, page.row)
        if health is Health.REVOKED:
            return [_padded(Banner(look, look.text("device.revoked"), tone="red"))]
        if health is not Health.WAITING:
            return self._asked()
        approve = Button(
            look, look.text("device.approve"), kind="primary", small=True, clicked=self.approve_wanted.emit
        )
        refuse = Button(look, look.text("device.refuse"), small=True, clicked=self.revoke_wanted.emit)
        text = look.text("device.waiting.text", words=" · ".join(page.words))
        return [_padded(Banner(look, look.text("device.waiting.title"), text, tone="acc", buttons=(approve, refuse)))]

    def _asked(self) -> list[QWidget]:
        """Say what the PC is asked, and let it be taken back."""
        look, ask = self._look, self._ask
        if ask is None:
            return []
        moment = look.formats.moment(ask.created_at)
        text = look.text("device.asked.text", actor=one_line(ask.actor, 60), until=look.formats.date(ask.expires_at))
        button = Button(
            look, look.text("device.asked.withdraw"), small=True, clicked=lambda: self.withdraw_wanted.emit(ask.id)
        )
        title = look.text("device.asked.title", moment=moment)
        return [_padded(Banner(look, title, text, tone="acc", icon_name="hourglass", buttons=(button,)))]


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(widget, margins=(24, 16, 24, 0)))
    return holder
