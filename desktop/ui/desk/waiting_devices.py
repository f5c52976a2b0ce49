"""Beside the invitation: the company's check words, and the PCs that wait for approval with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from desktop.domain.rows import DeviceRow
from desktop.exchange.words import fingerprint_words
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices.decisions import approving, approving_all, revoking

if TYPE_CHECKING:
    from desktop.services.work import Work


class WaitingDevices(QFrame):
    """Lists who waits; each line approves or refuses."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context, look = context, context.look
        self.setProperty("ground", "surface2")
        self.setProperty("edge", "left")
        self._words = plain_label(look, "", size="pane", weight=BOLD, wrap=True, selectable=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = plain_label(look, look.text("invite.words"), size="meta", tone="t3")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        hint = plain_label(look, look.text("invite.words.hint"), size="meta", tone="t2", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = Card(column(title, self._words, hint, spacing=4, margins=(14, 12, 14, 12)))
        waiting = plain_label(look, look.text("invite.waiting"), size="meta", weight=BOLD, tone="t3")
        self._list = column(spacing=0)
        self._counts = plain_label(look, "", size="meta", tone="t3")
        holder = QFrame()
        holder.setProperty("ground", "surface2")
        holder.setLayout(column(self._list, 6, self._counts, None, spacing=2))
        whole = column(words, 10, waiting, 4, scrolling(holder), spacing=0, margins=(18, 18, 18, 14))
        whole.setStretch(whole.count() - 1, 1)
        self.setLayout(whole)
        self.reload()

    def show_words(self, sign_key: bytes) -> None:
        """Show the four words of the company's key, as the PCs do."""
        self._words.setText(" · ".join(fingerprint_words(sign_key, self._context.look.texts.language)))

    def reload(self) -> None:
        """Read who waits."""
        language = self._context.look.texts.language
        self._context.read(lambda work: _read(work, language), owner=self, done=self._show)

    def _show(self, devices: Sequence[DeviceRow]) -> None:
        clear(self._list)
        look = self._context.look
        waiting = [one for one in devices if one.status == "waiting"]
        connected = sum(one.status == "approved" for one in devices)
        self._counts.setText(look.texts.plural("invite.connected", connected))
        if not waiting:
            nobody = plain_label(look, look.text("invite.waiting.none"), size="meta", tone="t3", wrap=True)
            self._list.addWidget(nobody)
            return
        lines = [self._line(one, is_first=place == 0) for place, one in enumerate(waiting)]
        if len(waiting) > 1:
            text = look.texts.plural("invite.approve.all", len(waiting))
            ids = [one.id for one in waiting]
            every = Button(look, text, kind="link", clicked=lambda: self._context.do(approving_all(ids), owner=self))
            lines.append(pane(row(every, None, margins=(10, 6, 10, 6)), edge="top"))
        self._list.addWidget(Card(column(*lines, spacing=0)))

    def _line(self, device: DeviceRow, *, is_first: bool) -> QFrame:
        look = self._context.look
        name = ElidedLabel(look, device.name, weight=BOLD)
        person = ElidedLabel(look, device.person_name or look.text("devices.nobody"), size="meta", tone="t3")
        words = plain_label(look, device.words, size="meta", tone="t2", wrap=True, selectable=True)
        approve = Button(look, look.text("invite.approve"), small=True)
        approve.setAccessibleName(look.text("invite.approve.name", device=device.name))
        approve.clicked.connect(lambda: self._context.do(approving(device.id), owner=self))
        refuse = Button(look, look.text("invite.refuse"), kind="flat", small=True)
        refuse.setAccessibleName(look.text("invite.refuse.name", device=device.name))
        refuse.clicked.connect(lambda: self._context.do(revoking(device.id), owner=self))
        mark = column(2, IconLabel(look.theme, "laptop", "t2", size=18), None)
        text = column(name, person, words, row(approve, refuse, None, spacing=4), spacing=3)
        line = row(mark, text, spacing=10, margins=(12, 10, 12, 10))
        line.setStretch(1, 1)
        return pane(line, edge="" if is_first else "top")


def _read(work: Work, language: str) -> tuple[DeviceRow, ...]:
    """Read the devices; those that wait come with their four words."""
    from desktop.services.devices import list_devices, show_device  # loads SQLAlchemy

    return tuple(
        replace(one, words=" · ".join(show_device(work, one.id, language=language, limit=1).words))
        if one.status == "waiting"
        else one
        for one in list_devices(work)
    )
