"""A small do-confirm list, and tools to break it."""

from __future__ import annotations

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.reader import read_wizard

LIST_HEAD = """format = 1
id = "handout"
version = 2
category = "hardware"
mode = "do-confirm"
mandatory = true
audience = "technician"
minutes = 20
title.de = "Gerät ausgeben"
title.en = "Hand out a device"
"""
ITEMS = {
    "backup": 'text.de = "Die Daten sind gesichert"\ntext.en = "The data is backed up"\n'
    'section.de = "Vorher"\nsection.en = "Before"\n'
    'confirm = { finding = "backup.stale", state = "absent" }\n'
    'fact.de = "Sicherung ist aktuell"\nfact.en = "Backup is recent"',
    "encrypted": 'text.de = "Das Laufwerk ist verschlüsselt"\ntext.en = "The drive is encrypted"\n'
    'lines = [{ de = "Schlüssel hinterlegen", en = "Store the key" }]\n'
    'confirm = { finding = "sec.encrypted", state = "present", days = 30 }',
    "signed": 'text.de = "Das Übergabeprotokoll ist unterschrieben"\ntext.en = "The handover is signed"\n'
    'section.de = "Danach"\nsection.en = "After"\n'
    'phone.de = "Bitte unterschreiben Sie das Protokoll."\nphone.en = "Please sign the record."',
    "cable": 'title.de = "Ladekabel"\ntitle.en = "Charger"\ntext.de = "Ein zweites Ladekabel liegt bei"\n'
    'text.en = "A second charger comes along"\nrequired = false',
}


def list_text(*, head: str = LIST_HEAD, extra: str = "", **changes: str) -> str:
    """Return the file with some items' bodies replaced or added; an empty body drops the item."""
    items = {**ITEMS, **changes}
    return "\n".join([head, *(f"[item.{name}]\n{body}\n" for name, body in items.items() if body), extra])


def sample_list(**changes: str) -> Wizard:
    """Return the list as a wizard."""
    return read_wizard(list_text(**changes).encode())
