"""The head of a device's page: what and whose it is, how it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from desktop.domain.rows import DeviceRow
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.controls import MarkChip
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel, icon
from desktop.ui.common.labels import ElidedLabel
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.health import MARKS, health_of, state_text

_NARROW = 640
"""Width in logical pixels at 100 % below which the buttons move into the menu behind them."""


class DeviceHead(QWidget):
    """Says who the device is; everything else goes out as a signal."""

    back_wanted = Signal()
    ask_wanted = Signal()
    report_wanted = Signal()
    compare_wanted = Signal()
    asset_wanted = Signal()
    revoke_wanted = Signal()

    def __init__(self, look: Look, device: DeviceRow) -> None:
        super().__init__()
        self._look, self._device = look, device
        mark = MARKS[health_of(look, device)]
        self.back = IconButton(look, "arrow-left", look.text("device.back"), clicked=self.back_wanted.emit)
        self.back.hide()
        self.ask = Button(look, look.text("device.ask"), icon_name="arrows-clockwise", clicked=self.ask_wanted.emit)
        self.report = Button(look, look.text("device.report"), icon_name="file-pdf", clicked=self.report_wanted.emit)
        self._in_menu: list[QAction] = []
        self._more = self._make_menu()
        about = ElidedLabel(look, self._about(), size="meta", tone="t2")
        words = column(self._title(mark.tone, mark.icon), about, spacing=1)
        line = row(self.back, self._tile(mark.tone), words, self.ask, self.report, self._more, spacing=12)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.set_ready(is_ready=False)
        self._fit()

    def set_ready(self, *, is_ready: bool) -> None:
        """Let what needs the whole diagnosis be done, once it has been read."""
        self.report.setEnabled(is_ready)
        self._in_menu[1].setEnabled(is_ready)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words the room that they need."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < self._look.theme.px(_NARROW)
        is_in = self._device.status == "approved"
        self.ask.setVisible(is_in and not is_narrow)
        self.report.setVisible(not is_narrow)
        for place, action in enumerate(self._in_menu):
            action.setVisible(is_narrow and (is_in or bool(place)))

    def _title(self, tone: str, icon_name: str) -> QWidget:
        look, device = self._look, self._device
        name = ElidedLabel(look, one_line(device.name, 80), size="title", weight=BOLD)
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        chip = MarkChip(look, state_text(look, device) or look.text("device.healthy"), tone, icon_name)
        if tone == "t3":  # no colour of a state, so the plain ground
            chip.setProperty("chip", "plain")
        holder = QWidget()
        holder.setLayout(row(name, chip, None, spacing=10))
        return holder

    def _tile(self, tone: str) -> QFrame:
        look, tile = self._look, QFrame()
        tile.setProperty("banner", tone if tone != "t3" else "acc")
        tile.setFixedSize(look.theme.px(40), look.theme.px(40))
        tile.setLayout(row(None, IconLabel(look.theme, "monitor", tone, size=20), None, spacing=0))
        return tile

    def _about(self) -> str:
        look, device = self._look, self._device
        person = one_line(device.person_name, 80) or look.text("devices.nobody")
        moment = device.last_snapshot_at
        stand = look.text("device.stand", moment=look.formats.moment(moment)) if moment else look.text("device.never")
        return " · ".join(one for one in (person, one_line(device.platform, 80), stand) if one)

    def _make_menu(self) -> IconButton:
        look, menu = self._look, QMenu(self)
        entries = [
            ("device.ask", "arrows-clockwise", self.ask_wanted),
            ("device.report", "file-pdf", self.report_wanted),
            ("device.compare", "columns", self.compare_wanted),
            ("device.asset", "pencil-simple", self.asset_wanted),
        ]
        if self._device.status == "approved":
            entries.append(("device.revoke", "prohibit", self.revoke_wanted))
        for code, icon_name, wanted in entries:
            action = QAction(icon(look.theme, icon_name), look.text(code), menu)
            action.triggered.connect(wanted.emit)
            menu.addAction(action)
        self._in_menu = menu.actions()[:2]
        more = IconButton(look, "dots-three", look.text("device.more"), kind="normal")
        more.setMenu(menu)
        return more
