"""How the mailbox is, said in the toolbar, in the bottom line, and as a message where it fails."""

from __future__ import annotations

from desktop.ui.common.look import Look
from desktop.ui.desk.fault_strip import FaultStrip
from desktop.ui.desk.mailbox_watch import MailboxState
from desktop.ui.desk.status_line import StatusLine
from desktop.ui.desk.toolbar import Toolbar


def show_mailbox(look: Look, state: MailboxState, toolbar: Toolbar, line: StatusLine, faults: FaultStrip) -> None:
    """Show a state of the mailbox in the three places of the main window."""
    if state.problem is not None:
        is_mailbox = state.problem.code.startswith("mailbox.")  # else keys or database keep it from being read
        text = look.text("mailbox.unreachable" if is_mailbox else "mailbox.unread")
        toolbar.show_mailbox(text, "warning", "amb")
        line.show_mailbox(text, is_well=False)
        faults.show_mailbox_fault(state.problem)
        return
    faults.drop_mailbox_fault()
    if state.looked_at is not None:
        checked = look.text("mailbox.checked", clock=look.formats.clock(state.looked_at))
        toolbar.show_mailbox(checked, "arrows-clockwise", "t2")
    line.show_mailbox(look.text("status.mailbox.well"), is_well=True)
    line.show_hint(" · ".join(_notes(look, state)))


def _notes(look: Look, state: MailboxState) -> list[str]:
    counted = (
        ("mailbox.damaged", state.damaged),
        ("mailbox.waiting_room", state.waiting),
        ("mailbox.faulty", state.faulty),
    )
    return [look.texts.plural(code, count) for code, count in counted if count]
