"""A stage for the players: the shipped wizards, a diagnosis, and tools that answer when the test says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from desktop.base.paths import resources
from desktop.base.texts import load_texts
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import Answer, RunState
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme
from desktop.ui.wizard.tools import WizardTools

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Machine:
    """A PC whose checks and actions wait until the test answers them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Finding], None]]] = []
        self.acts: list[tuple[str, Mapping[str, Answer], Callable[[events.Try], None]]] = []
        self.opened: list[str] = []
        self.impossible: set[str] = set()

    def tools(self) -> WizardTools:
        return WizardTools(
            clock=lambda: AT,
            verify=lambda finding, done: self.asked.append((finding, done)),
            perform=lambda action, answers, done: self.acts.append((action, answers, done)),
            open_page=self.open,
            can_perform=lambda action: action not in self.impossible,
        )

    def open(self, page: str) -> bool:
        self.opened.append(page)
        return True

    def measure(self, state: FindingState) -> None:
        finding, done = self.asked.pop()
        done(Finding(finding, state, Severity.WARN))


@pytest.fixture
def machine() -> Machine:
    """Return a PC that does nothing by itself."""
    return Machine()


@pytest.fixture(params=["de"])
def look(qapp: QApplication, request: pytest.FixtureRequest) -> Look:
    """Return the light look in German."""
    texts = load_texts(request.param)
    return Look(Theme(qapp), texts, Formats(texts, lambda: AT))


@pytest.fixture
def stage() -> Callable[..., tuple[Scene, RunState]]:
    """Return what begins a run on a PC where some findings are present."""
    library = load_library(resources() / "wizards").wizards

    def begin(wizard: str, *present: str, audience: Audience = Audience.EMPLOYEE) -> tuple[Scene, RunState]:
        steps = [step for one in library.values() for step in one.steps.values()]
        ids = {getattr(one, name, "") for one in steps for name in ("finding", "verify")} - {""}
        states = dict.fromkeys(sorted(ids), FindingState.ABSENT) | dict.fromkeys(present, FindingState.PRESENT)
        found = tuple(Finding(one, state, Severity.WARN) for one, state in states.items())
        printers = {"default": "Lager <b>", "printers": [{"name": "Lager <b>"}, {"name": "Büro"}]}
        probes = {"printers": ProbeResult(ProbeStatus.OK, printers)}
        scene = Scene(library, Snapshot("2026-03-02T08:59:00.000000Z", "basic", probes, found))
        return scene, engine.start(scene, wizard, run_id="run", audience=audience, at=AT)

    return begin
