"""How wide the navigation is: words where there is room, icons where there is not."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter

from desktop.ui.common.theme import Theme

_WORDS, _ICONS = 204, 52
_WIDE = 1100
"""Width of the window in logical pixels below which only the icons are shown."""


class NavigationWidth:
    """Follows the window's width and the text size; what a person drags in between stays."""

    def __init__(self, splitter: QSplitter, theme: Theme) -> None:
        self._splitter, self._theme = splitter, theme
        self._text_size = theme.text_size

    def follow(self, before: int, now: int) -> None:
        """Change over where the window crossed the limit, or is shown for the first time (`before` below zero)."""
        if before < 0 or self._is_narrow(before) != self._is_narrow(now):
            self.fit(now)

    def follow_text(self, window_width: int) -> None:
        """Fit again where the text size is another one; other colours leave the width as it is."""
        if self._text_size != self._theme.text_size:
            self._text_size = self._theme.text_size
            self.fit(window_width)

    def fit(self, window_width: int) -> None:
        """Give the navigation the width that fits."""
        self._set(_ICONS if self._is_narrow(window_width) else _WORDS)

    def turn(self, width: int) -> None:
        """Change over from words to icons or back, from the present width of the navigation."""
        self._set(_WORDS if width < self._theme.px(_WORDS) // 2 else _ICONS)

    def _set(self, logical: int) -> None:
        wanted = self._theme.px(logical)
        self._splitter.setSizes([wanted, max(self._splitter.width() - wanted, 1)])

    def _is_narrow(self, width: int) -> bool:
        return width < self._theme.px(_WIDE)
