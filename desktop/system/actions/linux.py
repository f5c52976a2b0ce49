"""All ways of Linux."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.system.actions import cups, hung_program, linux_drives, linux_sound, linux_system, network_manager, trash
from desktop.system.actions.values import Way

WAYS: Mapping[str, Way] = {
    **cups.WAYS,
    **network_manager.WAYS,
    **linux_sound.WAYS,
    **linux_system.WAYS,
    **linux_drives.WAYS,
    **trash.WAYS,
    **hung_program.WAYS,
}
