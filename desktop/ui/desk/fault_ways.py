"""Where a fault leads: the button that goes to what has to be done first."""

from __future__ import annotations

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.desk.context import DeskContext


def list_button(context: DeskContext, error: AppError) -> Button | None:
    """Return the button that opens the list which keeps a ticket open; None for any other fault."""
    if error.code != "wizard.list_open":
        return None
    run, bus = str(error.parameters["run"]), context.bus
    return Button(
        context.look,
        context.look.text("fault.open_list"),
        icon_name="checks",
        kind="primary",
        small=True,
        clicked=lambda: bus.navigated.emit("list", run),
    )
