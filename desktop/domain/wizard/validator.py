"""All rules of the format. A file that passes can be walked to an end from every step by everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.wizard import graph
from desktop.domain.wizard.definition import (
    Action,
    Answer,
    Audience,
    Check,
    Instruction,
    Jump,
    Outcome,
    Question,
    Result,
    Wizard,
    Wording,
    is_human,
    verify_of,
)
from desktop.domain.wizard.exits import DONE, FIXED, allowed_exits, answer_ids, needed_exits
from desktop.domain.wizard.item_rules import item_wordings, length_problems, mode_problems
from desktop.domain.wizard.problems import Problem, Rule, problem
from desktop.domain.wizard.reader import parse_wizard

MAX_TEXT = 220  # characters: what fits on one page of the tray window without scrolling
MAX_HUMAN_STEPS = 9  # Boorman: a checklist has five to nine items


@dataclass(frozen=True, slots=True)
class Known:
    """What a wizard may refer to; None where the caller does not know, then that rule is not checked."""

    findings: frozenset[str] | None = None
    probes: frozenset[str] | None = None
    actions: frozenset[str] | None = None
    pages: frozenset[str] | None = None
    wizards: Mapping[str, Wizard] | None = None


def check_file(content: bytes, known: Known | None = None, *, name: str = "") -> tuple[Problem, ...]:
    """Return everything wrong with a file of unknown origin; `name` is its file name without ending."""
    reading = parse_wizard(content)
    if reading.wizard is None:
        return reading.problems
    found = list(reading.problems)
    if name and reading.wizard.id != name:
        found.append(problem(Rule.NAME, name=reading.wizard.id))
    return (*found, *check(reading.wizard, known))


def check(wizard: Wizard, known: Known | None = None) -> tuple[Problem, ...]:
    """Return every rule a wizard breaks, in the order of the rules."""
    known = known or Known()
    return tuple(one for rule in _RULES for one in rule(wizard, known))


def _mode(wizard: Wizard, _: Known) -> Iterator[Problem]:
    yield from mode_problems(wizard)
    yield from length_problems(wizard)


def _start(wizard: Wizard, _: Known) -> Iterator[Problem]:
    if not wizard.is_list and wizard.start not in wizard.steps:
        yield problem(Rule.START, target=wizard.start)


def _exits(wizard: Wizard, _: Known) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        for key in sorted(needed_exits(wizard, step) - set(step.go)):
            yield problem(Rule.EXITS, name, exit=key)
        for key in sorted(set(step.go) - allowed_exits(wizard, step)):
            yield problem(Rule.UNKNOWN_EXIT, name, exit=key)


def _targets(wizard: Wizard, _: Known) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        for target in dict.fromkeys(step.go.values()):
            if target not in wizard.steps:
                yield problem(Rule.TARGET, name, target=target)


def _ways(wizard: Wizard, _: Known) -> Iterator[Problem]:
    if wizard.is_list:
        return
    arrows = graph.graph_of(wizard)
    for name in sorted(graph.loops(arrows)):
        yield problem(Rule.LOOP, name)
    for name in sorted(set(arrows) - graph.reached_from(arrows, [wizard.start])):
        yield problem(Rule.UNREACHABLE, name)
    ends = [name for name, step in wizard.steps.items() if isinstance(step, Outcome | Jump)]
    for name in sorted(set(arrows) - graph.reached_from(graph.reversed_graph(arrows), ends)):
        yield problem(Rule.DEAD_END, name)
    longest = graph.longest_human_path(wizard, arrows, wizard.start)
    if longest > MAX_HUMAN_STEPS:
        yield problem(Rule.PATH_LENGTH, is_error=False, count=longest, limit=MAX_HUMAN_STEPS)


def _wordings(wizard: Wizard) -> Iterator[tuple[str, Wording, bool]]:
    """Yield each text with its step and whether the file must have it."""
    yield "", wizard.title, True
    yield from item_wordings(wizard)
    for name, step in wizard.steps.items():
        yield name, step.text, True
        optional = [step.title, step.phone]
        if isinstance(step, Check):
            optional += [step.present, step.absent]
        yield from ((name, one, False) for one in optional)
        yield from ((name, one, True) for one in (*step.lines, *step.say.values(), *step.text_on.values()))
        if isinstance(step, Question):
            yield from ((name, one.text, True) for one in step.answers)
    for name, field in wizard.fields.items():
        yield name, field.text, True
        yield from ((name, one.text, True) for one in field.answers)


def _texts(wizard: Wizard, _: Known) -> Iterator[Problem]:
    for name, wording, is_needed in _wordings(wizard):
        if wording.is_empty and not is_needed:
            continue
        for language, text in (("de", wording.de), ("en", wording.en)):
            if not text.strip():
                yield problem(Rule.LANGUAGE, name, language=language)
            elif len(text) > MAX_TEXT:
                yield problem(Rule.LENGTH, name, language=language, count=len(text), limit=MAX_TEXT)


def _admin(wizard: Wizard, _: Known) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        if isinstance(step, Action) and step.admin and wizard.audience_of(step) is not Audience.TECHNICIAN:
            yield problem(Rule.ADMIN, name)


def _askable(wizard: Wizard, _: Known) -> Iterator[Problem]:
    askable = {one.field for one in wizard.steps.values() if isinstance(one, Question)} | set(wizard.fields)
    for name, step in wizard.steps.items():
        if isinstance(step, Outcome):
            for field in step.required:
                if field not in askable:
                    yield problem(Rule.ASKABLE, name, field=field)


def _works_now(wizard: Wizard, _: Known) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        if not (FIXED in step.go or (DONE in step.go and is_human(step))):
            continue
        for one in sorted(graph.unasked_ends(wizard, name)):
            end = wizard.steps[one]
            if isinstance(end, Outcome) and end.result in (Result.ESCALATE, Result.REQUEST):
                yield problem(Rule.WORKS_NOW, name, target=one)


def _answer_ids(wizard: Wizard, _: Known) -> Iterator[Problem]:
    lists: list[tuple[str, tuple[Answer, ...]]] = [(name, one.answers) for name, one in wizard.fields.items()]
    lists += [(name, one.answers) for name, one in wizard.steps.items() if isinstance(one, Question)]
    for name, answers in lists:
        ids = [one.id for one in answers]
        for double in sorted({one for one in ids if ids.count(one) > 1}):
            yield problem(Rule.ANSWER_IDS, name, answer=double)
    for name, step in wizard.steps.items():
        if isinstance(step, Question):
            for auto in step.auto:
                fits = auto.answer in answer_ids(step) if step.type.has_fixed_answers else bool(auto.value)
                if not fits or bool(auto.finding) == bool(auto.value):
                    yield problem(Rule.AUTO, name, answer=auto.answer or auto.value)


def _references(wizard: Wizard, known: Known) -> Iterator[Problem]:
    for rule, allowed, name, used in _used(wizard, known):
        if used and allowed is not None and used not in allowed:
            yield problem(rule, name, target=used)


def _used(wizard: Wizard, known: Known) -> Iterator[tuple[Rule, frozenset[str] | None, str, str]]:
    """Yield each reference out of the file: its rule, what is known, the step, and the name referred to."""
    yield from ((Rule.FINDING, known.findings, "", one) for one in wizard.findings)
    yield from ((Rule.PROBE, known.probes, "", one) for one in wizard.probes)
    yield from (
        (Rule.FINDING, known.findings, one.id, one.confirm.finding) for one in wizard.items.values() if one.confirm
    )
    for name, step in wizard.steps.items():
        yield Rule.FINDING, known.findings, name, verify_of(step)
        if isinstance(step, Check):
            yield Rule.FINDING, known.findings, name, step.finding
        elif isinstance(step, Question):
            yield Rule.PROBE, known.probes, name, step.source
            yield from ((Rule.FINDING, known.findings, name, one.finding) for one in step.auto)
            yield from ((Rule.PROBE, known.probes, name, one.value.partition(".")[0]) for one in step.auto)
        elif isinstance(step, Outcome):
            yield from ((Rule.PROBE, known.probes, name, one) for one in step.attach)
        elif isinstance(step, Action):
            yield Rule.ACTION, known.actions, name, step.action
        elif isinstance(step, Instruction):
            yield Rule.PAGE, known.pages, name, step.open


def _jumps(wizard: Wizard, known: Known) -> Iterator[Problem]:
    jumps = [(name, one) for name, one in wizard.steps.items() if isinstance(one, Jump)]
    if known.wizards is None:
        return
    arrows = {one.id: jump_targets(one) & set(known.wizards) for one in known.wizards.values()}
    arrows[wizard.id] = jump_targets(wizard) & {*known.wizards, wizard.id}
    graph_of_files = {name: tuple(targets & set(arrows)) for name, targets in arrows.items()}
    for name, jump in jumps:
        target = jump.wizard
        if target != wizard.id and target not in known.wizards:
            yield problem(Rule.JUMP, name, target=target)
        elif target in known.wizards and known.wizards[target].is_list:
            yield problem(Rule.JUMP_MODE, name, target=target)
        elif wizard.id in graph.reached_from(graph_of_files, [target]):
            yield problem(Rule.JUMP_LOOP, name, target=target)


def jump_targets(wizard: Wizard) -> set[str]:
    """Return the wizards this one goes on to."""
    return {one.wizard for one in wizard.steps.values() if isinstance(one, Jump)}


_RULES: tuple[Callable[[Wizard, Known], Iterator[Problem]], ...] = (
    _mode,
    _start,
    _exits,
    _targets,
    _ways,
    _texts,
    _admin,
    _askable,
    _works_now,
    _answer_ids,
    _references,
    _jumps,
)
