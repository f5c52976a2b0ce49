"""Hilfe's pages with requests and answers made of traps; run under strace by test_traps."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.base.ids import new_id
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.sync import sync
from desktop.domain.payloads import Reply, Status
from desktop.ui.tray.requests_window import RequestsWindow
from tests.e2e.traps import TRAPS
from tests.ui.tray.conftest import Bench, shown

pytest_plugins = ["tests.ui.tray.conftest"]


def test_pages_of_hilfe(bench: Bench, qtbot: QtBot) -> None:
    client = bench.client
    for trap in TRAPS:
        request = send_request(client, prepare_request(client, SendRequest(text=trap, phone=trap[:60]))).result
        answer = Reply(request, new_id(), trap[:200], trap, client.now())
        status = Status(request, trap[:60], "open", trap[:60], client.now(), title=trap[:100])
        bench.post.inbox = {new_id(): answer, new_id(): status}
        sync(client, bench.post)
        window = RequestsWindow(bench.tools)
        window.changed.connect(window.apply)
        shown(qtbot, window)
        window.reload(request)
        qtbot.waitUntil(
            lambda window=window: window.chat.conversation is not None and len(window.chat.conversation.messages) == 2
        )
        for child in window.findChildren(QWidget):
            child.toolTip()
        window.grab()
        window.close()
