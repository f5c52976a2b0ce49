"""What changed since the PC was well: four columns, the important ones first, the unimportant ones folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.domain.change import Change, Differences, Relevance
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label, set_tooltip
from desktop.ui.common.layouts import Item, column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.change_words import ChangeWords
from desktop.ui.desk.devices.fact_words import FactWords

if TYPE_CHECKING:
    from desktop.services.comparing import Comparison

FEW = 6  # lines on the first tab; all of them stand on the tab of changes
_STRETCH = (3, 2, 2, 0)


class ChangesCard(Card):
    """Shows a comparison; `most` cuts the important changes, and `beside` stands in the head."""

    def __init__(
        self, look: Look, compared: Comparison, *, most: int = 0, title: str = "", beside: Sequence[Item] = ()
    ) -> None:
        super().__init__()
        found = compared.differences
        self._look, self._words, self._compared = look, ChangeWords(look), compared
        self._minor = _table(look, [self._line(one) for one in found.minor])
        self._fold = Button(look, "", kind="link", clicked=self._on_fold)
        shown = found.changes[:most] if most else found.changes
        parts: list[QWidget] = [self._head(found, title, beside)]
        parts.append(self._changes(shown) if shown else self._nothing())
        parts += self._folded(found)
        if found.not_compared:
            parts.append(self._not_compared(found))
        self.setLayout(column(*parts, spacing=0))
        self._count = len(found.minor)
        self._show_minor(shown=False)

    def _head(self, found: Differences, title: str, beside: Sequence[Item]) -> QFrame:
        look = self._look
        other = self._compared.other
        moment, name = look.formats.moment(found.before_at), one_line(other.name, 40) if other else ""
        since = look.text(f"device.changes.{self._compared.basis.value}", moment=moment, name=name)
        words = plain_label(look, title or look.text("device.changes.title"), size="reading", weight=BOLD)
        return pane(
            row(
                words,
                ElidedLabel(look, since, size="meta", tone="t3"),
                *beside,
                spacing=8,
                margins=(16, 10, 12, 10),
            )
        )

    def _changes(self, changes: Sequence[Change]) -> QWidget:
        look = self._look
        titles = [look.text(f"device.changes.{one}") for one in ("what", "before", "now", "when")]
        return _table(look, [self._line(one) for one in changes], titles=titles)

    def _line(self, change: Change) -> list[QWidget]:
        look, line = self._look, self._words.line(change)
        tone = "amb" if change.relevance is Relevance.DIRECT and not change.is_minor else "t1"
        what = ElidedLabel(look, line.what, weight=MEDIUM)
        after = ElidedLabel(look, line.after, weight=BOLD if tone == "amb" else MEDIUM, tone=tone)
        when = plain_label(look, line.when, tone="t2")
        rarity = self._words.rarity(change)
        set_tooltip(when, "\n".join(one for one in (line.detail, rarity) if one))
        what.setAccessibleName(line.sentence)
        what.setAccessibleDescription(" ".join(one for one in (line.detail, rarity) if one))
        icon = IconLabel(look.theme, line.icon, "t2")
        return [_with_icon(icon, what), ElidedLabel(look, line.before, tone="t2"), after, when]

    def _nothing(self) -> QFrame:
        look = self._look
        mark = IconLabel(look.theme, "check-circle", "grn", size=20, filled=True)
        words = plain_label(look, look.text("device.changes.none"), tone="t2", wrap=True)
        line = row(mark, words, spacing=12, margins=(16, 11, 16, 12))
        line.setStretch(1, 1)
        return pane(line, edge="top")

    def _folded(self, found: Differences) -> list[QWidget]:
        if not found.minor:
            return []
        return [pane(column(row(self._fold, None), self._minor, spacing=0, margins=(16, 7, 0, 7)), edge="top")]

    def _not_compared(self, found: Differences) -> QFrame:
        words = FactWords(self._look)
        names = ", ".join(words.title(one.probe) for one in found.not_compared)
        text = self._look.text("device.changes.not_compared", names=names)
        label = plain_label(self._look, text, size="meta", tone="t3", wrap=True)
        return pane(row(label, margins=(16, 9, 16, 10)), edge="top")

    def _on_fold(self) -> None:
        self._show_minor(shown=self._minor.isHidden())

    def _show_minor(self, *, shown: bool) -> None:
        self._minor.setVisible(shown)
        code = "device.changes.minor.hide" if shown else "device.changes.minor.show"
        self._fold.set_text(self._look.texts.plural(code, self._count))


def _with_icon(icon: IconLabel, what: QWidget) -> QWidget:
    holder = QWidget()
    line = row(icon, what, spacing=8)
    line.setStretch(1, 1)
    holder.setLayout(line)
    return holder


def _table(look: Look, lines: Sequence[Sequence[QWidget]], *, titles: Sequence[str] = ()) -> QWidget:
    """Lay out lines of four cells below their titles, each with a rule above."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(0)
    grid.setContentsMargins(16, 0, 16, 0)
    for place, stretch in enumerate(_STRETCH):
        grid.setColumnStretch(place, stretch)
    number = 0
    for place, title in enumerate(titles):
        grid.addWidget(plain_label(look, title, size="caption", weight=BOLD, tone="t3"), 0, place)
    for cells in lines:
        number += 2
        grid.addWidget(_rule(), number - 1, 0, 1, len(_STRETCH))
        for place, cell in enumerate(cells):
            cell.setMinimumHeight(look.theme.px(34))
            grid.addWidget(cell, number, place)
    holder = QWidget()
    holder.setLayout(grid)
    return holder


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("edge", "top")
    line.setFixedHeight(1)
    return line
