"""What an administrator wrote about a device, as lines and as a card."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from desktop.domain.fleet import FleetFilter, FleetRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card, Chip
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

_LABEL_WIDTH = 210
_ALARMING = frozenset({FleetFilter.OS_UNSUPPORTED, FleetFilter.ANTIVIRUS_OFF, FleetFilter.UNENCRYPTED})


def asset_pairs(look: Look, known: FleetRow) -> list[tuple[str, str]]:
    """Return label and value of what is known, without what nobody wrote down."""
    asset, day = known.asset, look.formats.day
    values = {
        "inventory_number": asset.inventory_number,
        "serial": known.serial,
        "purchased_on": day(asset.purchased_on) if asset.purchased_on else "",
        "warranty_until": day(asset.warranty_until) if asset.warranty_until else "",
        "supplier": asset.supplier,
        "location": asset.location,
        "support_ends": day(known.support_ends) if known.support_ends else "",
        "note": asset.note,
    }
    return [(look.text(f"asset.{name}"), one_line(value, 400)) for name, value in values.items() if value]


def flag_chips(look: Look, known: FleetRow) -> list[Chip]:
    """Return a chip for each question that a device answers with yes, in the order of the questions."""
    found = [one for one in FleetFilter if one in known.flags and one is not FleetFilter.WAITING]
    return [Chip(look, look.text(f"fleet.filter.{one.value}"), "red" if one in _ALARMING else "amb") for one in found]


class AssetCard(Card):
    """Shows what is known; `edit_wanted` where somebody wants to write more."""

    edit_wanted = Signal()

    def __init__(self, look: Look, known: FleetRow) -> None:
        super().__init__()
        edit = Button(look, look.text("device.asset"), icon_name="pencil-simple", small=True)
        edit.clicked.connect(self.edit_wanted)
        head = row(plain_label(look, look.text("asset.heading"), weight=BOLD), None, edit, spacing=8)
        chips = row(*flag_chips(look, known), None, spacing=6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, look.theme.px(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        for line, (label, value) in enumerate(asset_pairs(look, known)):
            shown = plain_label(look, value, wrap=True, selectable=True)
            title = plain_label(look, label, size="meta", tone="t3", wrap=True)
            title.setBuddy(shown)
            grid.addWidget(title, line, 0)
            grid.addWidget(shown, line, 1)
        if not grid.count():
            grid.addWidget(plain_label(look, look.text("asset.none"), tone="t3", wrap=True), 0, 0, 1, 2)
        self.setLayout(column(head, chips, 2, grid, spacing=4, margins=(16, 12, 12, 12)))
