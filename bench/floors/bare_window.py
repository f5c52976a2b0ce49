"""The floor of the Desk: a bare PySide6 window with a label, ready after its first paint."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


def tell_ready() -> None:
    """Write the processor time so far, in seconds."""
    Path(os.environ["ERSTHELFER_BENCH_READY"]).write_text(f"{time.process_time():.6f}\n", encoding="ascii")


class BareWindow(QMainWindow):
    """Says once that it has been painted."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, tell_ready)


app = QApplication(sys.argv)
window = BareWindow()
window.resize(1440, 868)  # as large as ours: pixels cost both the same
window.setCentralWidget(QLabel("Ersthelfer", alignment=Qt.AlignmentFlag.AlignCenter))
window.show()
sys.exit(app.exec())
