"""A stage for the players: the shipped wizards, a diagnosis, and tools that answer when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from desktop.base.paths import resources
from desktop.base.texts import load_texts
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.domain.wizard import engine
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import RunState
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
        self.acts: list[tuple[str, str, Callable[[Deed], None]]] = []
        self.looks: list[tuple[str, Callable[[Prospect], None]]] = []
        self.looking: set[str] = set()
        self.is_here = True
        self.opened: list[str] = []
        self.impossible: set[str] = set()

    def tools(self) -> WizardTools:
        return WizardTools(
            clock=lambda: AT,
            verify=lambda finding, done: self.asked.append((finding, done)),
            perform=lambda action, _answers, agreed, done: self.acts.append((action, agreed, done)),
            looks_first=lambda action: action in self.looking,
            foresee=lambda action, _answers, done: self.looks.append((action, done)),
            is_here=self.is_here,
            open_page=self.open,
            can_perform=lambda action: action not in self.impossible,
        )

    def open(self, page: str) -> bool:
        self.opened.append(page)
        return True

    def see(self, prospect: Prospect) -> None:
        _, done = self.looks.pop()
        done(prospect)

    def finish(self, deed: Deed) -> None:
        _, _, done = self.acts.pop()
        done(deed)

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
