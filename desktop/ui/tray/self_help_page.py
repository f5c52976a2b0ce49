"""E05: self-help. Looks at the PC first, then plays the guide; the way to a person is on every page."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard import engine
from desktop.domain.wizard.definition import Audience, Outcome, Result, Wizard
from desktop.domain.wizard.run import from_document
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.buttons import Button
from desktop.ui.common.labels import plain_label
from desktop.ui.tray.parts import STEPS, Page, heading
from desktop.ui.tray.tools import Tools
from desktop.ui.tray.wizard_tools import make_wizard_tools
from desktop.ui.wizard.player import WizardPlayer

_CHAPTER = 2  # self-help is the second page of a request, however many steps the guide has
_PLATFORMS = {"win32": "windows", "darwin": "macos"}


class SelfHelpPage(QWidget):
    """First the short look at the PC, then the guide."""

    solved = Signal(object)
    """The run's document: the problem is gone, no request is needed."""
    help_wanted = Signal(object)
    """The run's document: a person shall go on."""
    left = Signal()
    changed = Signal(object)
    skip_wanted = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._wizards: Mapping[str, Wizard] = {}
        self.player: WizardPlayer | None = None
        self.waiting = self._waiting_page()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.waiting)
        self._phone = ""

    def wait(self, wizard: Wizard) -> None:
        """Show that the PC is being looked at for this guide."""
        self._drop_player()
        self._title.setText(wizard.title.say(self._tools.look.texts.language))
        self._stack.setCurrentWidget(self.waiting)

    def play(
        self, wizards: Mapping[str, Wizard], wizard: str, snapshot: Snapshot | None, run: Mapping[str, Any]
    ) -> None:
        """Start a guide, or go on with the run that was saved if the guide is still the same."""
        self._drop_player()
        scene = Scene(wizards, snapshot, _PLATFORMS.get(sys.platform, "linux"))
        state = self._resumed(scene, run) if run else None
        if state is None:
            clock = self._tools.client.clock
            state = engine.start(scene, wizard, run_id=new_id(clock), audience=Audience.EMPLOYEE, at=clock())
        player = WizardPlayer(
            self._tools.look,
            scene,
            state,
            make_wizard_tools(self._tools, self),
            help_phone=self._phone,
            chapter=(_CHAPTER, STEPS),
        )
        player.finished.connect(self._on_finished)
        player.help_wanted.connect(lambda: self.help_wanted.emit(player.session.document()))
        player.left.connect(self.left.emit)
        player.changed.connect(self.changed.emit)
        self.player = player
        self._stack.addWidget(player)
        self._stack.setCurrentWidget(player)
        player.focus_start()
        self.changed.emit(player.session.document())

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self._phone = phone
        self.waiting.set_phone(phone)

    def focus_first(self) -> None:
        """Begin at the heading of the step."""
        if self.player is not None:
            self.player.focus_start()

    def _resumed(self, scene: Scene, run: Mapping[str, Any]) -> Any:
        clock = self._tools.client.clock
        try:
            return engine.resume(scene, from_document(run), audience=Audience.EMPLOYEE, at=clock())
        except AppError:
            return None  # the guide was changed since: begin it anew

    def _waiting_page(self) -> Page:
        look = self._tools.look
        page = Page(look, step=_CHAPTER)
        self._title = plain_label(look, "", tone="t2", wrap=True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(look.text("tray.looking.heading"))
        page.body.addWidget(self._title)
        page.body.addWidget(heading(look, look.text("tray.looking.heading")))
        page.body.addWidget(plain_label(look, look.text("tray.looking.hint"), size="reading", tone="t2", wrap=True))
        page.body.addSpacing(8)
        page.body.addWidget(bar)
        page.body.addStretch(1)
        back = page.back_button()
        back.clicked.connect(self.left.emit)
        skip = Button(look, look.text("tray.looking.skip"), clicked=self.skip_wanted.emit)
        page.set_footer(back, None, skip)
        return page

    def _drop_player(self) -> None:
        if self.player is not None:
            self._stack.removeWidget(self.player)
            self.player.deleteLater()
            self.player = None

    def _on_finished(self, outcome: Outcome) -> None:
        if self.player is None:
            return
        document = self.player.session.document()
        if outcome.result in (Result.RESOLVED, Result.INFO):
            self.solved.emit(document)
        else:
            self.help_wanted.emit(document)
