"""The programs of the invented PCs: what everybody has, in versions that go on from month to month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

_STEADY = (
    ("7-Zip", "24.09", "Igor Pavlov"),
    ("DATEV Arbeitsplatz", "18.2", "DATEV eG"),
    ("Greenshot", "1.3.290", "Greenshot"),
    ("KeePassXC", "2.7.9", "KeePassXC Team"),
    ("Microsoft Visual C++ 2022 Redistributable (x64)", "14.42.34433", "Microsoft Corporation"),
    ("Notepad++", "8.7.5", "Notepad++ Team"),
    ("PDF24 Creator", "11.23.0", "geek software GmbH"),
    ("Zebra Setup Utilities", "1.1.9.1325", "Zebra Technologies"),
)
_MOVING = (
    ("Adobe Acrobat Reader", "26.{month:03d}.20315", "Adobe"),
    ("Google Chrome", "{number}.0.7444.60", "Google LLC"),
    ("Microsoft Edge", "{number}.0.3595.53", "Microsoft Corporation"),
    ("Microsoft 365 Apps for Business", "16.0.19{month:03d}.20100", "Microsoft Corporation"),
    ("Microsoft Teams", "26{month:02d}.1105.0", "Microsoft Corporation"),
    ("Mozilla Firefox", "{number}.0", "Mozilla"),
    ("Zoom Workplace", "6.{month}.2", "Zoom Communications"),
)
_ON_LINUX = (
    ("firefox-esr", "140.{month}.0esr", "Debian"),
    ("libreoffice", "25.8.{month}", "Debian"),
    ("inkscape", "1.4.2", "Debian"),
    ("kicad", "9.0.4", "Debian"),
)


def programs_at(at: datetime, is_windows_like: bool, *, has_new_driver: bool = False) -> dict[str, Any]:
    """Return the facts of the probe `software` at a moment."""
    month = max(1, at.year * 12 + at.month - 2026 * 12)
    source = "registry" if is_windows_like else "dpkg"
    chosen = (*_STEADY, *_MOVING) if is_windows_like else _ON_LINUX
    if has_new_driver:
        chosen = (*chosen, ("ZDesigner Druckertreiber", "10.6.14.28216", "Zebra Technologies"))
    rows = [
        {"name": name, "version": version.format(month=month, number=146 + month), "publisher": maker, "source": source}
        for name, version, maker in chosen
    ]
    return {"programs": rows, "total": len(rows)}
