"""The tour: the whole loop once, without a screen, everything real, with pictures of every window left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.program import MakeContext, Program
from desktop.cli.context import Context
from desktop.entry.tour_homes import clear_homes, make_desk, make_pc
from desktop.entry.tour_loop import Figures, Loop

Step = tuple[str, Callable[[], Figures]]


def take_tour(context: Context, out: Path, *, program: Program, make_context: MakeContext) -> int:
    """Take the tour with the Desk's own program and print each step with its figures; 0 only if every step held.

    Raises AppError `tour.step` or `tour.command` (exit code 1) naming what did not hold.
    """
    out = out.absolute()
    try:
        out.mkdir(parents=True, exist_ok=True)
        clear_homes(out)
    except OSError as error:
        parameters = {"path": str(out)}
        raise AppError("tour.folder", kind=ErrorKind.ENVIRONMENT, parameters=parameters, detail=str(error)) from error
    loop = Loop(context, out, make_desk(out, "de", program, make_context), make_pc(out, "de"))
    told = [_take(context, step) for step in (*_steps(loop), ("pictures", lambda: _pictures(loop)))]
    document = {"steps": told, "ticket": loop.number, "handover": str(loop.package), "out": str(out), "ok": True}
    context.answer(document, [context.texts.text("tour.done", out=str(out))])
    return 0


def _steps(loop: Loop) -> tuple[Step, ...]:
    return (
        ("company", loop.make_company),
        ("enrol", loop.enrol),
        ("diagnose", loop.diagnose),
        ("self_help", loop.help_oneself),
        ("send", loop.send),
        ("take_in", loop.take_in),
        ("triage", loop.triage),
        ("checklist", loop.check_list),
        ("talk", loop.talk),
        ("handover", loop.hand_over),
        ("solve", loop.solve),
        ("examine", loop.examine),
    )


STEPS = (
    "company",
    "enrol",
    "diagnose",
    "self_help",
    "send",
    "take_in",
    "triage",
    "checklist",
    "talk",
    "handover",
    "solve",
    "examine",
    "pictures",
)
"""Every step in its order; each has the text `tour.step.<name>`."""


def _take(context: Context, step: Step) -> dict[str, object]:
    name, act = step
    started = perf_counter()
    figures = act()
    seconds = round(perf_counter() - started, 2)
    if not context.as_json:
        title = context.texts.text(f"tour.step.{name}")
        context.out.write(f"✓ {title} ({seconds} s): {', '.join(figures)}\n")
        context.out.flush()
    return {"step": name, "seconds": seconds, "figures": figures}


def _pictures(loop: Loop) -> Figures:
    from desktop.entry.pictures import take_pictures  # brings every window along

    names = take_pictures(loop.desk, loop.pc, loop.out / "pictures", number=loop.number)
    return [f"{len(names)} PNG"]
