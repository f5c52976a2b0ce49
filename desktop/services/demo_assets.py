"""What the administrator of the invented company wrote down about its PCs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop.domain.fleet import EditAsset
from desktop.services.demo_lives import Machine
from desktop.services.fleet import edit_asset
from desktop.services.work import Work

_SUPPLIERS = ("Bechtle", "Cancom", "Jacob Elektronik", "Elektro Reinders, Oldenburg")
_LOCATIONS = ("Verwaltung, 1. Stock", "Verwaltung, EG", "Halle 1", "Halle 2", "Versand", "Ausstellung")
_WARRANTY = timedelta(days=3 * 365)


def write_assets(work: Work, machines: Sequence[Machine], now: datetime) -> None:
    """Write inventory number, purchase, warranty, supplier and place of each PC; two were never written down."""
    for place, one in enumerate(machines):
        if place in (21, 34):
            continue
        chance = random.Random(f"asset {one.name}")  # noqa: S311 - invented data
        bought = now.date() - timedelta(days=chance.randint(60, 2400))
        if place % 11 == 3:  # some whose warranty ends soon
            bought = now.date() - _WARRANTY + timedelta(days=chance.randint(5, 80))
        edit_asset(work, _asset(one, place, bought, chance))


def _asset(machine: Machine, place: int, bought: date, chance: random.Random) -> EditAsset:
    return EditAsset(
        machine.id,
        inventory_number=f"INV-{1000 + 7 * place}",
        purchased_on=bought.isoformat(),
        warranty_until=(bought + _WARRANTY).isoformat(),
        supplier=chance.choice(_SUPPLIERS),
        location=chance.choice(_LOCATIONS),
        note="Leihgerät bei Reparaturen" if machine.name.endswith("-02") else "",
    )
