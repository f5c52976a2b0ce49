"""Results come back on the main thread, faults with their words, and nobody is called who is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError
from desktop.base.lanes import ThreadLane
from desktop.ui.common.dispatch import Dispatcher
from tests.conftest import ExpectedLogs


@pytest.fixture
def lane() -> Iterator[ThreadLane]:
    """A lane with one thread."""
    one = ThreadLane("test", threads=1)
    yield one
    one.close()


def test_a_result_comes_back_on_the_main_thread(qtbot: QtBot, lane: ThreadLane) -> None:
    dispatcher, owner, seen = Dispatcher(), QObject(), list[tuple[str, str]]()
    dispatcher.run(
        lane,
        lambda: threading.current_thread().name,
        owner=owner,
        done=lambda name: seen.append((name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("test")
    assert seen[0][1] == threading.main_thread().name


def test_an_expected_fault_arrives_as_it_is(qtbot: QtBot, lane: ThreadLane) -> None:
    dispatcher, owner, seen = Dispatcher(), QObject(), list[AppError]()

    def work() -> None:
        raise AppError("ticket.unknown")

    dispatcher.run(lane, work, owner=owner, done=lambda _none: None, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].code == "ticket.unknown"


def test_any_other_fault_is_logged_and_arrives_in_words(
    qtbot: QtBot, lane: ThreadLane, expected_logs: ExpectedLogs, caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.allow("desktop.ui.common.dispatch")
    dispatcher, owner, seen = Dispatcher(), QObject(), list[AppError]()
    dispatcher.failed.connect(seen.append)
    dispatcher.run(lane, lambda: 1 // 0, owner=owner, done=lambda _none: None)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].code == "program.fault"
    assert "ZeroDivisionError" in caplog.text


def test_a_result_is_dropped_when_its_owner_is_gone(qtbot: QtBot, lane: ThreadLane) -> None:
    dispatcher, owner, other, seen = Dispatcher(), QObject(), QObject(), list[str]()
    go = threading.Event()
    dispatcher.run(lane, go.wait, owner=owner, done=lambda _none: seen.append("gone"))
    dispatcher.run(lane, lambda: None, owner=other, done=lambda _none: seen.append("there"))
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["there"]
