"""What a guide can do on this PC beyond asking, with the client's rules for its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.snapshot import Finding
from desktop.ui.wizard.here import Here
from desktop.ui.wizard.tools import WizardTools

if TYPE_CHECKING:
    from desktop.ui.tray.tools import Tools


def make_wizard_tools(tools: Tools, owner: QObject) -> WizardTools:
    """Return the tools of a run whose results belong to `owner`; nothing in it needs an administrator."""

    def look_again(finding: str) -> Finding:
        from desktop.client.facts import collect_again

        return collect_again(finding, client=tools.client)

    return Here(tools.client.clock, tools.slow, owner, look_again).tools()
