"""Whatever technicians do in whatever order: a ticket is in exactly the views its state says, and undo restores it."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.base.changes import Done
from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.domain.commands import Assign, Close, CreateTicket, Reopen, Reply, Resume, SetPriority, Solve, Wait
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Priority, StateType, WaitingReason
from desktop.services import audit, technicians, tickets
from desktop.services.lists import count_views, list_tickets, open_ticket
from desktop.services.work import Actor, open_work


class TicketMachine(RuleBasedStateMachine):
    """One ticket, every command, in any order."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        work = open_work(Home.under(self.folder))
        me = technicians.add_technician(work, "Katrin Velden").result
        self.work = work.acting_as(Actor(me.id, me.name))
        self.ticket = tickets.create_ticket(self.work, CreateTicket("Drucker")).result.id

    @rule(
        kind=st.sampled_from(["wait", "resume", "solve", "close", "reopen", "assign", "drop", "reply", "priority"]),
        is_undone=st.booleans(),
    )
    def act(self, kind: str, is_undone: bool) -> None:
        before = open_ticket(self.work, self.ticket)
        try:
            done = self._do(kind)
        except AppError as error:
            if error.code != "ticket.transition":
                raise
            assert open_ticket(self.work, self.ticket) == before
            return
        if is_undone and done.undo is not None:
            after = done.undo.run(self.work).result
            now = open_ticket(self.work, self.ticket)
            assert (after.state_type, after.due_at, after.wake_at) == (
                before.row.state_type,
                before.row.due_at,
                before.row.wake_at,
            )
            assert (now.row.priority, now.assignee_id) == (before.row.priority, before.assignee_id)
            assert now.waiting_reason == before.waiting_reason

    def _do(self, kind: str) -> Done[TicketRow]:
        work, ticket = self.work, self.ticket
        soon = work.clock() + timedelta(days=1)
        commands = {
            "wait": lambda: tickets.wait(work, Wait(ticket, WaitingReason.PARTNER, soon)),
            "resume": lambda: tickets.resume(work, Resume(ticket)),
            "solve": lambda: tickets.solve(work, Solve(ticket)),
            "close": lambda: tickets.close(work, Close(ticket)),
            "reopen": lambda: tickets.reopen(work, Reopen(ticket)),
            "assign": lambda: tickets.assign(work, Assign(ticket, work.actor.id)),
            "drop": lambda: tickets.assign(work, Assign(ticket, "")),
            "reply": lambda: tickets.reply(work, Reply(ticket, "Guten Tag")),
            "priority": lambda: tickets.set_priority(work, SetPriority(ticket, Priority.URGENT, "eilt")),
        }
        return commands[kind]()

    @invariant()
    def the_views_agree(self) -> None:
        page = open_ticket(self.work, self.ticket)
        row, state = page.row, page.row.state_type
        wanted = {
            "inbox": state is StateType.NEW or row.has_news,
            "mine": state.is_active and bool(page.assignee_id),
            "unassigned": state.is_active and not page.assignee_id,
            "waiting": state is StateType.WAITING,
            "done": not state.is_active,
        }
        assert {view: bool(list_tickets(self.work, view).rows) for view in wanted} == wanted
        counted = {one.id: bool(one.number) for one in count_views(self.work)}
        assert {view: counted[view] for view in wanted if view != "done"} == {
            view: one for view, one in wanted.items() if view != "done"
        }
        assert (row.wake_at is not None) == (state is StateType.WAITING)
        assert (page.waiting_reason is not None) == (state is StateType.WAITING)

    def teardown(self) -> None:
        if hasattr(self, "work"):
            assert audit.verify(self.work).broken_at == 0
            self.work.store.close()
            shutil.rmtree(self.folder)


TestTicketMachine = TicketMachine.TestCase
TestTicketMachine.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
