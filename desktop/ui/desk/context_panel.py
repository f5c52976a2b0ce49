"""What belongs to the ticket: the person, the device with what was found on it, the checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.diagnostics.evidence import readable
from desktop.domain.rows import DeviceRow, PersonRow, SnapshotRow, TicketPage
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.ui.common.avatar import Avatar
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import MarkChip
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.ui.desk.wizards.fits import Fit

_MARKS = {
    Severity.INFO: ("info", "acc"),
    Severity.WARN: ("warning", "amb"),
    Severity.ERROR: ("warning-circle", "red"),
    Severity.CRITICAL: ("warning-circle", "red"),
}
_SHOWN_FINDINGS = 5
_SHOWN_FITS = 3


class ContextPanel(QFrame):
    """Shows what it is given; tells by `page_wanted` where the user wants to go."""

    page_wanted = Signal(str, str)
    """Kind of page (device) and id."""
    run_wanted = Signal(str)
    """Go on with a checklist of this ticket, or look at it: the run's id."""
    put_away_wanted = Signal(str)
    start_wanted = Signal(str)
    """Start a checklist on this ticket, or choose one where the id is empty."""

    def __init__(self, look: Look, wizards: Callable[[], Mapping[str, Wizard]], *, has_runs: bool = True) -> None:
        """Show with `look`; `wizards` gives the checklists by id when the first run is to be shown, if any shall be."""
        super().__init__()
        self._has_runs = has_runs
        self._look, self._wizards = look, wizards
        self.setProperty("ground", "surface")
        self.setAccessibleName(look.text("context.name"))
        self.setMinimumWidth(240)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._body.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        content.setProperty("ground", "surface")
        content.setLayout(column(self._body, None, spacing=0))
        self.setLayout(column(scrolling(content), spacing=0))
        self._shown: tuple[object, ...] = ()
        self._fits = QVBoxLayout()
        self._offered: tuple[Fit, ...] = ()

    def show_ticket(self, page: TicketPage) -> None:
        """Show what belongs to a ticket."""
        wanted = (page.row.id, page.person, page.device, page.snapshot, page.runs)
        if wanted == self._shown:
            return
        if not self._shown or self._shown[0] != page.row.id:
            self._offered = ()
        self._shown = wanted
        clear(self._body)
        self._body.addWidget(self._person(page.person))
        self._body.addWidget(self._device(page.device, page.snapshot))
        if not self._has_runs:
            return
        self._body.addWidget(self._checklist(page))
        self._fits = column(spacing=0)
        self._body.addLayout(self._fits)
        self._draw_fits()

    def show_fits(self, fits: tuple[Fit, ...]) -> None:
        """Offer the checklists that fit the ticket shown, a few of them, each with its reason."""
        if fits != self._offered:
            self._offered = fits
            self._draw_fits()

    def _draw_fits(self) -> None:
        clear(self._fits)
        if not self._offered:
            return
        from desktop.ui.desk.wizards.fits_section import FitsSection

        section = FitsSection(self._look, self._offered[:_SHOWN_FITS])
        section.start_wanted.connect(self.start_wanted)
        self._fits.addWidget(self._section("checklist.fits", column(section)))
        show_all(self._fits)

    def _section(self, code: str, content: QVBoxLayout, link: Button | None = None) -> QWidget:
        title = plain_label(self._look, self._look.text(code), size="caption", weight=BOLD, tone="t3")
        head = row(title, None, *([link] if link else []))
        return pane(column(head, content, spacing=5, margins=(16, 10, 16, 13)), edge="bottom")

    def _link(self, code: str, kind: str, target: str, *, spoken: str = "") -> Button:
        button = Button(self._look, self._look.text(code), kind="link")
        button.setAccessibleName(spoken or self._look.text(code))
        button.clicked.connect(lambda: self.page_wanted.emit(kind, target))
        return button

    def _person(self, person: PersonRow | None) -> QWidget:
        look = self._look
        if person is None:
            nobody = plain_label(look, look.text("context.no_person"), tone="t3", wrap=True)
            return self._section("context.person", column(nobody))
        place = " · ".join(one_line(one, 60) for one in (person.department, person.room) if one)
        words = column(
            ElidedLabel(look, person.name, weight=BOLD),
            ElidedLabel(look, place, size="meta", tone="t2") if place else 0,
            spacing=0,
        )
        head = row(Avatar(look, person.name, tone="grn", size=36), words, spacing=12)
        head.setStretch(1, 1)
        facts = row(None, spacing=16)
        texts = [look.text("context.phone", number=one_line(person.phone, 40))] if person.phone else []
        if person.earlier_tickets:
            texts.append(look.texts.plural("context.earlier", person.earlier_tickets))
        for place_, text in enumerate(texts):
            facts.insertWidget(place_, plain_label(look, text, size="meta", tone="t3", selectable=True))
        items = [head, facts]
        if person.email:
            items.append(row(ElidedLabel(look, person.email, size="meta", tone="t3")))
        return self._section("context.person", column(*items, spacing=7))

    def _device(self, device: DeviceRow | None, snapshot: SnapshotRow | None) -> QWidget:
        look = self._look
        if device is None:
            return self._section(
                "context.device", column(plain_label(look, look.text("context.no_device"), tone="t3", wrap=True))
            )
        if snapshot is None:
            stand = look.text("context.no_diagnosis")
        else:
            stand = look.text("context.stand", moment=look.formats.moment(snapshot.taken_at))
        name = column(
            ElidedLabel(look, device.name, weight=BOLD), ElidedLabel(look, stand, size="meta", tone="t3"), spacing=0
        )
        found = [one for one in snapshot.findings if one.state is FindingState.PRESENT] if snapshot else []
        found.sort(key=lambda one: -list(Severity).index(one.severity))
        head = row(IconLabel(look.theme, "monitor", "t2", size=20), name, spacing=10)
        head.setStretch(1, 1)
        if found:
            worst = _MARKS[found[0].severity][1]
            head.addWidget(
                MarkChip(look, look.texts.plural("context.findings", len(found)), worst, _MARKS[found[0].severity][0])
            )
        lines = column(head, spacing=8)
        for one in found[:_SHOWN_FINDINGS]:
            lines.addLayout(self._finding(one))
        if snapshot and not found:
            lines.addLayout(self._line("check-circle", "grn", look.text("context.healthy"), ""))
        link = self._link("context.diagnosis", "device", device.id)
        return self._section("context.device", lines, link)

    def _finding(self, finding: Finding) -> QVBoxLayout:
        look = self._look
        mark, tone = _MARKS[finding.severity]
        title = look.text(f"finding.{finding.id}.title")
        detail = finding_detail(look, finding)
        box = column(spacing=0)
        box.addLayout(self._line(mark, tone, title, detail))
        return box

    def _line(self, mark: str, tone: str, title: str, detail: str) -> QVBoxLayout:
        look = self._look
        words = column(plain_label(look, title, wrap=True), spacing=1)
        if detail:
            words.addWidget(plain_label(look, detail, size="meta", tone="t3", wrap=True))
        line = row(column(2, IconLabel(look.theme, mark, tone, filled=True), None, spacing=0), words, spacing=9)
        line.setStretch(1, 1)
        return column(line)

    def _checklist(self, page: TicketPage) -> QWidget:
        look = self._look
        link = self._start_link() if page.row.state_type.is_active else None
        if not page.runs:
            none = plain_label(look, look.text("context.no_checklist"), size="meta", tone="t3", wrap=True)
            return self._section("context.checklist", column(none), link)
        from desktop.ui.desk.wizards.runs_section import RunsSection  # reads checklists, which most tickets have not
        from desktop.ui.desk.wizards.sketch import sketches_of

        runs = RunsSection(look, sketches_of(page.runs, self._wizards(), look.texts.language))
        runs.run_wanted.connect(self.run_wanted)
        runs.put_away_wanted.connect(self.put_away_wanted)
        return self._section("context.checklist", column(runs), link)

    def _start_link(self) -> Button:
        return Button(
            self._look, self._look.text("context.start"), kind="link", clicked=lambda: self.start_wanted.emit("")
        )


def finding_detail(look: Look, finding: Finding) -> str:
    """Return a finding's sentence for technicians; its evidence is foreign, so it is one plain line."""
    code = f"finding.{finding.id}.technician"
    try:
        return one_line(look.text(code, **readable(finding.evidence, look.texts)), 240) if finding.evidence else ""
    except (KeyError, IndexError, ValueError, TypeError):
        return ""  # evidence of a newer version may lack what our sentence asks for
