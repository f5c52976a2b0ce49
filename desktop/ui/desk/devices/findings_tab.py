"""What is wrong with a device: each finding with its reason, its rule and its checklist; the rest folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.rows import SnapshotRow
from desktop.domain.snapshot import Finding, FindingState, ProbeStatus, Severity, Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner, Card
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.changes_card import FEW, ChangesCard
from desktop.ui.desk.devices.finding_row import FindingRow
from desktop.ui.desk.devices.finding_words import finding_words
from desktop.ui.desk.devices.reading import DeviceDetail
from desktop.ui.desk.devices.series_card import SeriesCard

STALE = timedelta(days=7)  # UI.md: a diagnosis older than a week is shown as old
_SILENT = (ProbeStatus.TIMEOUT, ProbeStatus.ERROR, ProbeStatus.DENIED)


class FindingsTab(QWidget):
    """Shows the newest snapshot's findings; `checklist_wanted` carries the id of the wizard to start."""

    checklist_wanted = Signal(str)
    explanation_wanted = Signal(str)
    """The id of the finding to explain."""
    changes_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self, look: Look, row_: SnapshotRow, *, wizards: Collection[str] = ()) -> None:
        super().__init__()
        self._look, self._row, self._wizards = look, row_, wizards
        self._shown: dict[str, FindingRow] = {}
        self._notices = column(spacing=10)
        self._below = column(spacing=12)
        self.setLayout(column(self._notices, self._card(), self._below, None, spacing=12, margins=(24, 16, 24, 24)))
        self._warn_of_age()

    def show_gaps(self, snapshot: Snapshot) -> None:
        """Say what the person at the PC did not send, and what did not answer."""
        by_status = [(name, one.status) for name, one in snapshot.probes.items()]
        withheld = [name for name, status in by_status if status is ProbeStatus.WITHHELD]
        silent = [name for name, status in by_status if status in _SILENT]
        for names, part in ((withheld, "partial"), (silent, "unanswered")):
            if names:
                titles = ", ".join(self._probe_title(one) for one in names)
                text = self._look.text
                banner = Banner(
                    self._look, text(f"device.{part}.title", names=titles), text(f"device.{part}.text"), tone="acc"
                )
                self._notices.addWidget(banner)

    def show_detail(self, detail: DeviceDetail) -> None:
        """Add what changed and how the numbers went on, which are read after the findings are up."""
        look, compared = self._look, detail.comparison
        changed_at = None
        if compared is not None:
            found = compared.differences
            beside: list[Button] = []
            if len(found.changes) > FEW:
                every = look.texts.plural("device.changes.all", len(found.changes))
                beside.append(Button(look, every, kind="link", clicked=self.changes_wanted.emit))
            beside.append(Button(look, look.text("device.compare"), small=True, clicked=self.compare_wanted.emit))
            self._below.addWidget(ChangesCard(look, compared, most=FEW, beside=beside))
            changed_at = next((one.seen_by for one in found.changes), None)
        if detail.series:
            self._below.addWidget(SeriesCard(look, detail.series, changed_at=changed_at))

    def show_explanation(self, finding: str, lines: Sequence[str]) -> None:
        """Show why a finding is what it is."""
        self._shown[finding].show_explanation(lines)

    def show_witness(self, finding: str, lines: Sequence[str]) -> None:
        """Show what the other devices say about a finding."""
        self._shown[finding].show_witness(lines)

    def _warn_of_age(self) -> None:
        age = self._look.formats.now() - self._row.taken_at
        if age > STALE:
            title = self._look.texts.plural("device.stale.title", age.days)
            self._notices.addWidget(Banner(self._look, title, self._look.text("device.stale.text"), tone="amb"))

    def _card(self) -> Card:
        rank = list(Severity)
        present = [one for one in self._row.findings if one.state is FindingState.PRESENT]
        present.sort(key=lambda one: -rank.index(one.severity))
        parts: list[QWidget] = [self._present(one, is_first=place == 0) for place, one in enumerate(present)]
        quiet = [one for one in self._row.findings if one.state is FindingState.ABSENT]
        unknown = [one for one in self._row.findings if one.state is FindingState.UNKNOWN]
        if quiet:
            lead = self._look.text("device.others.lead")
            parts.append(_Folded(self._look, "device.others", "check-circle", "grn", (lead, *self._titles(quiet))))
        if unknown:
            lead = self._look.text("device.unknown.lead")
            parts.append(_Folded(self._look, "device.unknown", "question", "t3", (lead, *self._titles(unknown))))
        return Card(column(*parts, spacing=0))

    def _present(self, finding: Finding, *, is_first: bool) -> FindingRow:
        one = FindingRow(self._look, finding, has_wizard=finding.wizard in self._wizards, is_first=is_first)
        one.checklist_wanted.connect(self.checklist_wanted)
        one.explanation_wanted.connect(self.explanation_wanted)
        self._shown[finding.id] = one
        return one

    def _titles(self, findings: Sequence[Finding]) -> list[str]:
        return [finding_words(self._look, one, "title") for one in findings]

    def _probe_title(self, probe: str) -> str:
        code = f"probe.{probe}.title"
        return self._look.text(code) if self._look.texts.has(code) else one_line(probe, 60)


class _Folded(QFrame):
    """A count of checks that one can unfold."""

    def __init__(self, look: Look, code: str, icon: str, tone: str, lines: Sequence[str]) -> None:
        """Count and list `lines`, whose first is a sentence about the others."""
        super().__init__()
        self._look = look
        self.setProperty("edge", "top")
        count = plain_label(look, look.texts.plural(code, len(lines) - 1), tone="t2", wrap=True)
        self._all = plain_label(look, "\n – ".join(lines), size="meta", tone="t3", wrap=True, selectable=True)
        self._toggle = Button(look, "", kind="link", clicked=self._on_toggle)
        head = row(IconLabel(look.theme, icon, tone, size=20, filled=tone != "t3"), count, self._toggle, spacing=12)
        head.setStretch(1, 1)
        self.setLayout(column(head, row(32, self._all), spacing=8, margins=(16, 11, 16, 11)))
        self._show(unfolded=False)

    def _on_toggle(self) -> None:
        self._show(unfolded=self._all.isHidden())

    def _show(self, *, unfolded: bool) -> None:
        self._all.setVisible(unfolded)
        self._toggle.set_text(self._look.text("device.less" if unfolded else "device.all"))
