"""The company's own servers that every diagnosis asks: a line each, a form for one more, and a trial from this PC."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.diagnostics.target_trial import Trial
from desktop.diagnostics.targets import USUAL_PORTS, CompanyTarget, TargetKind
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import Chip
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.common.toggles import CheckBox

_ICONS = {
    TargetKind.FILE: "folder-open",
    TargetKind.MAIL: "envelope",
    TargetKind.VPN: "lock",
    TargetKind.OTHER: "desktop",
}
_FAULTY = {"targets.name": "name", "targets.host": "host", "targets.port": "port"}


class TargetLine(QWidget):
    """One server with what it answered last, and the way to take it out."""

    def __init__(self, look: Look, target: CompanyTarget) -> None:
        super().__init__()
        self._look = look
        text = look.text
        where = text("setting.servers.where", host=one_line(target.host, 80), port=target.port)
        kind = text(f"target.kind.{target.kind.value}")
        code = "setting.servers.line_vpn" if target.is_behind_vpn else "setting.servers.line"
        hint = plain_label(look, text(code, kind=kind, where=where), size="meta", tone="t3", wrap=True)
        self.chip = Chip(look, "", "plain")
        self.chip.hide()
        self.remove = Button(look, text("setting.servers.remove"), kind="link")
        self.remove.setAccessibleName(text("setting.servers.remove_one", name=one_line(target.name, 60)))
        name = plain_label(look, one_line(target.name, 60), weight=MEDIUM, wrap=True)
        mark = IconLabel(look.theme, _ICONS[target.kind])
        line = row(mark, column(name, hint, spacing=1), self.chip, self.remove, spacing=12)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_trial(self, trial: Trial) -> None:
        """Show whether the server answered."""
        text = self._look.text
        if trial.is_reachable:
            self.chip.set_chip(text("setting.servers.answers", ms=round(trial.ms or 0)), "grn")
        else:
            self.chip.set_chip(text("setting.servers.silent"), "amb")
        self.chip.show()


class TargetsEditor(QWidget):
    """Shows the servers and takes one more; what is typed stays until it was saved."""

    added = Signal(object)
    """The `CompanyTarget` as typed."""
    removed = Signal(str)
    """The name of the one to be taken out."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lines: dict[tuple[str, int], TargetLine] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        text = look.text
        kinds = [(one.value, text(f"target.kind.{one.value}")) for one in TargetKind]
        self.kind = ChoiceButton(look, text("setting.servers.kind"), kinds, value=TargetKind.FILE.value)
        self.kind.chosen.connect(self._on_kind)
        self.name, self.host, self.port = QLineEdit(), QLineEdit(), QLineEdit()
        for field, code in ((self.name, "name"), (self.host, "host"), (self.port, "port")):
            field.setPlaceholderText(text(f"setting.servers.{code}"))
            field.setAccessibleName(text(f"setting.servers.{code}"))
            field.returnPressed.connect(self._on_add)
            look.theme.dress(field)
        self.port.setValidator(QIntValidator(1, 65535, self))
        self.port.setFixedWidth(look.theme.px(74))
        self.vpn = CheckBox(look, text("setting.servers.vpn"))
        self.add = Button(look, text("setting.servers.add"), icon_name="plus", clicked=self._on_add)
        fields = row(self.kind, self.name, self.host, self.port, spacing=8)
        fields.setStretch(1, 2)
        fields.setStretch(2, 3)
        self._fault = plain_label(look, "", size="meta", tone="red", wrap=True)
        self._fault.hide()
        self.setLayout(column(self._list, fields, self._fault, row(self.vpn, None, self.add), spacing=8))
        self._on_kind(self.kind.value)

    def show_targets(self, targets: Sequence[CompanyTarget]) -> None:
        """Show what is in force."""
        clear(self._list)
        self.lines = {}
        for one in targets:
            line = TargetLine(self._look, one)
            line.remove.clicked.connect(lambda _on=False, name=one.name: self.removed.emit(name))
            self.lines[one.host, one.port] = line
            self._list.addWidget(line)

    def show_trials(self, trials: Sequence[Trial]) -> None:
        """Show beside each server what it answered."""
        for one in trials:
            line = self.lines.get((one.target.host, one.target.port))
            if line is not None:
                line.show_trial(one)

    def clear_form(self) -> None:
        """Make room for another one after the last was saved."""
        for field in (self.name, self.host, self.port):
            field.clear()
        self.vpn.setChecked(False)
        self.show_error(None)
        self.name.setFocus()

    def show_error(self, error: AppError | None) -> None:
        """Say beside the field why it was not saved, and lead there."""
        words = self._look.texts.error(error) if error else None
        self._fault.setText(f"{words.what} {words.do}" if words else "")
        self._fault.setVisible(words is not None)
        faulty = _FAULTY.get(error.code, "") if error else ""
        for name, field in (("name", self.name), ("host", self.host), ("port", self.port)):
            set_tone(field, "true" if name == faulty else "false", property_name="faulty")
            field.setAccessibleDescription(words.what if words and name == faulty else "")
            if name == faulty:
                field.setFocus()

    def _on_kind(self, kind: str) -> None:
        self.port.setPlaceholderText(str(USUAL_PORTS[TargetKind(kind)]))

    def _on_add(self) -> None:
        kind = TargetKind(self.kind.value)
        port = int(self.port.text()) if self.port.text() else USUAL_PORTS[kind]
        self.added.emit(CompanyTarget(kind, self.name.text(), self.host.text(), port, self.vpn.isChecked()))
