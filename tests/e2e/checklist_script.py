"""A program in the middle of a checklist: `checklist_script.py desk|hilfe HOME begin|close|read`.

Runs the real program. `begin` answers the first question, leaves a note being typed where there is one, and waits to be
ended; `close` then closes the window; `read` goes on with the run that was kept, prints where it stands and ends.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.wizard.run import RunState

EVERY = 30  # milliseconds between two looks
WIZARD, NOTE = "no-internet", "Kabel hing lose"


def tell(state: RunState) -> None:
    """Say where a run stands, and end."""
    answers = [one.answer for one in state.path if one.answer is not None]
    told = {"step": state.step, "answers": answers, "note": state.note}
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    QtWidgets.QApplication.quit()


class Desk:
    """A technician at the first ticket."""

    def __init__(self, wanted: str) -> None:
        self.wanted, self.is_asked, self.is_done = wanted, False, False

    def turn(self) -> None:
        """Do the next thing that can be done."""
        from desktop.ui.desk.main_window import DeskWindow

        windows = [one for one in QtWidgets.QApplication.topLevelWidgets() if isinstance(one, DeskWindow)]
        if not windows or not windows[0].area.is_filled or self.is_done:
            return
        area = windows[0].area
        if area.page is None:
            area.open_ticket(area.rows()[0].id) if area.rows() else area.open_view("all")
        elif not self.is_asked:
            self.is_asked = True
            runs = area.page.runs
            panel = area.ticket.panel
            panel.run_wanted.emit(runs[0].id) if self.wanted == "read" else panel.start_wanted.emit(WIZARD)
        else:
            self.work(windows[0])

    def work(self, window: QtWidgets.QWidget) -> None:
        """Answer and write, or tell what stands there."""
        from desktop.ui.desk.wizards.page import ChecklistPage

        pages = window.findChildren(ChecklistPage)
        if not pages:
            return
        self.is_done = True
        if self.wanted == "read":
            tell(pages[0].session.state)
            return
        pages[0].session.answer("wifi")
        note = pages[0].view.note
        assert note is not None
        note.setText(NOTE)
        note.textEdited.emit(NOTE)
        if self.wanted == "close":
            window.close()


class Hilfe:
    """An employee with self-help."""

    def __init__(self, wanted: str) -> None:
        self.wanted, self.is_asked, self.is_done = wanted, False, False

    def turn(self) -> None:
        """Do the next thing that can be done."""
        from desktop.ui.tray.help_window import HelpWindow

        for window in QtWidgets.QApplication.topLevelWidgets():
            if isinstance(window, HelpWindow) and window.overview is not None and window.library.wizards:
                self.work(window)

    def work(self, window: QtWidgets.QWidget) -> None:
        """Begin or resume the guide, then answer, or tell where it stands."""
        from desktop.ui.tray.help_window import HelpWindow

        assert isinstance(window, HelpWindow)
        if not self.is_asked and window.flow.is_loaded:
            self.is_asked = True
            window.topic.resume_wanted.emit() if self.wanted == "read" else window.begin_guide(WIZARD)
        player = window.self_help.player
        if player is None or self.is_done:
            if self.is_asked and window.self_help.isVisible():
                window.self_help.skip_wanted.emit()  # nobody waits for the diagnosis here
            return
        self.is_done = True
        if self.wanted == "read":
            tell(player.session.state)
        else:
            player.session.answer("wifi")


def main() -> int:
    """Run the program under a timer that works in it."""
    program, home, wanted = sys.argv[1:]
    turn: Callable[[], None] = (Desk if program == "desk" else Hilfe)(wanted).turn

    class WorkedIn(QtWidgets.QApplication):
        """The program's own application, with somebody in front of it."""

        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            self.working = QTimer(interval=EVERY)
            self.working.timeout.connect(turn)
            self.working.start()

    QtWidgets.QApplication = WorkedIn
    if program == "desk":
        from desktop.entry.desk import main as run

        return run(["--home", home])
    from desktop.entry.tray import main as run

    return run(["--home", home, "--window"])


if __name__ == "__main__":
    sys.exit(main())
