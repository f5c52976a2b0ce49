"""One page at a time; a page that comes into view gets the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Pages by name; what they offer as `focus_first` and `set_phone` is called for them."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, QWidget] = {}

    @property
    def current(self) -> str:
        """Return the name of the page in view."""
        return next((name for name, page in self._names.items() if page is self.currentWidget()), "")

    def add(self, name: str, page: QWidget) -> None:
        """Add a page."""
        self._names[name] = page
        self.addWidget(page)

    def go(self, name: str) -> None:
        """Bring a page into view."""
        page = self._names[name]
        if page is self.currentWidget() and self.isVisible():
            return
        self.setCurrentWidget(page)
        if focus := getattr(page, "focus_first", None):
            focus()

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT on every page."""
        for page in self._names.values():
            if show := getattr(page, "set_phone", None):
                show(phone)
