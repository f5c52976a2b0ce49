"""A row of tabs whose pages are made when they are first looked at, so that opening a device costs one page only."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look


class _Tab(NamedTuple):
    key: str
    make: Callable[[], QWidget]
    holder: QWidget


class LazyTabs(QStackedWidget):
    """The pages; `bar` goes where the page wants its tabs. Tabs keep the order in which they were added."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        look.theme.dress(self.bar)
        self._tabs: list[_Tab] = []
        self._made: dict[str, QWidget] = {}
        self.bar.currentChanged.connect(self._on_current)

    @property
    def key(self) -> str:
        """Return the key of the tab in front, empty where there is none."""
        return self._tabs[self.bar.currentIndex()].key if self._tabs else ""

    def add(self, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab; `make` is called when somebody looks at it."""
        self._insert(len(self._tabs), _Tab(key, make, _holder()), title)

    def insert_before(self, before: str, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab in front of the one named `before`, or at the end where there is none of that name."""
        places = [place for place, one in enumerate(self._tabs) if one.key == before]
        self._insert(places[0] if places else len(self._tabs), _Tab(key, make, _holder()), title)

    def show_key(self, key: str) -> None:
        """Bring a tab to the front; nothing happens where there is none of that name."""
        for place, one in enumerate(self._tabs):
            if one.key == key:
                self.bar.setCurrentIndex(place)

    def page(self, key: str) -> QWidget | None:
        """Return the page of a tab, None where nobody has looked at it yet."""
        return self._made.get(key)

    def _insert(self, place: int, tab: _Tab, title: str) -> None:
        self._tabs.insert(place, tab)
        self.insertWidget(place, tab.holder)
        self.bar.insertTab(place, title)
        self._on_current(self.bar.currentIndex())

    def _on_current(self, place: int) -> None:
        if not 0 <= place < len(self._tabs):
            return
        tab = self._tabs[place]
        if tab.key not in self._made:
            page = tab.make()
            self._made[tab.key] = page
            tab.holder.setLayout(column(page, spacing=0))
        self.setCurrentWidget(tab.holder)


def _holder() -> QWidget:
    return QWidget()
