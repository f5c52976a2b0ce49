"""What the shipped checklists say and which hold here, read once as long as the program runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from desktop.base.paths import resources

if TYPE_CHECKING:
    from desktop.domain.wizard.library import Library
    from desktop.domain.wizard.overlay import Overlay
    from desktop.domain.wizard.validator import Known


class WizardMemory:
    """The shipped files, the names they may use, and the last library in force; may be used from several threads."""

    def __init__(self, folder: Path | None = None, *, shelf: Path | None = None) -> None:
        """Take the shipped files from `folder`, else from the program's own; `shelf` as in `load_library`."""
        self.folder, self._shelf = folder or resources() / "wizards", shelf
        self._lock = RLock()
        self._builtin: Mapping[str, bytes] | None = None
        self._known: Known | None = None
        self._overlay: tuple[tuple[str, ...], Overlay] | None = None
        self._shipped: Library | None = None

    @property
    def builtin(self) -> Mapping[str, bytes]:
        """Return the shipped files by id. Raises AppError `wizard.folder`."""
        from desktop.domain.wizard.heads import read_files

        with self._lock:
            if self._builtin is None:
                self._builtin = read_files(self.folder)
            return self._builtin

    @property
    def known(self) -> Known:
        """Return what checklists may refer to: the diagnosis' findings and probes, our actions and settings pages."""
        with self._lock:
            if self._known is None:
                self._known = _known_names()
            return self._known

    @property
    def shipped(self) -> Library:
        """Return the shipped checklists alone: what holds where a company has none of its own."""
        from desktop.domain.wizard.library import load_library

        with self._lock:
            if self._shipped is None:
                self._shipped = load_library(self.folder, shelf=self._shelf)
            return self._shipped

    def overlay(self, key: tuple[str, ...], own: Callable[[], Mapping[str, bytes]]) -> Overlay:
        """Return what holds with the company's `own` files, which are asked for when `key` is another than before."""
        from desktop.domain.wizard.overlay import Overlay, overlay

        with self._lock:
            if not key:
                return Overlay(self.shipped, self.builtin, {})
            if self._overlay is None or self._overlay[0] != key:
                self._overlay = key, overlay(self.builtin, own(), self.known)
            return self._overlay[1]


def _known_names() -> Known:
    from desktop.diagnostics.registry import PROBES
    from desktop.domain.wizard.known import Known, finding_ids
    from desktop.system.actions.listing import action_ids, admin_action_ids, idle_action_ids
    from desktop.system.opening import page_ids

    return Known(
        findings=finding_ids(),
        probes=frozenset(one.id for one in PROBES),
        actions=action_ids(),
        admin_actions=admin_action_ids(),
        idle_actions=idle_action_ids(),
        pages=page_ids(),
    )
