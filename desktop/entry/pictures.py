"""Pictures of every window, shared by the tour and `dev.py shots`: the real programs on real data, never a mock."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.entry.tour_homes import Side


def take_pictures(desk: Side, pc: Side, folder: Path, *, number: str) -> list[str]:
    """Leave a PNG of each window in light and dark in `folder`; returns the file names.

    Raises AppError `tour.step` where a window does not come to show what it should.
    """
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.entry.pictures_desk import take_desk
    from desktop.entry.pictures_tray import take_tray
    from desktop.entry.stage import Stage, open_application  # brings Qt along
    from desktop.ui.common.qt_texts import speak_qt

    application = open_application()
    speak_qt(application, desk.language)
    stage = Stage(application, folder)
    take_desk(stage, desk, number=number)
    take_tray(stage, pc)
    return stage.names
