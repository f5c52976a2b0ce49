"""Saving a setting: done at once, with its way back offered by the page instead of the bar at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.base.changes import Done, Undo
from desktop.base.errors import AppError
from desktop.ui.desk.context import DeskContext

if TYPE_CHECKING:
    from desktop.services.work import Work

Act = Callable[["Work"], Done[Any]]
TakeBack = Callable[[], None]


def save(
    context: DeskContext,
    act: Act,
    *,
    owner: QObject,
    saved: Callable[[TakeBack | None], None],
    failed: Callable[[AppError], None],
) -> None:
    """Do `act`, then call `saved` with what takes it back, None where nothing has changed."""

    def done(undo: Undo | None) -> None:
        saved(None if undo is None else lambda: context.do(_without_bar(undo.run), owner=owner))

    context.do(_without_bar(act), owner=owner, done=done, failed=failed)


def _without_bar(act: Act) -> Callable[[Work], Done[Undo | None]]:
    """Return the same act with its way back as its result."""

    def run(work: Work) -> Done[Undo | None]:
        done = act(work)
        return Done(done.undo, done.changes)

    return run
