"""The commands for colours and text size: each is kept in the settings and put on at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QApplication

from desktop.base.settings import Settings
from desktop.ui.common.look import Look
from desktop.ui.common.theme import SCHEMES, TEXT_SIZES


class Appearance:
    """Changes the look of the whole program; `fit` lets the window follow another text size."""

    def __init__(self, look: Look, settings: Settings, fit: Callable[[], None]) -> None:
        self._look, self._settings, self._fit = look, settings, fit

    def doers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the commands of the menu do."""
        return {
            **{f"scheme.{scheme}": self._scheme_setter(scheme) for scheme in SCHEMES},
            "text.larger": lambda: self._resize_text(1),
            "text.smaller": lambda: self._resize_text(-1),
        }

    def _scheme_setter(self, scheme: str) -> Callable[[], None]:
        def put_on() -> None:
            self._settings.set("theme", scheme)
            self._apply()

        return put_on

    def _resize_text(self, step: int) -> None:
        sizes: list[int] = list(TEXT_SIZES)
        wanted = sizes[min(max(sizes.index(self._look.theme.text_size) + step, 0), len(sizes) - 1)]
        self._settings.set("text_size", str(wanted))
        self._apply()

    def _apply(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            settings = self._settings
            self._look.theme.apply(application, settings.text("theme"), int(settings.text("text_size")))
            self._fit()
