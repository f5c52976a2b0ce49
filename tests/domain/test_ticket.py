"""The rules of a ticket: priority from impact and urgency, allowed transitions, numbers."""

from __future__ import annotations

from itertools import product

import pytest

from desktop.base.errors import AppError
from desktop.domain.ticket import Impact, Priority, StateType, Urgency, check_transition, priority_for, ticket_number


def test_the_matrix_covers_everything_and_never_falls_with_impact_or_urgency() -> None:
    impacts, urgencies = (Impact.ME, Impact.TEAM, Impact.COMPANY), (Urgency.MINOR, Urgency.LIMITED, Urgency.BLOCKED)
    for impact, urgency in product(impacts, urgencies):
        here = priority_for(impact, urgency)
        wider = impacts[min(impacts.index(impact) + 1, 2)]
        worse = urgencies[min(urgencies.index(urgency) + 1, 2)]
        assert priority_for(wider, urgency) <= here
        assert priority_for(impact, worse) <= here
    assert priority_for(Impact.ME, Urgency.MINOR) is Priority.LOW
    assert priority_for(Impact.COMPANY, Urgency.BLOCKED) is Priority.URGENT


@pytest.mark.parametrize(
    ("before", "after"),
    [(StateType.CLOSED, StateType.SOLVED), (StateType.MERGED, StateType.OPEN), (StateType.OPEN, StateType.NEW)],
)
def test_a_step_that_makes_no_sense_is_refused(before: StateType, after: StateType) -> None:
    with pytest.raises(AppError) as caught:
        check_transition(before, after)
    assert caught.value.code == "ticket.transition"


def test_a_closed_ticket_can_be_reopened_and_a_solved_one_closed() -> None:
    check_transition(StateType.CLOSED, StateType.OPEN)
    check_transition(StateType.SOLVED, StateType.CLOSED)
    check_transition(StateType.OPEN, StateType.OPEN)


def test_numbers_are_read_by_people() -> None:
    assert ticket_number(2026, 412) == "A-2026-0412"
    assert ticket_number(2026, 12345) == "A-2026-12345"
