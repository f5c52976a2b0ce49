"""The collector beside importing psutil, and beside a program of the same trade where it is installed."""

from __future__ import annotations

import os
import shutil
import sys

from bench.measure import Limit, Result, in_turn, ratio_limit
from bench.processes import until_end
from bench.store import Setting
from bench.trees import until_end_with_tree

TREE = Limit("MB of the tree (RSS)", 40, lambda result: max(one.memory for one in result.ours.samples))
FLOOR = [sys.executable, "-c", "import psutil"]
INXI = ["inxi", "-Fxz"]


def collector(setting: Setting) -> Result:
    """The processor time of a basic run that asks nobody outside, and the memory of all its processes together."""
    return _beside(setting, "collector", [], FLOOR, limits=(ratio_limit(3), TREE))


def full(setting: Setting) -> Result:
    """The same with the slow lane. Its limit is memory; what it costs is only reported, as nobody waits for it."""
    return _beside(setting, "full", ["--level", "full"], FLOOR, limits=(TREE,))


def inxi(setting: Setting) -> Result:
    """The fast lane beside `inxi -Fxz`, at most two fifths of its processor time."""
    return _beside(setting, "inxi", ["--lane", "fast"], INXI, limits=(ratio_limit(0.4),))


def has_inxi() -> bool:
    """Tell whether there is something to compare with."""
    return shutil.which(INXI[0]) is not None


def _beside(
    setting: Setting, case: str, arguments: list[str], floor: list[str], *, limits: tuple[Limit, ...]
) -> Result:
    from desktop.entry.collector import OFFLINE_VARIABLE
    from desktop.system.programs import collector_command

    environment = {**os.environ, OFFLINE_VARIABLE: "1"}
    ours, other = in_turn(
        lambda: until_end_with_tree([*collector_command(), *arguments], environment),
        lambda: until_end(floor, environment),
        rounds=setting.rounds(9),
    )
    return Result(case, setting.size, ours, other, limits)
