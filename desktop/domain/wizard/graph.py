"""The steps as a graph: loops, reach, ends and the longest path, without recursion so that no file can exhaust it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from desktop.domain.wizard.definition import WORKS_NOW, Action, Question, Step, Wizard, is_human, verify_of
from desktop.domain.wizard.exits import CANNOT, FAILED, SKIPPED

Graph: TypeAlias = Mapping[str, tuple[str, ...]]


def graph_of(wizard: Wizard) -> dict[str, tuple[str, ...]]:
    """Return each step's existing next steps."""
    return {
        name: tuple(dict.fromkeys(one for one in step.go.values() if one in wizard.steps))
        for name, step in wizard.steps.items()
    }


def reached_from(graph: Graph, starts: Iterable[str]) -> set[str]:
    """Return everything that can be reached, the starts included."""
    waiting = [one for one in starts if one in graph]
    found = set(waiting)
    while waiting:
        for one in graph[waiting.pop()]:
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def reversed_graph(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return the graph with every arrow turned round."""
    turned: dict[str, list[str]] = {name: [] for name in graph}
    for name, following in graph.items():
        for one in following:
            turned[one].append(name)
    return {name: tuple(before) for name, before in turned.items()}


def in_order(graph: Graph) -> tuple[list[str], set[str]]:
    """Return the steps in an order in which each comes before its next ones, and those that stand on or behind loops.

    Kahn's algorithm: a step is taken once all its predecessors are.
    """
    missing = dict.fromkeys(graph, 0)
    for following in graph.values():
        for one in following:
            missing[one] += 1
    ready = [name for name, count in missing.items() if count == 0]
    order: list[str] = []
    while ready:
        name = ready.pop()
        order.append(name)
        for one in graph[name]:
            missing[one] -= 1
            if missing[one] == 0:
                ready.append(one)
    return order, set(graph) - set(order)


def loops(graph: Graph) -> set[str]:
    """Return the steps that lie on a loop: what neither order nor reverse order can place."""
    behind = in_order(graph)[1]
    return behind & in_order(reversed_graph(graph))[1] if behind else behind


def longest_human_path(wizard: Wizard, graph: Graph, start: str) -> int:
    """Return the largest number of steps that need a person on any way from `start` to an end; 0 where it loops.

    A step that somebody is led past is none on that way: one for technicians only, an action this system cannot do.
    """
    order, looping = in_order(graph)
    if looping:
        return 0
    longest: dict[str, int] = {}
    for name in reversed(order):
        step = wizard.steps[name]
        own = 1 if is_human(step) else 0
        passed_by = (SKIPPED, CANNOT) if isinstance(step, Action) else (SKIPPED,)
        ways = [(0 if way in passed_by else own) + longest[one] for way, one in step.go.items() if one in longest]
        longest[name] = max(ways, default=own)
    return longest.get(start, 0)


def unasked_ways(wizard: Wizard) -> dict[str, tuple[str, ...]]:
    """Return the ways on which nobody was asked yet whether it works now.

    They stop at a works-now question, and at the failure of a further step: that already proves it does not work.
    """
    return {name: _onward(step, wizard) for name, step in wizard.steps.items()}


def _onward(step: Step, wizard: Wizard) -> tuple[str, ...]:
    if isinstance(step, Question) and step.field == WORKS_NOW:
        return ()
    is_fix = bool(verify_of(step)) or FAILED in step.go
    return tuple(one for key, one in step.go.items() if one in wizard.steps and not (is_fix and key == FAILED))
