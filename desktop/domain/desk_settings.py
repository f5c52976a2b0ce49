"""The Desk's settings, declared once: form, check, file, search and `ersthelfer check` come from here.

What the company shares (its name, the mailbox, the line to call) lies in the database instead, see `services.company`.
"""

from __future__ import annotations

from pathlib import Path

from desktop.base.paths import Home
from desktop.base.settings import Setting

DESK_SETTINGS: tuple[Setting, ...] = (
    Setting("language", "system", "personal", choices=("system", "de", "en")),
    Setting("theme", "system", "personal", choices=("system", "light", "dark")),
    Setting("text_size", "100", "personal", choices=("90", "100", "110", "125", "150")),
    Setting("technician_id", "", "hidden"),
    Setting("window_place", "", "hidden"),
    Setting("single_keys", default=True, section="keys"),
)
"""`single_keys` lets R, N, A, E, L act in the focused list without Ctrl; off for people who speak to their computer."""


def settings_path(home: Home) -> Path:
    """Return the file that keeps them."""
    return home.settings / "desk.json"
