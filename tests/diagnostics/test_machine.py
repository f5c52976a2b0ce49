"""What all probes of a run share: made once, whoever asks first, and tried again after a failure."""

from __future__ import annotations

import threading

import pytest

from desktop.diagnostics.machine import Machine


def test_something_is_made_once_for_all_who_ask() -> None:
    """The others wait for the first instead of making it again, and a run does not share with another."""
    made: list[Machine] = []
    begun, go_on = threading.Event(), threading.Event()

    def make(machine: Machine) -> object:
        made.append(machine)
        begun.set()
        assert go_on.wait(10)
        return object()

    machine, answers = Machine(), []
    threads = [threading.Thread(target=lambda: answers.append(machine.once(make))) for _ in range(4)]
    for one in threads:
        one.start()
    assert begun.wait(10)
    go_on.set()
    for one in threads:
        one.join(10)
    assert made == [machine]
    assert len(answers) == 4
    assert len(set(map(id, answers))) == 1
    assert Machine().once(make) is not answers[0]


def test_what_is_being_made_keeps_nothing_else_waiting() -> None:
    """A slow tool must not hold up a probe that wants something else."""
    machine, go_on = Machine(), threading.Event()
    slow = threading.Thread(target=lambda: machine.once(lambda _: go_on.wait(10)))
    slow.start()
    assert machine.once(lambda _: "quick") == "quick"
    go_on.set()
    slow.join(10)


def test_a_failure_is_told_to_who_asked_and_is_tried_again() -> None:
    outcomes = iter([OSError("not yet"), None])

    def make(_machine: Machine) -> str:
        failure = next(outcomes)
        if failure:
            raise failure
        return "done"

    machine = Machine()
    with pytest.raises(OSError, match="not yet"):
        machine.once(make)
    assert machine.once(make) == "done"
    assert Machine(made={make: "recorded"}).once(make) == "recorded"
