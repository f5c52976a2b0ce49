"""Colours, fonts and sizes of all windows, switched in one place while they are open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.common.fonts import REGULAR, SIZES, load_family, make_font
from desktop.ui.common.palette import make_palette
from desktop.ui.common.qss import make_sheet
from desktop.ui.common.tokens import DARK, LIGHT

SCHEMES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 110, 125, 150)
"""Text sizes offered, in per cent."""

_TYPEFACE = "typeface"


class Theme(QObject):
    """The look that is in force; widgets that paint themselves repaint on `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, is_fusion: bool = False) -> None:
        """Take `is_fusion` where the application was started with that style: to ask for it costs a start 4 ms."""
        super().__init__(parent)
        self._is_fusion = is_fusion
        self._has_sheet = True
        self._tokens: Mapping[str, str] = LIGHT
        self._family = load_family()
        self._fonts: dict[tuple[int, int], QFont] = {}
        self._application: QApplication | None = None
        self.scheme = "system"
        self.text_size = 100

    @property
    def is_dark(self) -> bool:
        """Tell whether the dark colours are in force."""
        return self._tokens is DARK

    @property
    def family(self) -> str:
        """Return the family of the bundled font, or an empty text where the system's own is used."""
        return self._family

    def color(self, token: str) -> QColor:
        """Return the colour of a token of `tokens.LIGHT`. Raises KeyError."""
        return QColor(self._tokens[token])

    def px(self, pixels: int) -> int:
        """Return a size in logical pixels, scaled by the chosen text size."""
        return round(pixels * self.text_size / 100)

    def font(self, size: str | int = "body", weight: int = REGULAR) -> QFont:
        """Return the font of a named size (`fonts.SIZES`) or of pixels at 100 %; weights as in `fonts`."""
        pixels = self.px(SIZES[size] if isinstance(size, str) else size)
        key = (pixels, weight)
        if key not in self._fonts:
            self._fonts[key] = make_font(self._family, pixels, weight)
        return QFont(self._fonts[key])

    def dress(self, widget: QWidget, size: str | int = "body", weight: int = REGULAR) -> None:
        """Give a widget a font that follows the text size from now on."""
        pixels = SIZES[size] if isinstance(size, str) else size
        widget.setProperty(_TYPEFACE, f"{pixels} {weight}")  # a number would bring `QByteArray` along
        widget.setFont(self.font(pixels, weight))

    def apply(
        self, application: QApplication, scheme: str = "system", text_size: int = 100, *, is_sheet_late: bool = False
    ) -> None:
        """Dress the whole application: style, palette, the one sheet, Qt's own scheme, then everybody's fonts.

        The order matters: a sheet set before the palette keeps the old colours in some widgets. With
        `is_sheet_late` it is left to `put_on_sheet`, for a start: widgets that already wear it are dressed again each
        time they are put into another one.
        """
        self._application = application
        self.scheme, self.text_size = scheme, text_size
        hints = application.styleHints()
        if scheme == "system":
            hints.colorSchemeChanged.connect(self._on_system_changed, Qt.ConnectionType.UniqueConnection)
            hints.unsetColorScheme()
        self._tokens = DARK if self._wants_dark(hints.colorScheme()) else LIGHT
        if not self._is_fusion and application.style().objectName() != "fusion":
            application.setStyle("Fusion")
        self._is_fusion = True
        application.setFont(self.font())
        if not _is_high_contrast(application):
            application.setPalette(make_palette(self._tokens))
            self._has_sheet = not is_sheet_late
            application.setStyleSheet("" if is_sheet_late else make_sheet(self._tokens, self.px))
        if scheme != "system":
            hints.setColorScheme(Qt.ColorScheme.Dark if self.is_dark else Qt.ColorScheme.Light)
        self._refit()
        self.changed.emit()

    def put_on_sheet(self) -> None:
        """Give the application the sheet that `apply` left out; does nothing where it has one or must not have any."""
        if self._application is not None and not self._has_sheet:
            self._has_sheet = True
            self._application.setStyleSheet(make_sheet(self._tokens, self.px))

    def _wants_dark(self, offered: Qt.ColorScheme) -> bool:
        if self.scheme == "system":
            return offered is Qt.ColorScheme.Dark
        return self.scheme == "dark"

    def _refit(self) -> None:
        for widget in QApplication.allWidgets():
            typeface = widget.property(_TYPEFACE)
            if isinstance(typeface, str):
                pixels, weight = typeface.split()
                widget.setFont(self.font(int(pixels), int(weight)))

    def _on_system_changed(self, offered: Qt.ColorScheme) -> None:
        dark = offered is Qt.ColorScheme.Dark
        if self._application is not None and self.scheme == "system" and dark != self.is_dark:
            self.apply(self._application, "system", self.text_size)


def _is_high_contrast(application: QApplication) -> bool:
    # The hints must live in a name: the chained call lost its object in PySide6 6.12.
    hints = application.styleHints()
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
