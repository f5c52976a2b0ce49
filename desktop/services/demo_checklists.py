"""A quarter of checklists that worked or did not, so that their figures have something to tell from the first day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate

from sqlalchemy import Connection, select

from desktop.base.clock import from_text
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.domain.wizard.cases import Pace, case_snapshot, walk
from desktop.domain.wizard.definition import Audience, Case, Wizard
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import RunState, without_words
from desktop.domain.wizard.scene import Scene
from desktop.models.tables import tickets, wizard_runs
from desktop.services.wizard_runs import write_counted, write_run
from desktop.services.work import Work

ALONE = 90
"""Problems that people solved without a ticket in the last quarter."""
_DAYS = 88
_USUAL = {"disk-full": 7, "printer-no-print": 4, "display-dock": 3, "no-internet": 3, "slow-computer": 3}
_LIKELY = {"cloud folders kept on the drive": 7}
"""Faults that come more often than the others; here this shows that another order would help sooner."""
_SLOW = {"i_temporary": 150.0, "i_reboot": 400.0, "i_restart": 400.0}


def live_checklists(work: Work, connection: Connection, *, now: datetime, chance: random.Random) -> None:
    """Have employees help themselves, and technicians finish what employees had begun on a ticket."""
    wizards = dict(load_library(resources() / "wizards").wizards)
    for _ in range(ALONE):
        at = now - timedelta(minutes=chance.randrange(30, _DAYS * 24 * 60))
        run = _run(wizards, chance, at, new_id(lambda at=at: at), _choose(wizards, chance))
        if run.phase.is_over:
            platform = chance.choice(("windows", "windows", "windows", "macos", "linux"))
            write_counted(work, connection, without_words(run), platform=platform)
    _finish_tickets(work, connection, wizards, chance)


def _finish_tickets(work: Work, connection: Connection, wizards: dict[str, Wizard], chance: random.Random) -> None:
    """Every second solved ticket with self-help on it was solved by the same checklist in the end."""
    query = (
        select(wizard_runs.c.wizard, wizard_runs.c.ticket_id, wizard_runs.c.device_id, tickets.c.solved_at)
        .join(tickets, tickets.c.id == wizard_runs.c.ticket_id)
        .where(tickets.c.solved_at.is_not(None))
        .order_by(wizard_runs.c.started_at, wizard_runs.c.id)
    )
    for wizard, ticket, device, solved in connection.execute(query).all():
        cases = [one for one in wizards[wizard].cases if one.fix] if wizard in wizards else []
        if cases and chance.random() < 0.5:
            at = from_text(solved) - timedelta(minutes=20)
            case = replace(chance.choice(cases), audience=Audience.TECHNICIAN)
            run = _run(wizards, chance, at, new_id(lambda at=at: at), (wizards[wizard], case))
            acting = replace(work, clock=lambda at=at: at + timedelta(minutes=15))
            write_run(acting, connection, run, ticket_id=ticket, device_id=device or "", actor=work.actor)


def _choose(wizards: dict[str, Wizard], chance: random.Random) -> tuple[Wizard, Case]:
    named = sorted(wizards)
    weights = list(accumulate(_USUAL.get(one, 1) for one in named))
    while True:
        wizard = wizards[chance.choices(named, cum_weights=weights)[0]]
        cases = [one for one in wizard.cases if one.audience is Audience.EMPLOYEE and one.fix]
        if cases:
            return wizard, chance.choices(cases, weights=[_LIKELY.get(one.name, 1) for one in cases])[0]


def _run(
    wizards: dict[str, Wizard], chance: random.Random, at: datetime, run_id: str, chosen: tuple[Wizard, Case]
) -> RunState:
    wizard, case = chosen
    scene = Scene(wizards, case_snapshot(wizards, wizard, case), "windows")
    return walk(scene, wizard.id, case, run_id=run_id, at=at, pace=_pace(chance))


def _pace(chance: random.Random) -> Pace:
    def takes(state: RunState) -> timedelta:
        return timedelta(seconds=_SLOW.get(state.step, 25.0) * chance.uniform(0.6, 1.8))

    return takes
