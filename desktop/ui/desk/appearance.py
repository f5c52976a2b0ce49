"""The commands for colours and text size: each is kept in the settings and put on at once."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.base.settings import Settings
from desktop.ui.common.look import Look
from desktop.ui.common.theme import TEXT_SIZES


class Appearance:
    """Changes the look of the whole program; windows follow because the theme says that it changed."""

    def __init__(self, look: Look, settings: Settings) -> None:
        self._look, self._settings = look, settings

    def put_on(self, scheme: str) -> None:
        """Change to one of `theme.SCHEMES`."""
        self._settings.set("theme", scheme)
        self._apply()

    def resize_text(self, step: int) -> None:
        """Make all texts one step larger (1) or smaller (-1)."""
        sizes: list[int] = list(TEXT_SIZES)
        wanted = sizes[min(max(sizes.index(self._look.theme.text_size) + step, 0), len(sizes) - 1)]
        self._settings.set("text_size", str(wanted))
        self._apply()

    def _apply(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            settings = self._settings
            self._look.theme.apply(application, settings.text("theme"), int(settings.text("text_size")))
