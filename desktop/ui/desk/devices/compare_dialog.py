"""Any two diagnoses side by side: of one PC at two moments, or of two PCs, of which one works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget, QWidget

from desktop.base.errors import AppError
from desktop.domain.rows import DeviceRow, SnapshotRow
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices.changes_card import ChangesCard
from desktop.ui.desk.devices.health import SEVERITY_MARKS
from desktop.ui.desk.devices.reading import list_devices

if TYPE_CHECKING:
    from desktop.services.comparing import Comparison
    from desktop.services.work import Work

MOST = 200  # snapshots of a device that are offered; the rule keeps far fewer


class CompareDialog(QDialog):
    """Begins with the newest diagnosis of a PC beside the one before; or beside the newest one of another PC."""

    def __init__(self, context: DeskContext, device: str, devices: Sequence[DeviceRow], parent: QWidget | None) -> None:
        super().__init__(parent)
        look = context.look
        self._context, self._device = context, device
        self.setWindowTitle(look.text("device.compare.title"))
        seen = [(one.id, one_line(one.name, 40)) for one in devices if one.last_snapshot_at is not None]
        self.other = ChoiceButton(look, look.text("device.compare.device"), seen, value=device)
        self.before = ChoiceButton(look, look.text("device.compare.before"))
        self.after = ChoiceButton(look, look.text("device.compare.after"))
        self._newest = plain_label(look, look.text("device.compare.newest"), tone="t3")
        self._body = QStackedWidget()
        whole = column(self._head(look, dict(seen).get(device, "")), self._body, self._foot(look), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(920), look.theme.px(620))
        for choice in (self.other, self.before, self.after):
            choice.chosen.connect(self._compare)
        context.read(
            lambda work: _list_snapshots(work, device), owner=self, done=self._on_snapshots, failed=self._on_failed
        )

    def _head(self, look: Look, name: str) -> QFrame:
        left = column(
            plain_label(look, look.text("device.compare.before"), size="meta", tone="t3"),
            row(self.other, self.before, self._newest, spacing=8),
        )
        right = column(
            plain_label(look, look.text("device.compare.after"), size="meta", tone="t3"),
            row(plain_label(look, name, weight=MEDIUM), self.after, spacing=8),
        )
        return pane(row(left, right, None, spacing=32, margins=(20, 14, 20, 14)), ground="surface", edge="bottom")

    def _foot(self, look: Look) -> QFrame:
        close = Button(look, look.text("device.compare.close"), kind="primary", clicked=self.accept)
        return pane(row(None, close, margins=(20, 12, 20, 12)), ground="surface2", edge="top")

    def _on_snapshots(self, found: tuple[SnapshotRow, ...]) -> None:
        choices = [(one.id, _words(self._context.look, one)) for one in found]
        earlier = choices[1:] or choices
        self.after.set_choices(choices, value=choices[0][0] if choices else "")
        self.before.set_choices(choices, value=earlier[0][0] if earlier else "")
        self._compare()

    def _compare(self) -> None:
        is_same = self.other.value == self._device
        self.before.setVisible(is_same)
        self.after.setEnabled(is_same)
        self._newest.setVisible(not is_same)
        look = self._context.look
        if is_same and self.before.value == self.after.value:
            self._show(plain_label(look, look.text("device.compare.pick"), tone="t3", wrap=True))
            return
        before, after = (self.before.value, self.after.value) if is_same else ("", "")
        other = "" if is_same else self.other.value
        device = self._device
        self._context.read(
            lambda work: _compare(work, device, before=before, after=after, other=other),
            owner=self, done=self._on_compared, failed=self._on_failed,
        )  # fmt: skip

    def _on_compared(self, compared: Comparison) -> None:
        look, found = self._context.look, compared.differences
        card = ChangesCard(look, compared, title=look.texts.plural("device.compare.count", len(found.changes)))
        self._show(card)
        announce(self, look.texts.plural("device.compare.count", len(found.changes)))

    def _on_failed(self, error: AppError) -> None:
        words = self._context.look.texts.error(error)
        self._show(Banner(self._context.look, words.what, words.do, tone="red"))

    def _show(self, widget: QWidget) -> None:
        holder = QWidget()
        holder.setLayout(column(widget, None, margins=(20, 16, 20, 16)))
        before = self._body.currentWidget()
        self._body.addWidget(area := scrolling(holder))
        self._body.setCurrentWidget(area)
        if before is not None:
            self._body.removeWidget(before)
            before.deleteLater()


def open_compare(context: DeskContext, device: str, parent: QWidget) -> None:
    """Read the PCs, then open the dialog."""

    def show(devices: tuple[DeviceRow, ...]) -> None:
        dialog = CompareDialog(context, device, devices, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    context.read(list_devices, owner=parent, done=show)


def _words(look: Look, one: SnapshotRow) -> str:
    """Return when a diagnosis was taken and what it found."""
    present = [finding for finding in one.findings if finding.state.value == "present"]
    hints = [finding for finding in present if SEVERITY_MARKS[finding.severity].tone != "acc"]
    count = look.texts.plural("devices.row.findings", len(hints)) if hints else look.text("device.compare.well")
    return look.text("device.compare.choice", moment=look.formats.date_time(one.taken_at), state=count)


def _list_snapshots(work: Work, device: str) -> tuple[SnapshotRow, ...]:
    from desktop.services.devices import list_snapshots  # loads SQLAlchemy

    return list_snapshots(work, device, limit=MOST)


def _compare(work: Work, device: str, *, before: str, after: str, other: str) -> Comparison:
    from desktop.services.comparing import Compare, compare_device  # loads SQLAlchemy

    return compare_device(work, Compare(device, before=before, after=after, other=other))
