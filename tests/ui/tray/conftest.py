"""Hilfe in parts: real store, real lanes, a post in memory and a collector that answers at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.lanes import ThreadLane
from desktop.base.texts import load_texts
from desktop.client.context import Client
from desktop.client.identity import Identity, write_identity
from desktop.client.store import ClientStore
from desktop.client.wizards import WizardShelf
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme
from desktop.ui.tray.tools import Tools
from tests.client.conftest import MemoryPost
from tests.client.seeds import FolderSecrets

SNAPSHOT = Snapshot(
    taken_at="2026-11-23T09:00:00.000000Z",
    level="basic",
    probes={
        "memory": ProbeResult(ProbeStatus.OK, {"total_bytes": 8_000_000_000}),
        "printers": ProbeResult(ProbeStatus.OK, {"printers": [{"name": "Etikettendrucker"}]}),
    },
    findings=(Finding("printer.queue_stuck", FindingState.PRESENT, Severity.WARN, {"age_s": 7200, "jobs": 2}),),
)


REST = Snapshot(
    taken_at="2026-11-23T09:00:05.000000Z",
    level="full",
    probes={
        "software": ProbeResult(ProbeStatus.OK, {"programs": [{"name": "Warenwirtschaft"}, {"name": "Tetris"}]}),
        "backup": ProbeResult(ProbeStatus.UNSUPPORTED),
    },
)


@dataclass
class CannedCollection:
    """Answers with `SNAPSHOT`, or `REST` for the rest, as soon as `gate` is open; ends early when cancelled."""

    gate: threading.Event
    part: str = "basic"
    tell: Callable[[int, int], None] = lambda _done, _total: None
    is_cancelled: bool = False

    def run(self) -> Snapshot:
        self.tell(1, 3)
        assert self.gate.wait(30)
        return REST if self.part == "rest" else SNAPSHOT

    def cancel(self) -> None:
        self.is_cancelled = True
        self.gate.set()


@dataclass
class Bench:
    """The tools and what tests turn on them."""

    tools: Tools
    post: MemoryPost
    gate: threading.Event = field(default_factory=threading.Event)
    collections: list[CannedCollection] = field(default_factory=list)
    keep: list[QWidget] = field(default_factory=list)

    @property
    def client(self) -> Client:
        return self.tools.client


@pytest.fixture
def make_bench(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[str], Bench]]:
    """Build Hilfe with an admission of its PC: approved, waiting, or empty for never enrolled."""
    made: list[Bench] = []

    def make(admission: str) -> Bench:
        texts = load_texts("de")
        client = Client(ClientStore(tmp_path / "hilfe.db"))
        if admission:
            identity = Identity(
                admission=admission, company="IT Möbelwerk", person_name="Anna Oswald", help_phone="Durchwahl 100"
            )
            with client.store.write() as db:
                write_identity(db, identity)
        post, gate, collections = MemoryPost(), threading.Event(), []
        gate.set()

        def open_collection(part: str, tell: Callable[[int, int], None]) -> CannedCollection:
            collections.append(CannedCollection(gate, part, tell))
            return collections[-1]

        @cache
        def dress() -> Look:
            theme = Theme(qapp)
            theme.apply(qapp, "light", 100)
            return Look(theme, texts, Formats(texts))

        tools = Tools(
            dress=dress,
            texts=texts,
            client=client,
            dispatcher=Dispatcher(),
            store_lane=ThreadLane("store", threads=1),
            io_lane=ThreadLane("io", threads=2),
            open_post=lambda: post,
            open_secrets=lambda: FolderSecrets(tmp_path),
            open_collection=open_collection,
            load_wizards=WizardShelf(client).library,
        )
        made.append(Bench(tools, post, gate, collections))
        return made[-1]

    yield make
    for one in made:
        one.gate.set()
        one.tools.store_lane.close()
        one.tools.io_lane.close()
        shiboken6.delete(one.tools.dispatcher)  # what the lanes still brought goes nowhere; no thread is left
        one.client.store.close()


@pytest.fixture
def bench(make_bench: Callable[[str], Bench]) -> Bench:
    """Return Hilfe on a PC that was let in."""
    return make_bench("approved")


def shown(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget and have it closed at the end."""
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
