"""Keeps the checklists in force at hand: read off the main thread, again when some are published or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.ui.desk.context import DeskContext

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.domain.wizard.library import Library


class LibraryWatch(QObject):
    """Reads on the I/O lane, because the first reading takes a while; whoever cannot wait for it reads at once.

    Tells the bus (`Subject.LIBRARY`) when others are at hand, which is later than that one was published.
    """

    def __init__(self, context: DeskContext, read: Callable[[], Library], parent: QObject | None = None) -> None:
        """Watch with `context`; `read` may be called on any thread and is quick where nothing changed."""
        super().__init__(parent)
        self._context, self._read = context, read
        self._library: Library | None = None
        context.bus.changed.connect(self._on_changed)

    def wizards(self) -> Mapping[str, Wizard]:
        """Return the checklists by id; may be called on any thread."""
        if self._library is None:
            self._library = self._read()
        return self._library.wizards

    def look(self) -> None:
        """Look whether others hold by now; a command may have published some as well."""
        self._context.run_io(self._look, owner=self, done=self._on_read, failed=self._on_failed)

    def _look(self) -> Library:
        library = self._read()
        if library is not self._library:
            tuple(library.wizards.values())  # each is read when it is first asked for: here, not by a page
        return library

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Subject.WIZARD):
            self.look()

    def _on_read(self, library: Library) -> None:
        before, self._library = self._library, library
        if before is not None and before is not library:
            self._context.bus.publish(Changes.of(Subject.LIBRARY, "wizards"))

    def _on_failed(self, _error: AppError) -> None:
        """Keep what is at hand: a store that cannot be read is told by whoever needs it now."""
