"""The floor of Hilfe: a bare PySide6 tray icon with a menu, ready when the event loop has begun."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon


def tell_ready() -> None:
    """Write the processor time so far, in seconds."""
    Path(os.environ["ERSTHELFER_BENCH_READY"]).write_text(f"{time.process_time():.6f}\n", encoding="ascii")


app = QApplication(sys.argv)
app.setQuitOnLastWindowClosed(False)
picture = QPixmap(32, 32)
picture.fill(QColor("teal"))
menu = QMenu()
menu.addAction("Beenden", app.quit)
tray = QSystemTrayIcon(QIcon(picture))
tray.setContextMenu(menu)
tray.show()
QTimer.singleShot(0, tell_ready)
sys.exit(app.exec())
