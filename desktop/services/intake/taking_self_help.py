"""Takes in what a PC counts of self-help that worked: nothing of it says who it was."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, func, select

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.base.ids import is_id
from desktop.domain.payloads import Fate, SelfHelp
from desktop.domain.wizard.definition import Outcome as End
from desktop.domain.wizard.definition import Result
from desktop.domain.wizard.foreign_run import run_of_pc
from desktop.domain.wizard.library import Library
from desktop.domain.wizard.run import Phase, RunState, step_of, without_words
from desktop.exchange.reports import Arrival
from desktop.models.tables import seen, wizard_runs
from desktop.services.intake.report import Outcome
from desktop.services.intake.taking import Sender
from desktop.services.wizard_library import library_of
from desktop.services.wizard_runs import write_counted
from desktop.services.work import Work

MOST_A_DAY = (
    30  # our judgement: a PC that sends more on one day is not counted on, so that none makes the figures alone
)
MOST_STEPS = 200  # our judgement: five times the longest way
_PLATFORMS = ("windows", "macos", "linux")


def take_self_help(work: Work, connection: Connection, arrival: Arrival, payload: SelfHelp, sender: Sender) -> Outcome:
    """Keep a run for the figures, without its PC and person. Raises AppError `wizard.run_unreadable`."""
    run = without_words(run_of_pc(payload.run))
    if not is_id(run.run_id):
        raise AppError("wizard.run_unreadable", detail="id")
    is_known = connection.execute(select(wizard_runs.c.id).where(wizard_runs.c.id == run.run_id)).first()
    if is_known is not None:
        return Outcome(arrival, Fate.DUPLICATE, device_id=sender.id)
    is_usual = len(run.log) <= MOST_STEPS and _messages_today(work, connection, sender) < MOST_A_DAY
    if is_usual and _is_solved(library_of(work, connection), run):
        platform = payload.platform if payload.platform in _PLATFORMS else ""
        write_counted(work, connection, run, platform=platform)
    return Outcome(arrival, Fate.IMPORTED, device_id=sender.id)


def _messages_today(work: Work, connection: Connection, sender: Sender) -> int:
    """Return how many messages of a PC were taken in within a day."""
    since = to_text(work.clock() - timedelta(days=1))
    query = select(func.count()).where(seen.c.at >= since, seen.c.device_id == sender.id)
    return int(connection.execute(query).scalar_one())


def _is_solved(library: Library, run: RunState) -> bool:
    """Tell whether a run came to a good end; one that is not known here any more is believed."""
    end = step_of(library.wizards, run.wizard, run.step)
    is_good = end is None or (isinstance(end, End) and end.result is Result.RESOLVED)
    return run.phase is Phase.FINISHED and is_good
