"""Everything the main window can be told to do: one declaration for menus, keys, the search field and the key list.

The text of a command is `command.<id>`; its doer is registered by the main window, and a test compares both.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from desktop.domain.views import VIEWS


class Menu(Enum):
    """The menus of the menu bar, in their order; titles are `menu.<value>`."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    TICKET = "ticket"
    DEVICE = "device"
    HELP = "help"


class Needs(Enum):
    """What must be open so that a command makes sense."""

    NOTHING = "nothing"
    TICKET = "ticket"
    ACTIVE = "active"
    DONE = "done"
    DEVICE = "device"
    UNDO = "undo"


class Command(NamedTuple):
    """One command: `shortcut` in Qt's portable spelling, `group` draws a line between different groups of a menu."""

    id: str
    menu: Menu
    shortcut: str = ""
    needs: Needs = Needs.NOTHING
    icon: str = ""
    group: int = 0
    list_key: str = ""


_VIEW_COMMANDS = tuple(
    Command(f"view.{view.id}", Menu.VIEW, f"Ctrl+{place}", icon=view.icon) for place, view in enumerate(VIEWS, start=1)
)

COMMANDS: tuple[Command, ...] = (
    Command("ticket.new", Menu.FILE, "Ctrl+N", icon="plus"),
    Command("ticket.call", Menu.FILE, "Ctrl+Shift+N", icon="phone"),
    Command("mailbox.check", Menu.FILE, "F5", icon="arrows-clockwise", group=1),
    Command("settings.open", Menu.FILE, "Ctrl+,", icon="gear", group=2),
    Command("program.quit", Menu.FILE, "Ctrl+Q", group=3),
    Command("edit.undo", Menu.EDIT, "Ctrl+Shift+Z", Needs.UNDO, icon="arrow-counter-clockwise"),
    Command("search.everywhere", Menu.EDIT, "Ctrl+K", icon="magnifying-glass", group=1),
    Command("search.view", Menu.EDIT, "Ctrl+F", icon="funnel-simple", group=1),
    *_VIEW_COMMANDS,
    Command("list.next", Menu.VIEW, "Alt+Down", group=1),
    Command("list.previous", Menu.VIEW, "Alt+Up", group=1),
    Command("pane.next", Menu.VIEW, "F6", group=2),
    Command("pane.previous", Menu.VIEW, "Shift+F6", group=2),
    Command("panel.navigation", Menu.VIEW, "F7", group=3),
    Command("panel.context", Menu.VIEW, "F8", group=3),
    Command("scheme.system", Menu.VIEW, group=4),
    Command("scheme.light", Menu.VIEW, group=4),
    Command("scheme.dark", Menu.VIEW, group=4),
    Command("text.larger", Menu.VIEW, "Ctrl++", group=5),
    Command("text.smaller", Menu.VIEW, "Ctrl+-", group=5),
    Command("ticket.reply", Menu.TICKET, "Ctrl+R", Needs.TICKET, icon="arrow-bend-up-left", list_key="R"),
    Command("ticket.note", Menu.TICKET, "Ctrl+Shift+R", Needs.TICKET, icon="note", list_key="N"),
    Command("ticket.take", Menu.TICKET, "Ctrl+T", Needs.ACTIVE, icon="user", group=1, list_key="A"),
    Command("ticket.assign", Menu.TICKET, "Ctrl+Shift+A", Needs.ACTIVE, group=1),
    Command("ticket.status", Menu.TICKET, "Ctrl+Shift+S", Needs.TICKET, group=1),
    Command("ticket.priority", Menu.TICKET, "Ctrl+Shift+P", Needs.ACTIVE, group=1),
    Command("ticket.category", Menu.TICKET, "Ctrl+Shift+C", Needs.ACTIVE, group=1),
    Command("ticket.checklist", Menu.TICKET, "Ctrl+L", Needs.ACTIVE, icon="check-square", group=2, list_key="L"),
    Command("ticket.handover", Menu.TICKET, "Ctrl+Shift+E", Needs.ACTIVE, icon="arrow-bend-up-right", group=2),
    Command("ticket.wait", Menu.TICKET, "Ctrl+Shift+W", Needs.ACTIVE, icon="hourglass", group=2),
    Command("ticket.solve", Menu.TICKET, "Ctrl+Shift+D", Needs.ACTIVE, icon="check", group=3, list_key="E"),
    Command("ticket.close", Menu.TICKET, "", Needs.TICKET, icon="archive", group=3),
    Command("ticket.reopen", Menu.TICKET, "Ctrl+Shift+O", Needs.DONE, icon="arrow-counter-clockwise", group=3),
    Command("device.diagnosis", Menu.DEVICE, "Ctrl+Shift+G", Needs.DEVICE, icon="monitor"),
    Command("device.list", Menu.DEVICE, "Ctrl+G", icon="laptop"),
    Command("device.inventory", Menu.DEVICE, "Ctrl+Shift+I", icon="table"),
    Command("device.invite", Menu.DEVICE, "", icon="user-plus", group=1),
    Command("help.keys", Menu.HELP, "F1", icon="keyboard"),
    Command("help.about", Menu.HELP, "", icon="info", group=1),
)


def find_command(command_id: str) -> Command:
    """Return the declaration of a command. Raises StopIteration for an unknown id."""
    return next(one for one in COMMANDS if one.id == command_id)
