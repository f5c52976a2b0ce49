"""J5: this PC gets its company. Choose or drop the invitation, or paste its code; compare four words; connect."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QStackedLayout, QWidget

from desktop.base.changes import Done
from desktop.base.errors import AppError
from desktop.client.enrolment import EnrolPc, InvitationView, Machine, enrol, view_invitation
from desktop.client.identity import Identity, Person, load_identity
from desktop.system.this_pc import ThisPc, describe_pc
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.toggles import CheckBox
from desktop.ui.tray.mark import MarkLabel
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, field_label, heading, hint
from desktop.ui.tray.tools import Tools

_PROMISES = (("eye", "see"), ("shield-check", "secret"), ("lifebuoy", "anywhere"))


class EnrolPage(QWidget):
    """Two pages: the invitation, then the company with its words."""

    enrolled = Signal(object)
    """`Changes`: this PC has accepted an invitation."""
    back_wanted = Signal()
    autostart_wanted = Signal()
    """The program shall start with the session, so that no answer is missed."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._view: InvitationView | None = None
        self._pc: ThisPc = describe_pc()
        self.notice = Notice(tools.look)
        self.check_notice = Notice(tools.look)
        self._stack = QStackedLayout(self)
        self.first = self._first_page()
        self.second = self._second_page()
        self._stack.addWidget(self.first)
        self._stack.addWidget(self.second)
        self.setAcceptDrops(True)

    def focus_first(self) -> None:
        """Begin where the page begins."""
        (self.choose if self._stack.currentWidget() is self.first else self.name).setFocus()

    def offer_back(self) -> None:
        """Let an employee whose PC is enrolled already go back without another invitation."""
        self._back.show()

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT, where it is known."""
        self.first.set_phone(phone)
        self.second.set_phone(phone)

    def read(self, source: Path | str) -> None:
        """Read an invitation and show its company."""
        client, language = self._tools.client, self._tools.look.texts.language
        self._tools.slow(
            lambda: (view_invitation(client, source, language=language), load_identity(client)),
            owner=self,
            done=self._on_read,
            failed=self._on_bad,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if any(one.isLocalFile() for one in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the invitation that was dropped."""
        self.read(Path(next(one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile())))

    def _first_page(self) -> Page:
        look, text = self._tools.look, self._tools.look.text
        page = Page(look)
        self.choose = Button(look, text("tray.enrol.choose"), icon_name="folder-open", kind="primary")
        self.choose.clicked.connect(self._on_choose)
        self.code = QPlainTextEdit()
        self.code.setTabChangesFocus(True)
        self.code.setPlaceholderText(text("tray.enrol.code_example"))
        self.code.setFixedHeight(look.theme.px(72))
        self.code.textChanged.connect(self._on_code)
        self.next = Button(look, text("tray.next"), icon_name="arrow-right", clicked=self._on_next)
        self.next.setEnabled(False)
        drop = Card(
            column(
                plain_label(look, text("tray.enrol.file"), weight=BOLD, wrap=True),
                plain_label(look, text("tray.enrol.drop"), tone="t2", wrap=True),
                4,
                row(self.choose, None),
                spacing=4,
                margins=(18, 16, 18, 16),
            )
        )
        page.body.addSpacing(16)
        page.body.addLayout(row(None, MarkLabel(), None))
        page.body.addSpacing(8)
        page.body.addWidget(heading(look, text("tray.enrol.heading"), centered=True))
        page.body.addWidget(hint(look, text("tray.enrol.hint"), centered=True))
        page.body.addSpacing(10)
        page.body.addWidget(drop)
        page.body.addSpacing(6)
        page.body.addWidget(field_label(look, text("tray.enrol.code"), self.code))
        page.body.addWidget(self.code)
        page.body.addWidget(self.notice)
        page.body.addStretch(1)
        self._back = page.back_button()
        self._back.clicked.connect(self.back_wanted.emit)
        self._back.hide()
        page.set_footer(self._back, None, self.next)
        return page

    def _second_page(self) -> Page:
        look, text = self._tools.look, self._tools.look.text
        page = Page(look)
        self.company = plain_label(look, tone="t2", wrap=True)
        self.words = plain_label(look, size="title", weight=BOLD, wrap=True, selectable=True)
        for label in (self.company, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.name, self.phone = self._field(self._pc.full_name), self._field("")
        page.body.addSpacing(4)
        page.body.addLayout(row(None, MarkLabel(48), None))
        page.body.addSpacing(4)
        page.body.addWidget(heading(look, text("tray.enrol.compare"), centered=True))
        page.body.addWidget(hint(look, text("tray.enrol.compare_hint"), centered=True))
        page.body.addSpacing(4)
        page.body.addWidget(Card(column(self.company, self.words, spacing=8, margins=(16, 14, 16, 16))))
        page.body.addSpacing(4)
        labels = [text("tray.enrol.name"), text("tray.enrol.phone")]
        fields = [
            column(field_label(look, label, one), one)
            for label, one in zip(labels, (self.name, self.phone), strict=True)
        ]
        pair = row(*fields, spacing=12)
        pair.setStretch(0, 3)
        pair.setStretch(1, 2)
        self.starts = CheckBox(look, text("tray.enrol.autostart"), checked=True)
        page.body.addLayout(pair)
        page.body.addWidget(self.starts)
        page.body.addWidget(self.check_notice)
        page.body.addSpacing(6)
        for icon_name, promise in _PROMISES:
            page.body.addWidget(self._promise(icon_name, promise))
        page.body.addStretch(1)
        self.refuse = Button(look, text("tray.enrol.differs"), clicked=self._on_refuse)
        self.connect_button = Button(look, text("tray.enrol.connect"), kind="primary", clicked=self._on_connect)
        page.set_footer(12, self.refuse, None, self.connect_button)
        return page

    def _field(self, value: str) -> QLineEdit:
        field = QLineEdit(value)
        field.setMaxLength(120)
        return field

    def _promise(self, icon_name: str, promise: str) -> QWidget:
        look, text = self._tools.look, self._tools.look.text
        words = column(
            plain_label(look, text(f"tray.enrol.promise.{promise}"), size="reading", weight=MEDIUM, wrap=True),
            plain_label(look, text(f"tray.enrol.promise.{promise}_hint"), size="meta", tone="t3", wrap=True),
            spacing=1,
        )
        line = row(column(IconLabel(look.theme, icon_name, "acc", size=20), None), words, spacing=12)
        line.setStretch(1, 1)
        box = QWidget()
        box.setLayout(line)
        return box

    def _on_choose(self) -> None:
        text = self._tools.look.text
        name, _ = QFileDialog.getOpenFileName(self, text("tray.enrol.choose"), "", text("tray.enrol.filter"))
        if name:
            self.read(Path(name))

    def _on_code(self) -> None:
        self.next.setEnabled(bool(self.code.toPlainText().strip()))

    def _on_next(self) -> None:
        self.read(self.code.toPlainText().strip())

    def _on_read(self, read: tuple[InvitationView, Identity]) -> None:
        view, known = read
        self._view = view
        if known.person_name:  # a PC that was enrolled before does not ask again who works here
            self.name.setText(known.person_name)
            self.phone.setText(known.phone)
        self.notice.clear()
        self.check_notice.clear()
        self.company.setText(self._tools.look.text("tray.enrol.company", company=view.company))
        first, second, third, fourth = view.words
        self.words.setText(f"{first} · {second}\n{third} · {fourth}")
        self._stack.setCurrentWidget(self.second)
        self.name.setFocus()

    def _on_bad(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.code.setFocus()

    def _on_refuse(self) -> None:
        self._stack.setCurrentWidget(self.first)
        self.code.clear()
        self.notice.show_error(AppError("enrolment.words_differ"))
        self.focus_first()

    def _on_connect(self) -> None:
        from desktop import __version__

        if self._view is None:
            return
        machine = Machine(self._pc.host, self._pc.user, self._pc.platform, __version__)
        person = Person(self.name.text(), self.phone.text())
        command = EnrolPc(self._view.code, person, machine)
        client, open_secrets = self._tools.client, self._tools.open_secrets
        self.connect_button.setEnabled(False)
        self._tools.slow(
            lambda: enrol(client, command, open_secrets()),
            owner=self,
            done=self._on_enrolled,
            failed=self._on_not_enrolled,
        )

    def _on_enrolled(self, done: Done[Identity]) -> None:
        self.connect_button.setEnabled(True)
        self._stack.setCurrentWidget(self.first)
        if self.starts.isChecked():
            self.autostart_wanted.emit()
        self.enrolled.emit(done.changes)

    def _on_not_enrolled(self, error: AppError) -> None:
        self.connect_button.setEnabled(True)
        self.check_notice.show_error(error)
        (self.name if error.code == "enrolment.no_name" else self.connect_button).setFocus()
