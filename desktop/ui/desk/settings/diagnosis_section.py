"""The section of the settings about diagnoses: whom they ask and how much a request offers; told to every PC."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.base.changes import Done
from desktop.base.errors import AppError
from desktop.diagnostics.target_trial import Trial, try_targets
from desktop.diagnostics.targets import CompanyTarget, Targets
from desktop.system.programs import collector_command
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import row
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.settings.entry import Entry
from desktop.ui.desk.settings.saving import Act, TakeBack, save
from desktop.ui.desk.settings.targets_editor import TargetsEditor

if TYPE_CHECKING:
    from desktop.services.diagnosis_policy import DiagnosisPolicy
    from desktop.services.work import Work

SECTION = "diagnosis"
LEVELS = ("full", "basic", "none")


class DiagnosisSection(QObject):
    """Makes the lines of the section; each change is saved at once and can be taken back."""

    changed = Signal(str, object)
    """A setting's title and what takes the change back."""

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._targets: Targets | None = None
        look, text = context.look, context.look.text
        self.third, self.portal = Switch(look, ""), Switch(look, "")
        self.third.clicked.connect(self._on_third)
        self.portal.clicked.connect(self._on_portal)
        choices = [(one, text(f"target.level.{one}")) for one in LEVELS]
        self.level = ChoiceButton(look, text("setting.offered.title"), choices)
        self.level.setMinimumWidth(look.theme.px(150))
        self.level.chosen.connect(self._on_level)
        self.wifi, self.names = QLineEdit(), QLineEdit()
        for field, act in ((self.wifi, self._on_wifi), (self.names, self._on_names)):
            field.setFixedWidth(look.theme.px(220))
            look.theme.dress(field)
            field.editingFinished.connect(act)
        self.forget = Button(look, text("setting.wifi.forget"), kind="link", clicked=self._on_forget)
        forgetting = QWidget()
        forgetting.setLayout(row(None, self.forget, spacing=0))
        self.forget.hide()
        self.editor = TargetsEditor(look)
        self.editor.added.connect(self._on_added)
        self.editor.removed.connect(self._on_removed)
        self.test = Button(look, text("setting.servers.test"), icon_name="arrows-clockwise", clicked=self._on_test)
        self.entries = {
            "third_parties": Entry(look, SECTION, "third_parties", self.third),
            "portal": Entry(look, SECTION, "portal", self.portal),
            "offered": Entry(look, SECTION, "offered", self.level),
            "wifi": Entry(look, SECTION, "wifi", self.wifi, below=forgetting),
            "names": Entry(look, SECTION, "names", self.names),
            "servers": Entry(look, SECTION, "servers", self.test, below=self.editor),
        }
        self.reload()

    def reload(self) -> None:
        """Show what is in force."""
        self._context.read(_read, owner=self, done=self._on_policy)

    def _on_policy(self, policy: DiagnosisPolicy) -> None:
        before, self._targets = self._targets, policy.targets
        self.third.setChecked(policy.targets.asks_third_parties)
        self.portal.setChecked(policy.targets.asks_portal)
        self.portal.setEnabled(policy.targets.asks_third_parties)
        self.level.set_value(policy.level)
        known = len(policy.targets.wifi_marks)
        texts = self._context.look.texts
        self.wifi.setPlaceholderText(
            texts.plural("setting.wifi.known", known) if known else texts.text("setting.wifi.none")
        )
        self.forget.setVisible(bool(known))
        if not self.names.isModified():
            self.names.setText("; ".join(policy.targets.company_names))
        if before is None or before.company != policy.targets.company:
            self.editor.show_targets(policy.targets.company)
        self.test.setEnabled(bool(policy.targets.company))

    def _on_wifi(self) -> None:
        names = _names(self.wifi)
        if names:
            self.wifi.clear()  # it is kept as a hash only, and shown nowhere again
            self._do("wifi", _wifi(names))

    def _on_forget(self) -> None:
        self.wifi.setFocus()  # the button that was pressed goes away
        self._do("wifi", _wifi(()))

    def _on_names(self) -> None:
        names = _names(self.names)
        if self._targets is not None and names != self._targets.company_names:
            self._do("names", _resolving(names), saved=lambda: self.names.setModified(_names(self.names) != names))
        else:
            self.names.setModified(False)
            self.entries["names"].set_error("")

    def _on_third(self) -> None:
        self._do("third_parties", _switching(asks_third_parties=self.third.isChecked()))

    def _on_portal(self) -> None:
        self._do("portal", _switching(asks_portal=self.portal.isChecked()))

    def _on_level(self, level: str) -> None:
        self._do("offered", _level(level))

    def _on_removed(self, name: str) -> None:
        self._do("servers", _removing(name))

    def _on_added(self, target: CompanyTarget) -> None:
        self._do("servers", _adding(target), failed=self.editor.show_error, saved=self.editor.clear_form)

    def _on_test(self) -> None:
        targets = self._targets
        if targets is None:
            return
        self.test.setEnabled(False)
        self.entries["servers"].set_error("")
        self._context.run_io(
            lambda: try_targets(collector_command(), targets),
            owner=self,
            done=self._on_tested,
            failed=self._on_untested,
        )

    def _on_tested(self, trials: tuple[Trial, ...]) -> None:
        self.test.setEnabled(True)
        self.editor.show_trials(trials)
        silent = sum(not one.is_reachable for one in trials)
        announce(self.editor, self._context.look.texts.plural("setting.servers.tested", silent))

    def _on_untested(self, error: AppError) -> None:
        self.test.setEnabled(True)
        self._say_failed("servers", error)

    def _do(
        self,
        key: str,
        act: Act,
        *,
        failed: Callable[[AppError], None] | None = None,
        saved: Callable[[], None] | None = None,
    ) -> None:
        entry = self.entries[key]

        def on_saved(take_back: TakeBack | None) -> None:
            entry.set_error("")
            if saved is not None:
                saved()
            if take_back is not None:
                self.changed.emit(entry.title, take_back)

        def on_failed(error: AppError) -> None:
            if failed is not None:
                failed(error)
            else:
                self._say_failed(key, error)
            self.reload()

        save(self._context, act, owner=self, saved=on_saved, failed=on_failed)

    def _say_failed(self, key: str, error: AppError) -> None:
        said = self._context.look.texts.error(error)
        self.entries[key].set_error(f"{said.what} {said.do}")


def _names(field: QLineEdit) -> tuple[str, ...]:
    """Return the names that were typed, separated by semicolons."""
    return tuple(one.strip() for one in field.text().split(";") if one.strip())


def _read(work: Work) -> DiagnosisPolicy:
    from desktop.services.diagnosis_policy import read_diagnosis_policy  # loads SQLAlchemy

    return read_diagnosis_policy(work)


def _switching(*, asks_third_parties: bool | None = None, asks_portal: bool | None = None) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.diagnosis_policy import set_switches  # loads SQLAlchemy

        return set_switches(work, asks_third_parties=asks_third_parties, asks_portal=asks_portal)

    return act


def _level(level: str) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.diagnosis_policy import set_level  # loads SQLAlchemy

        return set_level(work, level)

    return act


def _wifi(names: tuple[str, ...]) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.diagnosis_policy import set_wifi  # loads SQLAlchemy

        return set_wifi(work, names)

    return act


def _resolving(names: tuple[str, ...]) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.diagnosis_policy import set_names  # loads SQLAlchemy

        return set_names(work, names)

    return act


def _adding(target: CompanyTarget) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.diagnosis_policy import add_target  # loads SQLAlchemy

        return add_target(work, target)

    return act


def _removing(name: str) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.diagnosis_policy import remove_target  # loads SQLAlchemy

        return remove_target(work, name)

    return act
