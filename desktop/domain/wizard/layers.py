"""The rows of a wizard's picture: which step stands in which layer, and the order in each with few crossings.

After Sugiyama, Tagawa and Toda (1981): loops are opened, longest paths give the layers, bends let long ways pass
between the cards, barycentres put each layer in order. Nothing here recurses, so that no file can exhaust it.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from desktop.domain.wizard.definition import Outcome, Wizard
from desktop.domain.wizard.graph import Graph, graph_of, in_order, reached_from

Node: TypeAlias = str | tuple[str, int]
"""A step by its id, or a bend: the place where all ways to a step pass a layer."""

SWEEPS = 8
MOST_BENDS = 3000  # with more, the ways are drawn straight: nobody reads such a picture, and it must not take minutes


@dataclass(frozen=True, slots=True)
class Layers:
    """The rows from the top with their nodes from the left, and what leads to what one row below."""

    rows: tuple[tuple[Node, ...], ...]
    below: Mapping[Node, tuple[Node, ...]]
    above: Mapping[Node, tuple[Node, ...]]
    back: frozenset[tuple[str, str]]
    """Ways that lead up: loops, and ways to the start."""

    @property
    def has_bends(self) -> bool:
        """Tell whether long ways are led round the cards."""
        return any(isinstance(one, tuple) for row in self.rows for one in row)


def layers_of(wizard: Wizard) -> Layers:
    """Return the layers of a wizard, whatever is wrong with its ways."""
    arrows = graph_of(wizard)
    back = _back_ways(arrows, wizard.start)
    graph = {name: tuple(one for one in following if (name, one) not in back) for name, following in arrows.items()}
    layer = _longest_paths(wizard, graph)
    below = _with_bends(graph, layer)
    above = _turned(below)
    rows = _first_rows(graph, layer, below, wizard.start)
    return Layers(_ordered(rows, below, above), below, above, back)


def _back_ways(graph: Graph, start: str) -> frozenset[tuple[str, str]]:
    """Return the ways that close a loop on a walk from the start, and those that lead to the start."""
    found: set[tuple[str, str]] = {(name, start) for name, following in graph.items() if start in following}
    done: set[str] = set()
    for root in [*([start] if start in graph else []), *graph]:
        if root in done:
            continue
        stack, on_way = [(root, iter(graph[root]))], {root}
        while stack:
            name, following = stack[-1]
            target = next(following, None)
            if target is None:
                stack.pop()
                on_way.discard(name)
                done.add(name)
            elif target in on_way:
                found.add((name, target))
            elif target not in done:
                on_way.add(target)
                stack.append((target, iter(graph[target])))
    return frozenset(found)


def _longest_paths(wizard: Wizard, graph: Graph) -> dict[str, int]:
    """Return the layers: below all that lead to it; what nobody reaches begins below the start, ends come last."""
    order, _ = in_order(graph)
    beside = 1 if wizard.start in graph else 0
    layer = {name: 0 if name == wizard.start else beside for name in graph}
    for name in order:
        for one in graph[name]:
            layer[one] = max(layer[one], layer[name] + 1)
    ends = [name for name, step in wizard.steps.items() if isinstance(step, Outcome) and name != wizard.start]
    last = max((number for name, number in layer.items() if name not in ends), default=-1) + 1
    return layer | {one: max(last, layer[one]) for one in ends if not graph[one]}


def _with_bends(graph: Graph, layer: Mapping[str, int]) -> dict[Node, tuple[Node, ...]]:
    """Return what each node leads to in the next row; ways to the same step share their bends."""
    below: dict[Node, list[Node]] = {name: [] for name in graph}
    bends = sum(layer[one] - layer[name] - 1 for name, following in graph.items() for one in following)
    if bends > MOST_BENDS and _count_shared(graph, layer) > MOST_BENDS:
        return {name: tuple(one for one in graph[name] if layer[one] == layer[name] + 1) for name in graph}
    for name, following in graph.items():
        for target in following:
            node: Node = name
            for number in range(layer[name] + 1, layer[target]):
                bend = (target, number)
                is_new = bend not in below
                below.setdefault(bend, [])
                below[node].append(bend)
                node = bend
                if not is_new:
                    break
            else:
                below[node].append(target)
    return {node: tuple(dict.fromkeys(following)) for node, following in below.items()}


def _count_shared(graph: Graph, layer: Mapping[str, int]) -> int:
    first: dict[str, int] = {}
    for name, following in graph.items():
        for one in following:
            first[one] = min(first.get(one, layer[one]), layer[name])
    return sum(max(0, layer[one] - number - 1) for one, number in first.items())


def _turned(below: Mapping[Node, tuple[Node, ...]]) -> dict[Node, tuple[Node, ...]]:
    above: dict[Node, list[Node]] = {node: [] for node in below}
    for node, following in below.items():
        for one in following:
            above[one].append(node)
    return {node: tuple(before) for node, before in above.items()}


def _first_rows(
    graph: Graph, layer: Mapping[str, int], below: Mapping[Node, tuple[Node, ...]], start: str
) -> list[list[Node]]:
    """Return the rows as a walk from the start meets their nodes; what it does not meet stands to the right."""
    rows: list[list[Node]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    reached = reached_from(graph, [start])
    met: dict[Node, None] = {}
    waiting: list[Node] = [
        *reversed([one for one in graph if one not in reached]),
        *([start] if start in graph else []),
    ]
    while waiting:
        node = waiting.pop()
        if node not in met:
            met[node] = None
            waiting += reversed(below[node])
    for node in [*met, *(one for one in below if one not in met)]:
        rows[node[1] if isinstance(node, tuple) else layer[node]].append(node)
    return rows


def _ordered(
    rows: list[list[Node]], below: Mapping[Node, tuple[Node, ...]], above: Mapping[Node, tuple[Node, ...]]
) -> tuple[tuple[Node, ...], ...]:
    """Return the rows in the best order that sweeps down and up by barycentres find."""
    best, fewest = [list(one) for one in rows], _crossings(rows, below)
    for number in range(SWEEPS):
        is_down = number % 2 == 0
        for row in range(1, len(rows)) if is_down else range(len(rows) - 2, -1, -1):
            fixed = {node: place for place, node in enumerate(rows[row - 1 if is_down else row + 1])}
            rows[row] = _by_barycentre(rows[row], above if is_down else below, fixed)
        count = _crossings(rows, below)
        if count < fewest:
            best, fewest = [list(one) for one in rows], count
    return tuple(tuple(one) for one in best)


def _by_barycentre(row: list[Node], beside: Mapping[Node, tuple[Node, ...]], fixed: Mapping[Node, int]) -> list[Node]:
    """Return a row by the mean place of each node's neighbours; one without neighbours keeps its place."""

    def mean(place: int, node: Node) -> float:
        places = [fixed[one] for one in beside[node] if one in fixed]
        return sum(places) / len(places) if places else float(place)

    keys = {node: mean(place, node) for place, node in enumerate(row)}
    return sorted(row, key=lambda node: keys[node])


def _crossings(rows: Iterable[list[Node]], below: Mapping[Node, tuple[Node, ...]]) -> int:
    """Count the crossings between all neighbouring rows: pairs of ways whose ends stand the other way round."""
    count = 0
    listed = list(rows)
    for row, following in pairwise(listed):
        place = {node: number for number, node in enumerate(following)}
        seen: list[int] = []
        for node in row:
            targets = sorted(place[one] for one in below[node] if one in place)
            count += sum(len(seen) - bisect_right(seen, one) for one in targets)
            for one in targets:
                insort(seen, one)
    return count
