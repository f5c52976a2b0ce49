"""The words of `ersthelfer wizard attach|detach|tick|ticks`: lists of ticks on tickets.

Apart from what does them, so that the other commands need not load it.
"""

from __future__ import annotations

from desktop.base.texts import Texts
from desktop.cli.common.arguments import Actions

ACTIONS = ("attach", "detach", "tick", "ticks")


def declare_ticks(actions: Actions, texts: Texts) -> None:
    """Add the commands for lists on tickets."""
    for name in ACTIONS:
        one = actions.add(name, f"cli.wizard.{name}")
        one.add_argument("ticket", metavar="TICKET", help=texts.text("cli.wizard.ticket"))
        one.add_argument("list", metavar="LIST", help=texts.text("cli.wizard.list_id"))
        if name == "detach":
            one.add_argument("--reason", default="", help=texts.text("cli.wizard.reason"))
        if name == "tick":
            one.add_argument("item", metavar="ITEM", help=texts.text("cli.wizard.item"))
            way = one.add_mutually_exclusive_group()
            way.add_argument("--undo", action="store_true", help=texts.text("cli.wizard.undo"))
            way.add_argument("--not-needed", metavar="REASON", help=texts.text("cli.wizard.not_needed"))
            way.add_argument("--note", metavar="TEXT", help=texts.text("cli.wizard.item_note"))
