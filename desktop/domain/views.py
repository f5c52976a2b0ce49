"""The views of the navigation: one declaration for the list, the badge, the command line and the keys 1 to 7."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A named selection of tickets; its title is the text `view.<id>`."""

    id: str
    icon: str
    has_count: bool = True


VIEWS = (
    View("inbox", "tray"),
    View("mine", "user"),
    View("unassigned", "users"),
    View("overdue", "timer"),
    View("waiting", "hourglass"),
    View("handed_over", "arrow-bend-up-right"),
    View("done", "check-circle", has_count=False),
)
"""inbox: new or with news, nobody has looked yet; mine: active and assigned to me; done: solved and closed."""
