"""The few settings of Hilfe; each is saved at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.base.settings import Settings, Value
from desktop.system.autostart import Autostart, own_command
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.theme import TEXT_SIZES
from desktop.ui.common.toggles import Switch
from desktop.ui.tray.closing import close_by_escape
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, heading, lines_card
from desktop.ui.tray.tools import Tools


class SettingsWindow(QWidget):
    """Language, look, start with the session, and what notifications may say."""

    look_changed = Signal()

    def __init__(self, tools: Tools, settings: Settings, autostart: Autostart) -> None:
        super().__init__()
        self._tools, self._settings, self._autostart = tools, settings, autostart
        look, text = tools.look, tools.look.text
        self.setWindowTitle(text("tray.settings"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.resize(520, 560)
        page = Page(look)
        self.notice = Notice(look)
        rows = self._controls(settings)
        page.body.addWidget(heading(look, text("tray.settings")))
        page.body.addSpacing(6)
        page.body.addWidget(lines_card(rows))
        page.body.addWidget(self.notice)
        page.body.addSpacing(10)
        page.body.addWidget(plain_label(look, text("tray.privacy.title"), weight=BOLD))
        page.body.addWidget(plain_label(look, text("tray.privacy.text"), tone="t2", wrap=True, selectable=True))
        page.body.addStretch(1)
        page.set_footer(None, Button(look, text("tray.close"), kind="primary", clicked=self.close))
        self.page = page
        self.setLayout(column(page, spacing=0))
        close_by_escape(self)

    def _controls(self, settings: Settings) -> tuple[QWidget, ...]:
        text = self._tools.look.text
        self.starts = self._switch(
            "setting.hilfe_autostart.title", is_on=self._autostart.is_on(), act=self._on_autostart
        )
        self.shows = self._switch(
            "setting.hilfe_shows_text.title",
            is_on=settings.is_on("hilfe_shows_text"),
            act=lambda is_on: self._save("hilfe_shows_text", is_on),
        )
        self.counts = self._switch(
            "setting.hilfe_counts_solved.title",
            is_on=settings.is_on("hilfe_counts_solved"),
            act=lambda is_on: self._save("hilfe_counts_solved", is_on),
        )
        languages = [(one, text(f"tray.language.{one or 'system'}")) for one in ("", "de", "en")]
        schemes = [(one, text(f"tray.scheme.{one}")) for one in ("system", "light", "dark")]
        sizes = [(str(one), text("number.percent", value=one)) for one in TEXT_SIZES]
        self.language = self._choice("language", languages, settings.text("hilfe_language"))
        self.scheme = self._choice("scheme", schemes, settings.text("hilfe_scheme"))
        self.text_size = self._choice("text_size", sizes, str(settings.number("hilfe_text_size")))
        return (
            self._row("language", self.language),
            self._row("scheme", self.scheme),
            self._row("text_size", self.text_size),
            self._row("autostart", self.starts),
            self._row("shows_text", self.shows),
            self._row("counts_solved", self.counts),
        )

    def set_phone(self, phone: str) -> None:
        """Show the number of the IT."""
        self.page.set_phone(phone)

    def _row(self, name: str, control: QWidget) -> QWidget:
        look, text = self._tools.look, self._tools.look.text
        title, words = text(f"setting.hilfe_{name}.title"), text(f"setting.hilfe_{name}.hint")
        control.setAccessibleDescription(words)
        label = plain_label(look, title, weight=MEDIUM, wrap=True)
        label.setBuddy(control)
        lines = column(label, plain_label(look, words, size="meta", tone="t3", wrap=True), spacing=1)
        line = row(lines, control, spacing=12, margins=(14, 10, 14, 10))
        line.setStretch(0, 1)
        box = QWidget()
        box.setLayout(line)
        return box

    def _choice(self, name: str, choices: list[tuple[str, str]], value: str) -> ChoiceButton:
        title = self._tools.look.text(f"setting.hilfe_{name}.title")
        button = ChoiceButton(self._tools.look, title, choices, value=value, small=True)
        button.chosen.connect(partial(self._on_choice, name))
        return button

    def _switch(self, code: str, *, is_on: bool, act: Callable[[bool], None]) -> Switch:
        switch = Switch(self._tools.look, "", checked=is_on)
        switch.setAccessibleName(self._tools.look.text(code))
        switch.toggled.connect(act)
        return switch

    def _on_choice(self, name: str, chosen: str) -> None:
        self._save(f"hilfe_{name}", int(chosen) if name == "text_size" else chosen)
        self.look_changed.emit()
        if name == "language":
            self.notice.say(self._tools.look.text("tray.settings.language_later"))

    def _save(self, key: str, value: Value) -> None:
        try:
            self._settings.set(key, value)
        except OSError as error:
            self._say_unwritable(error)

    def _on_autostart(self, is_on: bool) -> None:  # a switch hands over its state by position
        try:
            self._autostart.turn_on(own_command()) if is_on else self._autostart.turn_off()
        except OSError as error:
            self._say_unwritable(error)

    def _say_unwritable(self, error: OSError) -> None:
        """Say that a setting was not kept, and show the ones that are in force."""
        self.notice.show_error(AppError("hilfe.settings_unwritable", detail=str(error)))
        in_force = (
            (self.starts, self._autostart.is_on()),
            (self.shows, self._settings.is_on("hilfe_shows_text")),
            (self.counts, self._settings.is_on("hilfe_counts_solved")),
        )
        for switch, is_on in in_force:
            switch.blockSignals(True)
            switch.setChecked(is_on)
            switch.blockSignals(False)
            switch.update()
