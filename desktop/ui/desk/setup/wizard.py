"""The set-up of the Desk at its first start: four pages, then the company is made and the Desk opens."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.questions import ask
from desktop.ui.desk.setup.company_page import CompanyPage
from desktop.ui.desk.setup.inbox_page import InboxPage
from desktop.ui.desk.setup.page import SetupPage
from desktop.ui.desk.setup.recovery_page import RecoveryPage
from desktop.ui.desk.setup.steps import StepColumn
from desktop.ui.desk.setup.storage_page import StoragePage
from desktop.ui.desk.setup.tools import SetupAnswers, SetupTools

_STEPS = ("company", "storage", "inbox", "recovery")


class SetupWizard(QDialog):
    """Asks, checks at once, and makes the company at the end; nothing is written before."""

    finished_setup = Signal(object)
    """What `tools.create` returned."""

    def __init__(self, look: Look, tools: SetupTools) -> None:
        super().__init__()
        self._look, self._tools = look, tools
        self._with_sample = False
        self._is_working = False
        self.setWindowTitle(look.text("setup.window"))
        self.company, self.storage = CompanyPage(look), StoragePage(look, tools)
        self.inbox, self.recovery = InboxPage(look, tools), RecoveryPage(look, tools)
        self.pages: tuple[SetupPage, ...] = (self.company, self.storage, self.inbox, self.recovery)
        self.steps = StepColumn(look, [look.text(f"setup.step.{one}") for one in _STEPS])
        self.stack = QStackedWidget()
        for page in self.pages:
            page.setProperty("ground", "surface")
            self.stack.addWidget(scrolling(page))
        self._fault = column()
        pages = column(self._fault, self.stack, spacing=0)
        pages.setStretch(1, 1)
        right = pane(pages, ground="surface")
        middle = row(self.steps, right, spacing=0)
        middle.setStretch(1, 1)
        whole = column(middle, self._footer(look), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(760), look.theme.px(640))
        self.show_page(0)

    def show_page(self, number: int) -> None:
        """Bring up a page, counted from 0."""
        page = self.pages[number]
        self.recovery.company = self.company.company.text
        self.stack.setCurrentIndex(number)
        self.steps.set_at(number)
        self.back.setVisible(number > 0)
        self.sample.setVisible(number == 0)
        is_last = number == len(self.pages) - 1
        self.onward.set_text(self._look.text("setup.finish" if is_last else "setup.next"))
        self.onward.set_icon("check" if is_last else "arrow-right")
        clear(self._fault)
        page.start()
        announce(page, page.accessibleName())

    @property
    def page(self) -> SetupPage:
        """Return the page that is up."""
        return self.pages[self.stack.currentIndex()]

    def answers(self) -> SetupAnswers:
        """Return what was decided so far."""
        sample = self._tools.data / "mailbox"
        return SetupAnswers(
            company=self.company.company.text,
            technician=self.company.person.text,
            help_phone=self.company.phone.text,
            data=self.storage.path,
            mailbox=sample if self._with_sample else self.inbox.path,
            passphrase=self.storage.passphrase,
            with_sample=self._with_sample,
        )

    def _footer(self, look: Look) -> QFrame:
        self.back = Button(look, look.text("setup.back"), icon_name="arrow-left", clicked=self._on_back)
        self.sample = Button(look, look.text("setup.sample"), clicked=self._on_sample)
        self.onward = Button(look, look.text("setup.next"), icon_name="arrow-right", kind="primary")
        self.onward.clicked.connect(self._on_onward)
        self.onward.setDefault(True)
        self._busy = plain_label(look, "", size="meta", tone="t3")
        line = row(self.back, None, self._busy, self.sample, self.onward, spacing=8, margins=(24, 14, 24, 14))
        return pane(line, ground="surface2", edge="top")

    def _on_back(self) -> None:
        self.show_page(self.stack.currentIndex() - 1)

    def _on_sample(self) -> None:
        self._with_sample = True
        if not self.company.company.text:
            self.company.company.set_text(self._look.text("setup.sample.company"))
        if not self.company.person.text:
            self.company.person.set_text(self._look.text("setup.sample.person"))
        if self._tools.needs_passphrase:
            self.show_page(1)
        else:
            self._create()

    def _on_onward(self) -> None:
        number = self.stack.currentIndex()
        faulty = self.page.first_fault()
        if faulty is not None:
            faulty.setFocus()
            return
        if number == len(self.pages) - 1 or (self._with_sample and number == 1):
            self._create()
        else:
            self.show_page(number + 1)

    def _create(self) -> None:
        answers = self.answers()
        self._set_working(working=True)
        clear(self._fault)
        self._tools.dispatcher.run(
            self._tools.io,
            lambda: self._tools.create(answers),
            owner=self,
            done=self._on_created,
            failed=self._on_failed,
        )

    def _on_created(self, result: object) -> None:
        self._set_working(working=False)
        self.finished_setup.emit(result)
        self.accept()

    def _on_failed(self, error: AppError) -> None:
        self._set_working(working=False)
        panel = ErrorPanel(self._look, error)
        self._fault.addWidget(panel)
        self._fault.setContentsMargins(24, 16, 24, 0)
        announce(panel, panel.accessibleName())

    def _set_working(self, *, working: bool) -> None:
        self._is_working = working
        for button in (self.back, self.sample, self.onward):
            button.setEnabled(not working)
        self._busy.setText(self._look.text("setup.working") if working else "")

    def _may_leave(self) -> bool:
        if self._is_working:
            return False
        if not (self.company.company.text or self.company.person.text):
            return True
        return ask(self, self._look, "setup.leave")

    def reject(self) -> None:
        """Ask before what was typed is thrown away."""
        if self._may_leave():
            super().reject()
