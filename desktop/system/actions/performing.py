"""The doors: whether something can be done here, what it would do, and doing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.system.actions.listing import ACTIONS, LINUX, MACOS, Action
from desktop.system.actions.values import Call, Way, cannot, impossible
from desktop.system.platforms import this_platform

LOOK_DEADLINE = 8.0  # seconds: a look that takes longer is no help to whoever waits for it
ROOT = Path("/")


def can_perform(action_id: str, *, platform: str | None = None) -> bool:
    """Tell whether this kind of system has the action at all and this user may do it, before anybody is asked."""
    action = ACTIONS.get(action_id)
    chosen = platform or this_platform()
    return action is not None and chosen in action.platforms and (not action.needs_admin or _may_administrate(chosen))


def looks_first(action_id: str) -> bool:
    """Tell whether `foresee` has something to say about an action, so that a page waits for it."""
    action = ACTIONS.get(action_id)
    return action is not None and action.looks_first


def foresee(
    action_id: str, answers: Mapping[str, object], *, platform: str | None = None, root: Path = ROOT
) -> Prospect:
    """Find out what an action would do now, without doing it; blocks up to some seconds, so call it on an io lane."""
    action, way = _way(action_id, platform)
    if action is None or way is None:
        return impossible("not on this system")
    if way.foresee is None:
        return Prospect()
    try:
        return way.foresee(Call(answers, root, LOOK_DEADLINE))
    except OSError as error:
        return impossible(str(error))


def perform(
    action_id: str,
    answers: Mapping[str, object],
    *,
    agreed: str = "",
    platform: str | None = None,
    root: Path = ROOT,
    deadline: float | None = None,
) -> Deed:
    """Do it and wait for its end; blocks up to the way's deadline, so call it on an io lane.

    `agreed` comes from the `Prospect` that somebody agreed to. What destroys something is not done without it.
    """
    action, way = _way(action_id, platform)
    if action is None or way is None:
        return cannot("not on this system")
    if action.breaks and not agreed:
        return Deed(Try.FAILED, "nothing was agreed to")
    try:
        return way.act(Call(answers, root, way.deadline if deadline is None else deadline, agreed))
    except OSError as error:
        return Deed(Try.FAILED, str(error))


def _way(action_id: str, platform: str | None) -> tuple[Action | None, Way | None]:
    action, chosen = ACTIONS.get(action_id), platform or this_platform()
    if action is None or chosen not in action.platforms:
        return None, None
    return action, ways_of(chosen).get(action_id)


def ways_of(platform: str) -> Mapping[str, Way]:
    """Return the ways of one system; only its modules are loaded."""
    if platform == LINUX:
        from desktop.system.actions.linux import WAYS

        return WAYS
    if platform == MACOS:
        from desktop.system.actions.macos import WAYS

        return WAYS
    from desktop.system.actions.windows import WAYS

    return WAYS


def _may_administrate(platform: str) -> bool:
    """Tell whether an administrator's action is worth trying: Linux asks for the rights itself (polkit)."""
    if platform == LINUX:
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(getattr(ctypes, "windll").shell32.IsUserAnAdmin())  # noqa: B009 - Windows only
    return os.geteuid() == 0
