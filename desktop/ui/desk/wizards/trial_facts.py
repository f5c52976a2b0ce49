"""What a trial run starts from: who tries it, on which system, and what the diagnosis is supposed to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot
from desktop.domain.wizard.cases import findings_used, within_reach
from desktop.domain.wizard.definition import Audience, Wizard
from desktop.domain.wizard.systems import SYSTEMS, system_of
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.controls import Banner, SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.common.toggles import CheckBox
from desktop.ui.desk.wizards.case_words import finding_title

Load: TypeAlias = Callable[[str, Callable[[Snapshot | None], None]], None]
"""`load(snapshot_id, done)` reads a stored diagnosis without blocking; None where it cannot be read."""

NOTHING, FINE, TICKED, DEVICE = "nothing", "fine", "ticked", "device"
_NOT_TAKEN = "1970-01-01T00:00:00.000000Z"  # what is made up has no time


@dataclass(frozen=True, slots=True)
class TrialDevice:
    """A device with stored diagnoses, the newest first, each with its id and moment."""

    name: str
    platform: str
    snapshots: tuple[tuple[str, datetime], ...]


class TrialFacts(QWidget):
    """The form; `changed` says that a run from the start would be another one."""

    changed = Signal()

    def __init__(
        self, look: Look, wizard: Wizard, wizards: Mapping[str, Wizard], devices: Sequence[TrialDevice], load: Load
    ) -> None:
        super().__init__()
        self._look, self._load = look, load
        self._devices = [one for one in devices if one.snapshots]
        reach = within_reach({name: one for name, one in wizards.items() if name != wizard.id}, wizard)
        self._used = tuple(dict.fromkeys(one for each in reach for one in sorted(findings_used(each))))
        self._loaded: dict[str, Snapshot | None] = {}
        people = [(one.value, look.text(f"trial.audience.{one.value}"), "") for one in Audience]
        self.audience = SegmentedControl(look, look.text("trial.audience"), people, value=wizard.audience.value)
        self.audience.setEnabled(wizard.audience is Audience.EMPLOYEE)
        systems = [(one, look.text(f"trial.platform.{one}"), "") for one in SYSTEMS]
        self.platform = SegmentedControl(look, look.text("trial.platform"), systems)
        kinds = [NOTHING, FINE, TICKED, *([DEVICE] if self._devices else [])]
        named = [(one, look.text(f"trial.facts.{one}")) for one in kinds]
        self.kind = ChoiceButton(look, look.text("trial.facts"), named, value=FINE)
        self.ticks: dict[str, CheckBox] = {}
        self._more = column(spacing=6)
        self.setLayout(self._rows())
        self.audience.chosen.connect(self._on_changed)
        self.platform.chosen.connect(self._on_changed)
        self.kind.chosen.connect(self._on_kind)

    @property
    def snapshot(self) -> Snapshot | None:
        """Return the diagnosis of the run; None where nothing is known."""
        if self.kind.value == DEVICE:
            return self._loaded.get(self.moment.value)
        if self.kind.value == NOTHING:
            return None
        present = [name for name, box in self.ticks.items() if self.kind.value == TICKED and box.isChecked()]
        states = dict.fromkeys(self._used, FindingState.ABSENT) | dict.fromkeys(present, FindingState.PRESENT)
        found = tuple(Finding(name, state, Severity.WARN) for name, state in states.items())
        return Snapshot(_NOT_TAKEN, "basic", {}, found)

    @property
    def is_ready(self) -> bool:
        """Tell whether the diagnosis that was chosen has been read."""
        return self.kind.value != DEVICE or self.moment.value in self._loaded

    def _rows(self) -> QVBoxLayout:
        look = self._look
        rows = column(spacing=4)
        for code, widget in (
            ("trial.audience", self.audience),
            ("trial.platform", self.platform),
            ("trial.facts", self.kind),
        ):
            label = plain_label(look, look.text(code), size="meta", weight=BOLD)
            label.setBuddy(widget)
            rows.addWidget(label)
            rows.addWidget(widget)
            rows.addSpacing(8)
        rows.addLayout(self._more)
        return rows

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()

    def _on_kind(self, kind: str) -> None:
        clear(self._more)
        self.ticks = {}
        if kind == TICKED:
            self._add_ticks()
        elif kind == DEVICE:
            self._add_devices()
        show_all(self._more)
        if kind != DEVICE:
            self.changed.emit()

    def _add_ticks(self) -> None:
        for name in self._used:
            box = CheckBox(self._look, finding_title(self._look, name))
            box.toggled.connect(self._on_changed)
            self.ticks[name] = box
            self._more.addWidget(box)
        if not self._used:
            self._more.addWidget(plain_label(self._look, self._look.text("case.findings.none"), tone="t2", wrap=True))

    def _add_devices(self) -> None:
        look = self._look
        names = [(str(place), one_line(one.name, 40)) for place, one in enumerate(self._devices)]
        self.device = ChoiceButton(look, look.text("trial.device"), names, value="0")
        self.moment = ChoiceButton(look, look.text("trial.moment"))
        self.device.chosen.connect(self._on_device)
        self.moment.chosen.connect(self._read)
        self._more.addWidget(self.device)
        self._more.addWidget(self.moment)
        self._on_device("0")

    def _on_device(self, place: str) -> None:
        device = self._devices[int(place)]
        moments = [(snapshot, self._look.formats.moment(at)) for snapshot, at in device.snapshots]
        self.moment.set_choices(moments, value=moments[0][0])
        if system := system_of(device.platform):
            self.platform.set_value(system)
        self._read(self.moment.value)

    def _read(self, snapshot: str) -> None:
        if snapshot in self._loaded:
            self.changed.emit()
        else:
            self._load(snapshot, lambda found: self._on_read(snapshot, found))

    def _on_read(self, snapshot: str, found: Snapshot | None) -> None:
        if not shiboken6.isValid(self):  # the dialog was closed in the meantime
            return
        self._loaded[snapshot] = found
        if found is None:
            self._more.addWidget(Banner(self._look, self._look.text("trial.unreadable"), tone="amb"))
            show_all(self._more)
        if self.kind.value == DEVICE and self.moment.value == snapshot:
            self.changed.emit()
