"""Hands a ticket over: to whom, what to do, whether everything is there, and what the other side will see (D1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.base.errors import AppError
from desktop.base.texts import Texts, load_texts
from desktop.domain.handover import Handover, HandoverField, Order, PassOn, check, is_complete
from desktop.domain.handover_fields import answered, renewed
from desktop.domain.rows import PartnerRow, WizardRunRow
from desktop.domain.wizard.run import Answer
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.controls import Chip
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.pdf import Sheet
from desktop.ui.common.toggles import CheckBox
from desktop.ui.desk.fields import NotesField, TextField
from desktop.ui.desk.handover_answers import AnswerLines
from desktop.ui.desk.handover_checks import CheckList
from desktop.ui.desk.handover_preview import Preview
from desktop.ui.desk.handover_sheet import make_sheet
from desktop.ui.desk.questions import ask
from desktop.ui.desk.window_place import room_on_screen

FolderChooser = Callable[[], Path | None]
_REDRAW_MS = 250  # after the last key, so that typing never waits for the pages


class HandoverDialog(QDialog):
    """Works on values only: `pass_on_wanted` carries what to do, the collected hand-over and its PDF.

    Whoever opens it does the work and calls `accept` or `show_error`; until then nothing typed is lost.
    """

    pass_on_wanted = Signal(object, object, bytes)
    """A `PassOn`, the `Handover` and the PDF."""
    answered = Signal(str, str, object)
    """A field of a checklist was answered: the ids of run and field, and the answer, to be kept with the run."""
    partner_wanted = Signal()
    """Somebody who is not in the list yet shall be taken in."""

    def __init__(
        self,
        look: Look,
        handover: Handover,
        partners: Sequence[PartnerRow],
        *,
        folder: Path | None = None,
        choose_folder: FolderChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._base, self._partners = look, handover, {one.id: one for one in partners}
        self._folder = folder
        self._choose_folder = choose_folder or self._ask_folder
        self._texts: Texts = look.texts
        self._sheet: Sheet | None = None
        self._is_passing = False
        self.entries: dict[HandoverField, str] = dict(handover.order.entries)
        self.setWindowTitle(look.text("handover.dialog", number=handover.page.row.number))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self._make_fields()
        self._make_buttons()
        self._lay_out()
        self._on_partner(handover.partner.id)
        self.task.edit.setFocus()

    @property
    def handover(self) -> Handover:
        """Return the hand-over as the form stands."""
        order = Order(self.task.text, dict(self.entries), "" if self._why.isHidden() else self.reason.text)
        return replace(self._base, partner=self._partners[self.partner.value], order=order)

    def redraw(self) -> None:
        """Show the form's state: the check, the pages and which buttons may be pressed."""
        self._timer.stop()
        handover = self.handover
        checks = check(handover)
        self.checks.show_checks(checks, handover.fields)
        self.answers.show_fields(handover.fields)
        self._sheet = make_sheet(handover, self._texts)
        self.preview.show_sheet(self._sheet)
        has_all = is_complete(handover)
        self.anyway.setVisible(not has_all and self._why.isHidden())
        self.pass_on.setEnabled(not self._is_passing and (has_all or bool(handover.order.reason)))

    def take_run(self, run: WizardRunRow) -> None:
        """Let a run go along as it is kept now."""
        self._base = renewed(self._base, run)

    def add_partner(self, partner: PartnerRow) -> None:
        """Offer a partner just taken in, and choose them."""
        self._partners[partner.id] = partner
        self.partner.set_choices([(one.id, one.name) for one in self._partners.values()], value=partner.id)
        self._on_partner(partner.id)

    def show_error(self, error: AppError) -> None:
        """Say why it did not work; everything typed is still there."""
        clear(self._faults)
        self._faults.addWidget(ErrorPanel(self._look, error))
        self._is_passing = False
        self.pass_on.setEnabled(True)
        announce(self, self._look.texts.error(error).what)

    def reject(self) -> None:
        """Close; what was written is asked about first, and what is on its way is waited for."""
        if self._is_passing:
            return
        order = self._base.order
        is_touched = self.task.text != order.task.strip() or self.entries != dict(order.entries) or self.reason.text
        if not is_touched or ask(self, self._look, "handover.discard"):
            super().reject()

    def _make_fields(self) -> None:
        look = self._look
        labels = [(one.id, one.name) for one in self._partners.values()]
        self.partner = ChoiceButton(look, look.text("handover.to"), labels, value=self._base.partner.id)
        self.partner.chosen.connect(self._on_partner)
        self.partner.setSizePolicy(self.partner.sizePolicy().Policy.Expanding, self.partner.sizePolicy().Policy.Fixed)
        self.add = IconButton(look, "plus", look.text("partner.new"), kind="normal", clicked=self.partner_wanted.emit)
        self._level = Chip(look, "", "acc")
        self._about = plain_label(look, size="meta", tone="t3", wrap=True)
        self.task = NotesField(look, look.text("handover.task"), lines=2)
        self.task.edit.setMaximumHeight(look.theme.px(72))
        self.task.set_text(self._base.order.task)
        self.task.edit.textChanged.connect(self._timer.start)
        self.checks = CheckList(look)
        self.checks.entered.connect(self._on_entered)
        self.answers = AnswerLines(look, self._base.fields)
        self.answers.answered.connect(self._on_answered)
        self.reason = TextField(look, look.text("handover.why"), hint=look.text("handover.why_hint"), limit=500)
        self.reason.edited.connect(self.redraw)
        self._faults = column()
        self.preview = Preview(look, look.texts.language)
        self.preview.language_chosen.connect(self._on_language)

    def _make_buttons(self) -> None:
        look, person = self._look, self._base.page.person
        name = person.name if person else ""
        self.inform = CheckBox(look, look.text("handover.inform", name=name), checked=bool(name))
        if not name:
            self.inform.hide()
        self.watch = CheckBox(look, look.text("handover.watch"), checked=True)
        self.cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        self.anyway = Button(look, look.text("handover.anyway"), clicked=self._on_anyway)
        send = look.text("handover.pass_on")
        self.pass_on = Button(look, send, icon_name="paper-plane-right", kind="primary", clicked=self._on_pass_on)
        self.pass_on.setShortcut("Ctrl+Return")

    def _lay_out(self) -> None:
        look = self._look
        to = plain_label(look, look.text("handover.to"), size="meta", weight=BOLD)
        to.setBuddy(self.partner)
        picker = row(self._level, self.partner, self.add, spacing=8)
        picker.setStretch(1, 1)
        form = QWidget()
        form.setProperty("ground", "surface")
        form.setLayout(
            column(
                self._faults, to, picker, self._about, self.task, self.checks, self.answers, None,
                spacing=9, margins=(20, 16, 20, 16),
            )
        )  # fmt: skip
        preview = pane(column(self.preview, margins=(20, 12, 20, 12)), ground="side", edge="left")
        middle = row(scrolling(form, keeps_width=True), preview, spacing=0)
        middle.setStretch(0, 42)
        middle.setStretch(1, 58)
        self._why = pane(row(self.reason, margins=(20, 10, 20, 4)), ground="surface2", edge="top")
        self._why.hide()
        buttons = (self.inform, self.watch, None, self.cancel, self.anyway, self.pass_on)
        footer = pane(row(*buttons, spacing=10, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        whole = column(spacing=0)
        whole.addLayout(middle, 1)
        whole.addWidget(self._why)
        whole.addWidget(footer)
        self.setLayout(whole)
        self.resize(QSize(look.theme.px(1020), look.theme.px(680)).boundedTo(room_on_screen(self)))

    def _on_partner(self, partner_id: str) -> None:
        partner = self._partners[partner_id]
        chip = self._look.text(f"handover.chip.{partner.kind}")
        self._level.set_chip(chip, "vio" if partner.kind == "vendor" else "acc")
        self._about.setText(" · ".join(one for one in (partner.topics, partner.note) if one))
        self._about.setVisible(bool(self._about.text()))
        self.redraw()

    def _on_language(self, language: str) -> None:
        self._texts = load_texts(language)
        self.redraw()

    def _on_entered(self, field: HandoverField, text: str) -> None:
        self.entries = {**self.entries, field: text} if text else {k: v for k, v in self.entries.items() if k != field}
        self.redraw()

    def _on_answered(self, run: str, field: str, value: object) -> None:
        answer = cast("Answer", value)
        self._base = answered(self._base, run, field, answer)
        self.redraw()
        self.answered.emit(run, field, answer)

    def _on_anyway(self) -> None:
        self._why.show()
        self.reason.edit.setFocus()
        self.redraw()

    def _on_pass_on(self) -> None:
        self.redraw()
        folder = self._choose_folder() if self.pass_on.isEnabled() else None
        if folder is None or self._sheet is None:
            return
        handover, language = self.handover, self._texts.language
        partner, number = handover.partner.name, handover.page.row.number
        inform = self._look.text("handover.inform_text", partner=partner) if self._is_informing() else ""
        command = PassOn(folder, language, inform=inform, watches_due=self.watch.isChecked())
        self._is_passing = True
        self.pass_on.setEnabled(False)
        title = self._texts.text("handover.title", number=number)
        self.pass_on_wanted.emit(command, handover, self._sheet.to_pdf(title))

    def _is_informing(self) -> bool:
        return self.inform.isChecked() and self._base.page.person is not None

    def _ask_folder(self) -> Path | None:
        start = str(self._folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self._look.text("handover.choose_folder"), start)
        return Path(chosen) if chosen else None
