"""Invite PCs (mock-up J4): a file or a code, how long and for how many, and who is waiting to be let in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QWidget

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.exchange.invitation import Invitation
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.common.toggles import OptionCard
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.fields import Field
from desktop.ui.desk.waiting_devices import WaitingDevices

if TYPE_CHECKING:
    from desktop.services.company import CompanyRow
    from desktop.services.work import Work

DAYS = (1, 7, 30)
DEVICES = (0, 1, 5, 10, 40, 100)
_KINDS = (("file", "file-arrow-down"), ("all", "package"), ("code", "hash"))


class InviteDialog(QDialog):
    """Makes an invitation when it is saved or copied, never before."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._company = ""
        look = context.look
        self.setWindowTitle(look.text("invite.window"))
        self._fault = column()
        self.waiting = WaitingDevices(context)
        self.waiting.setFixedWidth(look.theme.px(290))
        middle = row(self._choices(look), self.waiting, spacing=0)
        middle.setStretch(0, 1)
        whole = column(self._fault, middle, self._footer(look), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(770), look.theme.px(480))
        context.bus.changed.connect(self._on_changed)
        context.read(_read_company, owner=self, done=self._on_company)
        self._on_kind()

    @property
    def kind(self) -> str:
        """Return the chosen way: file, all or code."""
        return next(kind for kind, card in self.cards.items() if card.isChecked())

    def save(self, path: Path) -> None:
        """Make an invitation and write it to `path`."""

        def act(work: Work) -> Done[Path]:
            done = self._issue(work)
            try:
                write_durably(path, done.result.to_file_bytes())
            except OSError as error:
                where = {"path": str(path)}
                raise AppError(
                    "file.unwritable", kind=ErrorKind.ENVIRONMENT, parameters=where, detail=str(error)
                ) from error
            return Done(path, done.changes)

        clear(self._fault)
        self._context.do(act, owner=self, done=self._on_saved, failed=self._on_failed)

    def copy_code(self) -> None:
        """Make an invitation and put its code on the clipboard."""
        clear(self._fault)
        self._context.do(self._issue, owner=self, done=self._on_code, failed=self._on_failed)

    def _issue(self, work: Work) -> Done[Invitation]:
        from desktop.services.company import issue_invitation  # loads SQLAlchemy

        if self._context.secrets is None:
            raise AppError("secrets.missing", kind=ErrorKind.ENVIRONMENT, parameters={"name": "org.sign"})
        days = timedelta(days=int(self.days.value))
        return issue_invitation(work, self._context.secrets(), devices=int(self.devices.value), valid_for=days)

    def _choices(self, look: Look) -> QFrame:
        holder = QWidget()
        self.cards = {
            kind: OptionCard(
                look,
                look.text(f"invite.{kind}"),
                look.text(f"invite.{kind}.hint"),
                icon_name=icon,
                checkable=True,
                parent=holder,
            )
            for kind, icon in _KINDS
        }
        self.cards["file"].setChecked(True)
        for card in self.cards.values():
            card.toggled.connect(self._on_kind)
        holder.setLayout(column(*self.cards.values(), spacing=6))
        days = [(str(one), look.texts.plural("invite.valid.days", one)) for one in DAYS]
        self.days = ChoiceButton(look, look.text("invite.valid"), days, value="7")
        counts = [(str(one), look.texts.plural("invite.devices.count", one)) for one in DEVICES[1:]]
        none = ("0", look.text("invite.devices.none"))
        self.devices = ChoiceButton(look, look.text("invite.devices"), [none, *counts], value="5")
        for one in (self.days, self.devices):
            one.setMinimumWidth(look.theme.px(190))
        last = row(
            Field(look, look.text("invite.valid"), self.days),
            Field(look, look.text("invite.devices"), self.devices),
            spacing=16,
        )
        title = plain_label(look, look.text("invite.title"), size="pane", weight=BOLD, wrap=True)
        return pane(column(title, 8, holder, 10, last, None, spacing=4, margins=(22, 18, 22, 14)), ground="surface")

    def _footer(self, look: Look) -> QFrame:
        self._said = plain_label(look, look.text("invite.safe"), size="meta", tone="t3", wrap=True)
        close = Button(look, look.text("invite.close"), clicked=self.reject)
        self.make = Button(
            look, look.text("invite.save"), icon_name="floppy-disk", kind="primary", clicked=self._on_make
        )
        line = row(self._said, close, self.make, spacing=8, margins=(22, 12, 22, 12))
        line.setStretch(0, 1)
        return pane(line, ground="surface2", edge="top")

    def _on_kind(self) -> None:
        is_code = self.kind == "code"
        self.make.set_text(self._context.look.text("invite.copy" if is_code else "invite.save"))
        self.make.set_icon("copy" if is_code else "floppy-disk")

    def _on_make(self) -> None:
        if self.kind == "code":
            self.copy_code()
            return
        look = self._context.look
        name = look.text("invite.file.name", company=one_line(self._company, 60).replace("/", "-"))
        title = look.text("invite.save")
        start = str(Path.home() / f"{name}.ersthelfer")
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, look.text("invite.file.filter"))
        if chosen:
            self.save(Path(chosen))

    def _on_saved(self, path: Path) -> None:
        self._say(self._context.look.text("invite.saved", path=path))

    def _on_code(self, invitation: Invitation) -> None:
        QGuiApplication.clipboard().setText(invitation.to_code())
        self._say(self._context.look.text("invite.copied"))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        announce(self._said, text)

    def _on_company(self, company: CompanyRow) -> None:
        self._company = company.name
        self.waiting.show_words(company.org.sign_key)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Subject.DEVICE, Subject.MAILBOX):
            self.waiting.reload()

    def _on_failed(self, error: AppError) -> None:
        clear(self._fault)
        panel = ErrorPanel(self._context.look, error)
        self._fault.addWidget(panel)
        announce(panel, panel.accessibleName())


def _read_company(work: Work) -> CompanyRow:
    from desktop.services.company import read_company  # loads SQLAlchemy

    return read_company(work)
