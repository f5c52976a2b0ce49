"""Puts the picture of a wizard together: its places from the layout, its words from the texts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.editing_ways import ways
from desktop.domain.wizard.layout import Line, Picture, Sizes, layout
from desktop.domain.wizard.problems import Problem
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.graph_items import CardWords, StepCard, WayLine, WayWords
from desktop.ui.desk.wizards.step_words import (
    badge,
    is_detour,
    problems_by_step,
    step_title,
    way_text,
    way_tone,
)

_MARGIN = 40
_WIDEST = 150  # pixels of an exit's name
_PLACES = (0.3, 0.5, 0.68, 0.4, 0.6, 0.22, 0.8)  # where on the first bow of a line its words may stand


class GraphScene(QGraphicsScene):
    """The cards and lines of one wizard; `lines` by step and target."""

    def __init__(self, look: Look, wizard: Wizard, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._look, self.wizard = look, wizard
        self.picture = layout(wizard, sizes_of(look))
        self._problems = problems_by_step(problems)
        self.cards: dict[str, StepCard] = {}
        self.lines: dict[tuple[str, str], WayLine] = {}
        self.words: dict[tuple[str, str], WayWords] = {}
        self._add_cards(self.picture)
        self._add_lines(self.picture)
        self.setSceneRect(
            QRectF(0, 0, self.picture.width, self.picture.height).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        )

    def targets_of(self, step: str) -> list[str]:
        """Return the steps that the exits of one lead to, from left to right."""
        found = [target for source, target in self.lines if source == step]
        return sorted(found, key=lambda one: self.picture.spots[one].x)

    def sources_of(self, step: str) -> list[str]:
        """Return the steps that lead to one, from left to right."""
        found = [source for source, target in self.lines if target == step]
        return sorted(found, key=lambda one: self.picture.spots[one].x)

    def row_of(self, step: str) -> list[str]:
        """Return the steps beside one, itself included, from left to right."""
        layer = self.picture.spots[step].layer
        row = [name for name, spot in self.picture.spots.items() if spot.layer == layer]
        return sorted(row, key=lambda one: self.picture.spots[one].x)

    def choose(self, step: str, *, has_keyboard: bool) -> None:
        """Mark a step and the ways that leave it."""
        for name, card in self.cards.items():
            card.is_chosen, card.has_keyboard = name == step, name == step and has_keyboard
            card.update()
        for (source, _), line in self.lines.items():
            line.is_strong = source == step
            line.update()

    def described(self, step: str) -> str:
        """Return a step in words: what it is, what is wrong with it, and where its exits lead."""
        look, card = self._look, self.cards[step]
        words = card.words
        parts = [look.text("graph.step", number=words.number, title=words.title, kind=words.badge.text)]
        parts += [look.texts.render(one.text) for one in self._problems.get(step, [])]
        for way in ways(self.wizard, self.wizard.steps[step]):
            target = self.wizard.steps.get(way.target)
            name = way_text(look, self.wizard.steps[step], way.exit)
            if target is None:
                parts.append(look.text("graph.open_exit", exit=name))
            else:
                parts.append(look.text("graph.exit", exit=name, target=step_title(look, target)))
        return "\n".join(parts)

    def _add_cards(self, picture: Picture) -> None:
        sizes = sizes_of(self._look)
        for number, (name, step) in enumerate(self.wizard.steps.items(), start=1):
            spot = picture.spots[name]
            found = self._problems.get(name, [])
            mark = "" if not found else "error" if any(one.is_error for one in found) else "warning"
            title = step_title(self._look, step)
            hint = "\n".join([title, *(self._look.texts.render(one.text) for one in found)])
            kind = badge(self._look, step.kind)
            words = CardWords(name, number, title, kind, mark, hint, is_start=name == self.wizard.start)
            card = StepCard(self._look, words, QRectF(spot.x, spot.y, sizes.width, sizes.height))
            self.addItem(card)
            self.cards[name] = card

    def _add_lines(self, picture: Picture) -> None:
        taken: dict[int, list[QRectF]] = {}  # by row: names of different rows cannot meet
        for line in picture.lines:
            step = self.wizard.steps[line.source]
            names = [one.exit for one in ways(self.wizard, step) if one.target == line.target]
            tone = "red" if line.is_back else way_tone(names)
            points = [QPointF(*one) for one in line.points]
            drawn = WayLine(self._look, points, tone, is_dashed=line.is_back or is_detour(names))
            self.addItem(drawn)
            self.lines[line.source, line.target] = drawn
            texts = [way_text(self._look, step, one) for one in names]
            words = WayWords(self._look, texts, tone, self._look.theme.px(_WIDEST))
            words.setPos(
                _free_place(line, words.boundingRect(), taken.setdefault(picture.spots[line.source].layer, []))
            )
            self.addItem(words)
            self.words[line.source, line.target] = words


def sizes_of(look: Look) -> Sizes:
    """Return the sizes of cards and gaps at the chosen text size."""
    px = look.theme.px
    return Sizes(width=px(216), height=px(70), across=px(36), down=px(92), lane=px(18))


def _free_place(line: Line, size: QRectF, taken: list[QRectF]) -> QPointF:
    """Return the middle of an exit's name: on the first bow of its line, where no other one stands yet."""
    first, second = line.points[0], line.points[1]
    places = [_on_bow(first, second, part) for part in _PLACES]
    free = (one for one in places if not any(size.translated(one).intersects(other) for other in taken))
    chosen = next(free, places[0])
    taken.append(size.translated(chosen))
    return chosen


def _on_bow(first: tuple[float, float], second: tuple[float, float], part: float) -> QPointF:
    """Return a point of the curve that leaves and enters upright."""
    bend = part * part * (3 - 2 * part)
    rise = 1.5 * part * (1 - part) + part**3
    return QPointF(first[0] + (second[0] - first[0]) * bend, first[1] + (second[1] - first[1]) * rise)
