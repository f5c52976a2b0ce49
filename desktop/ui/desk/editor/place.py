"""The place of checklists in the window: the list, one checklist being edited, or what they achieve."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor import use_cases
from desktop.ui.desk.editor.library_page import LibraryPage


class WizardPlace(QStackedWidget):
    """One of three pages at a time; leaving the editor keeps what was typed."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._beside: list[QWidget] = []
        self.library = LibraryPage(context)
        self.library.wizard_wanted.connect(self.edit)
        self.library.figures_wanted.connect(self.show_figures)
        self.addWidget(self.library)
        self.setFocusProxy(self.library)

    def edit(self, wizard: str) -> None:
        """Open a checklist in the editor."""
        self._context.read(use_cases.opening(wizard), owner=self, done=self._on_opened)

    def show_figures(self) -> None:
        """Open what the checklists achieve."""
        from desktop.ui.desk.wizards.figures_page import FiguresPage

        page = FiguresPage(self._context)
        page.left.connect(self.show_library)
        page.wizard_wanted.connect(self.edit)
        self._put(page)

    def show_library(self) -> None:
        """Go back to the list."""
        self._leave()
        self.library.table.setFocus()

    def _on_opened(self, opened: use_cases.Opened) -> None:
        from desktop.ui.desk.editor.page import EditorPage
        from desktop.ui.desk.editor.unreadable import UnreadablePage

        made = UnreadablePage if opened.wizard is None else EditorPage
        page = made(self._context, opened)
        page.left.connect(self.show_library)
        self._put(page)

    def _put(self, page: QWidget) -> None:
        self._leave()
        self._beside.append(page)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus()

    def _leave(self) -> None:
        self.setCurrentWidget(self.library)
        for page in self._beside:
            self.removeWidget(page)
            page.deleteLater()
        self._beside.clear()
