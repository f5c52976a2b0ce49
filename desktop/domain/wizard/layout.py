"""Where the steps of a wizard stand in its picture: the start on top, ends at the bottom, ways led between cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.graph import graph_of
from desktop.domain.wizard.layers import Layers, Node, layers_of

_SWEEPS = 8
_BEND_WEIGHT = 4.0  # a line that passes several rows is rather straight than short

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Width and height of a card, the room between cards across and down, and the width of a passing line's lane."""

    width: float = 200
    height: float = 64
    across: float = 32
    down: float = 64
    lane: float = 16


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card stands: its left upper corner, and the number of its layer from the top."""

    x: float
    y: float
    layer: int


@dataclass(frozen=True, slots=True)
class Line:
    """All ways from a step to another one, by the points they pass; `is_back` where they lead up, which is a fault."""

    source: str
    target: str
    points: tuple[Point, ...]
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """All cards and lines, and how large the whole is; nothing lies left of or above 0."""

    spots: Mapping[str, Spot]
    lines: tuple[Line, ...]
    width: float
    height: float


def layout(wizard: Wizard, sizes: Sizes | None = None) -> Picture:
    """Return the picture of a wizard; a draft with loops, open exits or steps nobody reaches has one too."""
    sizes = sizes or Sizes()
    layers = layers_of(wizard)
    middles = _middles(layers, sizes)
    left = min((middles[one] - _width(one, sizes) / 2 for one in middles), default=0.0)
    middles = {node: middle - left for node, middle in middles.items()}
    step = sizes.height + sizes.down
    spots = {
        node: Spot(middles[node] - sizes.width / 2, number * step, number)
        for number, row in enumerate(layers.rows)
        for node in row
        if isinstance(node, str)
    }
    width = max((middles[one] + _width(one, sizes) / 2 for one in middles), default=0.0)
    height = max(0.0, len(layers.rows) * step - sizes.down)
    return Picture(spots, tuple(_lines(wizard, layers, spots, middles, sizes)), width, height)


def _middles(layers: Layers, sizes: Sizes) -> dict[Node, float]:
    """Return the middle of each node: as near to its neighbours as the order and the widths of its row allow."""
    middles: dict[Node, float] = {}
    for row in layers.rows:
        middles |= zip(row, _spread([0.0] * len(row), row, sizes), strict=True)
    for number in range(_SWEEPS):
        rows = layers.rows if number % 2 == 0 else tuple(reversed(layers.rows))
        sides = (layers.above,) if number % 2 == 0 else (layers.below,)
        if number >= _SWEEPS - 2:
            sides = (layers.above, layers.below)
        for row in rows:
            wanted = [_mean([middles[one] for side in sides for one in side[node]], middles[node]) for node in row]
            middles |= zip(row, _spread(wanted, row, sizes), strict=True)
    return middles


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(wanted: Sequence[float], row: Sequence[Node], sizes: Sizes) -> list[float]:
    """Return the middles nearest to the wanted ones where nothing overlaps (least squares; pool adjacent violators)."""
    offsets = [0.0] if row else []
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + _apart(left, right, sizes))
    blocks: list[tuple[float, float, int]] = []  # mean, weight, count
    for node, want, offset in zip(row, wanted, offsets, strict=True):
        mean, weight, count = want - offset, _BEND_WEIGHT if isinstance(node, tuple) else 1.0, 1
        while blocks and blocks[-1][0] >= mean:
            before, its_weight, its_count = blocks.pop()
            mean = (mean * weight + before * its_weight) / (weight + its_weight)
            weight, count = weight + its_weight, count + its_count
        blocks.append((mean, weight, count))
    means = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _apart(left: Node, right: Node, sizes: Sizes) -> float:
    gap = sizes.across if isinstance(left, str) and isinstance(right, str) else sizes.lane
    return (_width(left, sizes) + _width(right, sizes)) / 2 + gap


def _width(node: Node, sizes: Sizes) -> float:
    return sizes.width if isinstance(node, str) else 0.0


def _lines(
    wizard: Wizard, layers: Layers, spots: Mapping[str, Spot], middles: Mapping[Node, float], sizes: Sizes
) -> list[Line]:
    found: list[Line] = []
    for name, following in graph_of(wizard).items():
        down = [one for one in following if (name, one) not in layers.back]
        ways = {one: _bends(layers, spots, middles, sizes, name, one) for one in down}
        ordered = sorted(down, key=lambda one: ways[one][0][0] if ways[one] else middles[one])
        for place, target in enumerate(ordered, start=1):
            spot, end = spots[name], spots[target]
            first = (spot.x + sizes.width * place / (len(ordered) + 1), spot.y + sizes.height)
            last = (end.x + sizes.width / 2, end.y)
            found.append(Line(name, target, (first, *ways[target], last)))
        found += [_back_line(spots[name], spots[one], sizes, name, one) for one in following if one not in down]
    return found


def _bends(
    layers: Layers, spots: Mapping[str, Spot], middles: Mapping[Node, float], sizes: Sizes, source: str, target: str
) -> tuple[Point, ...]:
    """Return the points at which a way over several rows enters and leaves each of them."""
    found: list[Point] = []
    for number in range(spots[source].layer + 1, spots[target].layer):
        bend = (target, number)
        if bend not in layers.below:
            return ()
        top = number * (sizes.height + sizes.down)
        found += [(middles[bend], top), (middles[bend], top + sizes.height)]
    return tuple(found)


def _back_line(spot: Spot, end: Spot, sizes: Sizes, source: str, target: str) -> Line:
    """A way up leaves and enters at the right side."""
    first = (spot.x + sizes.width, spot.y + sizes.height / 2)
    last = (end.x + sizes.width, end.y + sizes.height / 2)
    side = max(first[0], last[0]) + sizes.across / 2
    return Line(source, target, (first, (side, first[1]), (side, last[1]), last), is_back=True)
