"""The rules of the scenarios: enough of them, each end with one of its own, and no name in them that is misspelt."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.wizard.definition import Case, Outcome, Question, Wizard, is_human
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.problems import Problem, Rule, in_case, problem

MIN_CASES = 4  # the usual fault, a second one, somebody who does not know, and one that must go to IT


def case_problems(wizard: Wizard) -> Iterator[Problem]:
    """Yield what is wrong with the scenarios of a wizard, without walking them; lists of ticks have none."""
    if wizard.is_list:
        return
    if len(wizard.cases) < MIN_CASES:
        yield problem(Rule.FEW_CASES, is_error=False, count=len(wizard.cases), limit=MIN_CASES)
    ended = {one.end for one in wizard.cases}
    for name, step in wizard.steps.items():
        if isinstance(step, Outcome) and name not in ended:
            yield problem(Rule.UNTESTED, name, is_error=False)
    is_going_on = any(step.kind.value == "jump" for step in wizard.steps.values())
    for number, case in enumerate(wizard.cases, start=1):
        for target in sorted(_misspelt(wizard, case, is_going_on=is_going_on)):
            yield problem(Rule.CASE_NAME, place=in_case(str(number)), name=case.name, target=target)


def _misspelt(wizard: Wizard, case: Case, *, is_going_on: bool) -> set[str]:
    """Return the names in a scenario that mean nothing; those of a way into another file may be from there."""
    if is_going_on:
        return set()
    questions = [one for one in wizard.steps.values() if isinstance(one, Question)]
    doing = {name for name, step in wizard.steps.items() if is_human(step) and not isinstance(step, Question)}
    asked = {one.id for one in questions} | {one.field for one in questions}
    ends = {name for name, step in wizard.steps.items() if isinstance(step, Outcome)}
    wrong = ({*case.fix, *case.cannot} - doing) | (set(case.answers) - asked) | ({case.end} - ends)
    for step in questions:
        given = case.answers.get(step.id, case.answers.get(step.field))
        if given and step.type.has_fixed_answers and given not in answer_ids(step):
            wrong.add(given)
    return wrong
