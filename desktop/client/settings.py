"""The settings of Hilfe, declared once; a company's policy may lay the file down beforehand."""

from __future__ import annotations

from desktop.base.paths import Home
from desktop.base.settings import Setting, Settings

DECLARED = (
    Setting("hilfe_language", "", "hilfe", choices=("", "de", "en")),
    Setting("hilfe_scheme", "system", "hilfe", choices=("system", "light", "dark")),
    Setting("hilfe_text_size", 100, "hilfe", minimum=90, maximum=150),
    Setting("hilfe_shows_text", default=False, section="hilfe"),
    Setting("hilfe_counts_solved", default=True, section="hilfe"),
    Setting("hilfe_may_quit", default=True, section="hilfe"),
)


def open_settings(home: Home) -> Settings:
    """Read the settings of this home. Raises AppError `settings.unreadable`."""
    return Settings(home.settings / "hilfe.json", DECLARED)
