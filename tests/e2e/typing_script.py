"""A program that is typed into without a rest until somebody ends it: `typing_script.py desk|hilfe HOME type|read`.

Runs the real program; `type` writes numbers into the open text for ever, `read` prints the text that was kept and ends.
"""

from __future__ import annotations

import sys
from itertools import count

from PySide6 import QtWidgets
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

EVERY = 30  # milliseconds between two keys, far less than any rest


def in_desk(*, is_reading: bool) -> QPlainTextEdit | None:
    """Return the composer of the first ticket, opening the ticket first."""
    from desktop.ui.desk.main_window import DeskWindow

    for window in QtWidgets.QApplication.topLevelWidgets():
        if isinstance(window, DeskWindow) and window.area.is_filled:
            if window.area.page is not None:
                return window.area.ticket.composer.editor
            if not window.area.rows():
                window.area.open_view("all")
            else:
                window.area.open_ticket(window.area.rows()[0].id)
    return None


def in_hilfe(*, is_reading: bool) -> QPlainTextEdit | None:
    """Return the description of a request, beginning one or resuming the one that was kept."""
    from desktop.ui.tray.help_window import HelpWindow

    for window in QtWidgets.QApplication.topLevelWidgets():
        if isinstance(window, HelpWindow) and window.overview is not None:
            if window.pages.current == "describe":
                return window.describe.text
            if not is_reading:
                window.topic.words_given.emit("")
            elif not window.flow.draft.is_blank:
                window.topic.resume_wanted.emit()
    return None


def main() -> int:
    """Run the program under a timer that types."""
    program, home, wanted = sys.argv[1:]
    is_reading, find = wanted == "read", in_desk if program == "desk" else in_hilfe
    letters = (letter for number in count() for letter in f"{number} ")

    def turn() -> None:
        field = find(is_reading=is_reading)
        if field is None:
            return
        if is_reading:
            sys.stdout.write(field.toPlainText())
            sys.stdout.flush()
            QtWidgets.QApplication.quit()
            return
        field.setFocus()
        QTest.keyClick(field, next(letters))

    class TypedInto(QtWidgets.QApplication):
        """The program's own application, with a hand at its keyboard."""

        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            self.typing = QTimer(interval=EVERY)
            self.typing.timeout.connect(turn)
            self.typing.start()

    QtWidgets.QApplication = TypedInto
    if program == "desk":
        from desktop.entry.desk import main as run

        return run(["--home", home])
    from desktop.entry.tray import main as run

    return run(["--home", home, "--window"])


if __name__ == "__main__":
    sys.exit(main())
