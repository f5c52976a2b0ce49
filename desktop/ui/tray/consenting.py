"""Couples the consent page with the facts that are still being collected, for whatever is sent."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.client.facts import default_off
from desktop.client.policy import Depth
from desktop.ui.tray.consent_page import ConsentPage
from desktop.ui.tray.facts_gatherer import FactsGatherer


class Consenting(QObject):
    """Collects what is chosen, and asks for the message anew with each choice; its window makes groups and message."""

    groups_wanted = Signal()
    """What can be chosen has changed: the page's groups are to be shown anew."""
    message_wanted = Signal()
    """Everything chosen is there: the message is to be made of it."""

    def __init__(self, page: ConsentPage, facts: FactsGatherer, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._facts = page, facts
        page.choice_changed.connect(self.prepare)
        page.depth_changed.connect(self._on_depth)
        page.cancel_wanted.connect(self._on_skip)
        facts.progressed.connect(page.show_progress)

    def begin(self, depth: Depth, off: frozenset[str] | None) -> None:
        """Begin a new message with what was chosen last time, or what is careful where nobody has chosen yet."""
        self._page.notice.clear()
        self._page.begin(depth, default_off() if off is None else off)

    def prepare(self) -> None:
        """Have the message made, unless facts that were chosen are still being collected."""
        is_waiting = self._facts.is_awaited(self._page.choice.depth)
        self._page.set_usable(is_usable=False)
        self._page.show_collecting(is_running=is_waiting)
        if not is_waiting:
            self.message_wanted.emit()

    def _on_depth(self) -> None:
        depth = self._page.choice.depth
        if depth is not Depth.NONE:
            self._facts.start(is_full=depth is Depth.FULL)
        self.groups_wanted.emit()

    def _on_skip(self) -> None:
        self._page.settle_for(has_facts=self._facts.snapshot is not None)
        self._facts.cancel()
