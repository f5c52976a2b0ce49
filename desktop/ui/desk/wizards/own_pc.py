"""A checklist about the very PC that the Desk runs on: there its actions may run, as the technician at the keyboard."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject

from desktop.domain.snapshot import Finding
from desktop.ui.desk.context import DeskContext
from desktop.ui.wizard.here import Here
from desktop.ui.wizard.tools import WizardTools


def is_own_pc(device_id: str) -> bool:
    """Tell whether a device is this PC: its Hilfe, of the same user, was let in as this device. Blocks a moment."""
    from desktop.client.own_device import device_id_in
    from desktop.client.store import store_path
    from desktop.system.folders import find_home

    return bool(device_id) and device_id_in(store_path(find_home("hilfe", None, os.environ))) == device_id


def own_tools(context: DeskContext, owner: QObject) -> WizardTools:
    """Return the tools of a run about this PC, whose results belong to `owner`."""
    return Here(context.clock, context.run_io, owner, _look_again, is_admin=True).tools()


def _look_again(finding: str) -> Finding:
    from desktop.client.facts import collect_again

    return collect_again(finding)
