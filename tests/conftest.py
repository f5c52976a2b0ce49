"""Gates for every test: an unexpected log warning, Qt or Python warning or a leaked thread fails it."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("ERSTHELFER_LANGUAGE", "de")
os.environ.pop("ERSTHELFER_HOME", None)
# No test asserts times: on a busy machine an example may take as long as it likes.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch for long soaks."""
    parser.addoption("--soak", action="store_true", help="run the soaks in full length")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make half characters in what a test printed or logged harmless: a worker cannot send them and would end."""
    report = yield
    report.sections = [(name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections]
    return report


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    """Tell a soak whether to run in full length."""
    return bool(request.config.getoption("--soak"))


class ExpectedLogs:
    """What a test announces: `expected_logs.allow("desktop.exchange")` lets that logger warn."""

    def __init__(self) -> None:
        self.allowed: list[str] = []

    def allow(self, logger: str) -> None:
        self.allowed.append(logger)


@pytest.fixture
def expected_logs() -> ExpectedLogs:
    """Let a test announce the loggers that may warn."""
    return ExpectedLogs()


@pytest.fixture(autouse=True)
def no_unexpected_logs(caplog: pytest.LogCaptureFixture, expected_logs: ExpectedLogs) -> Iterator[None]:
    """Fail a test on a log record of level warning or above that it did not announce."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [
        one
        for one in records
        if one.levelno >= logging.WARNING and not any(one.name.startswith(name) for name in expected_logs.allowed)
    ]
    assert not loud, [f"{one.name}: {one.getMessage()}" for one in loud]


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running; a thread on its way out gets a moment to end."""
    before = set(threading.enumerate())
    yield
    left = [one for one in threading.enumerate() if one not in before and one.is_alive()]
    for thread in left:
        thread.join(timeout=5)
    gc.collect()
    assert not [one.name for one in left if one.is_alive()]
