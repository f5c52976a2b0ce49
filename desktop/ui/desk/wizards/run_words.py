"""The words and marks of a run at a glance, the same in panel, menu and conversation."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.sketch import RunMark, RunSketch

MARKS: Mapping[RunMark, tuple[str, str, bool]] = {
    RunMark.BEGUN: ("circle-dashed", "acc", False),
    RunMark.PAUSED: ("pause", "amb", False),
    RunMark.SOLVED: ("check-circle", "grn", True),
    RunMark.COMPLETE: ("check-circle", "grn", True),
    RunMark.PASSED_ON: ("arrow-bend-up-right", "vio", False),
    RunMark.ENDED: ("check", "t3", False),
    RunMark.AWAY: ("archive", "t3", False),
    RunMark.GONE: ("question", "t3", False),
}
"""Icon, colour and whether it is filled: a shape for every state, never the colour alone."""


def state_text(look: Look, sketch: RunSketch) -> str:
    """Return how far a run is and in which state: "Schritt 4 von 6 · angehalten"."""
    state = look.text(f"checklist.state.{sketch.mark.value}")
    if sketch.blocks:
        state = look.text("checklist.state.blocks")
    return " · ".join(one for one in (progress_text(look, sketch), state) if one)


def progress_text(look: Look, sketch: RunSketch) -> str:
    """Return how far a run is; empty where nothing is left to count."""
    if sketch.is_list:
        return look.text("context.progress", done=sketch.number, count=sketch.count)
    if sketch.is_over or not sketch.count:
        return ""
    return look.text("checklist.at_step", number=min(sketch.number + 1, sketch.count), count=sketch.count)


def who_text(look: Look, sketch: RunSketch) -> str:
    """Return whose hand was on a run last, and when."""
    code = "checklist.self_help_by" if sketch.is_self_help else "checklist.by"
    moment = look.formats.moment(sketch.when)
    return look.text(code, who=one_line(sketch.who, 60), moment=moment) if sketch.who else moment


def open_text(look: Look, sketch: RunSketch) -> str:
    """Return what a click on a run does; empty where it can only be named."""
    if not sketch.can_show:
        return ""
    if not sketch.shall_go_on:
        return look.text("context.show")
    if sketch.mark is RunMark.AWAY:
        return look.text("checklist.take_up")
    return look.text("checklist.continue_self_help" if sketch.is_self_help else "context.continue")
