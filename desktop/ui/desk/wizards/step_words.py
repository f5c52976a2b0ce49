"""What the kinds of steps and their exits are called and look like, the same in the list, the picture and the forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.wizard.definition import Kind, Question, Step, Wizard
from desktop.domain.wizard.problems import Problem
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.wizard.words import exit_text, heading, say

_TITLE = 120  # characters of a title in one line
_GOOD, _BAD, _OUT = ("fixed", "done", "yes", "absent"), ("failed", "no", "present"), ("cannot", "declined", "skipped")
_NAMED = (*_GOOD, *_BAD, *_OUT, "unsure", "unknown", "any")


@dataclass(frozen=True, slots=True)
class Badge:
    """How a kind of step is marked: its name, the ground of a chip, an icon or none."""

    text: str
    tone: str
    icon: str = ""


_BADGES: Mapping[Kind, tuple[str, str]] = {
    Kind.CHECK: ("grn", "lightning"),
    Kind.INSTRUCTION: ("acc", ""),
    Kind.QUESTION: ("plain", ""),
    Kind.ACTION: ("vio", "play"),
    Kind.JUMP: ("outline", "arrow-square-out"),
    Kind.OUTCOME: ("outline", ""),
}


def badge(look: Look, kind: Kind) -> Badge:
    """Return the badge of a kind of step."""
    return Badge(look.text(f"step.kind.{kind.value}"), *_BADGES[kind])


def numbered_title(look: Look, wizard: Wizard, step_id: str) -> str:
    """Return a step as lists of targets name it: its number in the order shown, and its title."""
    number = list(wizard.steps).index(step_id) + 1
    return look.text("step.numbered", number=number, title=step_title(look, wizard.steps[step_id]))


def step_title(look: Look, step: Step) -> str:
    """Return a step's heading in one line, or that it has none yet."""
    return one_line(heading(look, step), _TITLE) or look.text("step.untitled")


def way_text(look: Look, step: Step, way: str) -> str:
    """Return what an exit is called: as the file says it, the answer's own words, else the usual ones."""
    if isinstance(step, Question) and way not in step.say:
        answer = next((one for one in step.answers if one.id == way), None)
        if answer is not None:
            return one_line(say(look, answer.text), _TITLE) or look.text("step.unnamed_answer")
    if way in step.say or way in ("fixed", "done", "failed", "cannot", "declined", "skipped"):
        return one_line(exit_text(look, step, way), _TITLE)
    return look.text(f"step.way.{way}") if way in _NAMED else way


def way_tone(ways: Sequence[str]) -> str:
    """Return the colour of a line that stands for these exits: good, bad, none of both, or mixed."""
    kinds = {_tone(one) for one in ways}
    return kinds.pop() if len(kinds) == 1 else "ctl"


def is_detour(ways: Sequence[str]) -> bool:
    """Tell whether a line is only for those who could not do or say it: it is drawn dashed."""
    return all(one in (*_OUT, "unsure", "unknown") for one in ways)


def problems_by_step(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Return what is wrong with each step; what belongs to none stands under an empty id."""
    found: dict[str, list[Problem]] = {}
    for one in problems:
        found.setdefault(one.step, []).append(one)
    return found


def _tone(way: str) -> str:
    if way in _GOOD:
        return "grn"
    if way in _BAD:
        return "amb"
    return "ctl" if way in (*_OUT, "unsure", "unknown") else "acc"
