"""E07: this is what we send, you decide. How much at all, each group and each line can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from desktop.client.facts import Choice
from desktop.client.policy import Depth
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card, SegmentedControl
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look
from desktop.ui.tray.consent_row import ConsentRow
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, heading, hint, lines_card
from desktop.ui.tray.preview import PreviewDialog
from desktop.ui.tray.sent_bytes import FILES, MESSAGE, Prepared, message_bytes, part_bytes

if TYPE_CHECKING:
    from desktop.diagnostics.lines import Line
    from desktop.domain.snapshot import Snapshot
    from desktop.ui.tray.group_dialog import GroupDialog


class ConsentPage(Page):
    """The page before sending; it cannot be left out. `kind` is what is sent: a request or a diagnosis."""

    back_wanted = Signal()
    send_wanted = Signal()
    cancel_wanted = Signal()
    choice_changed = Signal()
    """A group or a line was switched."""
    depth_changed = Signal()

    def __init__(self, look: Look, *, kind: str = "request", step: int = 4) -> None:
        super().__init__(look, step=step)
        self._kind = kind
        self._off: frozenset[str] = frozenset()
        self._left_out: frozenset[Line] = frozenset()
        self._whole: Snapshot | None = None
        self.rows: dict[str, ConsentRow] = {}
        self.prepared: Prepared | None = None
        self.dialog: GroupDialog | None = None
        self.notice = Notice(look)
        self.extra = QVBoxLayout()
        self._rows = QVBoxLayout()
        self.amount = self._depth_control()
        self._bar = QProgressBar()
        self._collecting = self._collecting_card()
        self.body.addWidget(heading(look, look.text(f"tray.consent.{kind}.heading")))
        self.body.addWidget(hint(look, look.text("tray.consent.hint")))
        self.body.addLayout(row(plain_label(look, look.text("tray.consent.depth"), weight=MEDIUM), None, self.amount))
        self.body.addWidget(self._collecting)
        self.body.addLayout(self._rows)
        self.body.addLayout(self.extra)
        self.body.addWidget(self._promise())
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.back = self.back_button()
        self.back.clicked.connect(self.back_wanted.emit)
        self.all = Button(look, look.text("tray.consent.all"), clicked=self._on_all)
        self.send = Button(look, look.text("tray.consent.send"), icon_name="paper-plane-tilt", kind="primary")
        self.send.clicked.connect(self.send_wanted.emit)
        self.set_footer(self.back, None, self.all, self.send)

    @property
    def choice(self) -> Choice:
        """Return what is let go; groups that are not on the page stay as they were chosen before."""
        shown = frozenset(self.rows)
        off = frozenset(name for name, one in self.rows.items() if not one.is_on)
        return Choice(Depth(self.amount.value), (self._off - shown) | off, self._left_out)

    def begin(self, depth: Depth, off: frozenset[str]) -> None:
        """Begin a new message with what is chosen before anybody has chosen."""
        self._off, self._left_out, self.rows = off, frozenset(), {}
        self.prepared = None
        clear(self._rows)
        self.amount.set_value(depth.value)

    def show_collecting(self, *, is_running: bool) -> None:
        """Show that facts are still being collected, with the way to go on without them."""
        if is_running and self._collecting.isHidden():
            self._bar.setRange(0, 0)
        self._collecting.setVisible(is_running)
        if is_running:
            self.set_usable(is_usable=False)

    def settle_for(self, *, has_facts: bool) -> None:
        """Put into force what is there, after collecting was stopped."""
        self.amount.set_value((Depth.BASIC if has_facts else Depth.NONE).value)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of the things that are looked at are done."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def set_usable(self, *, is_usable: bool) -> None:
        """Let the message be sent, or not yet."""
        self.send.setEnabled(is_usable)
        self.all.setEnabled(is_usable)

    def show_groups(self, *, has_facts: bool, files: int = 0, images: int = 0) -> None:
        """Build the rows: the message itself, the groups of facts where there are any, and files."""
        from desktop.diagnostics.privacy import GROUPS

        self._off = self.choice.off
        facts = GROUPS if has_facts and self.amount.value != Depth.NONE.value else ()
        wanted = [MESSAGE, *(one.id for one in facts), *([FILES] if files else [])]
        if wanted != list(self.rows):
            clear(self._rows)
            self.rows = {MESSAGE: self._row(MESSAGE, "user-circle", code=f"tray.consent.{self._kind}")}
            for one in facts:
                self.rows[one.id] = self._row(one.id, one.icon, code=f"consent.{one.id}")
            if files:
                self.rows[FILES] = self._row(
                    FILES, "image" if images == files else "paperclip", code="tray.consent.files"
                )
            self._rows.addWidget(lines_card(list(self.rows.values())))
        if files:
            self.rows[FILES].hint.setText(self.look.texts.plural("tray.consent.files", files))

    def show_prepared(self, prepared: Prepared | None, whole: Snapshot | None) -> None:
        """Take over what will be sent, and everything that could be, from which lines are chosen."""
        self.prepared, self._whole = prepared, whole
        if self.dialog is not None and prepared is not None:
            self.dialog.show_bytes(part_bytes(prepared, self.dialog.objectName()))

    def _row(self, group: str, icon_name: str, *, code: str) -> ConsentRow:
        title, words = self.look.text(f"{code}.title"), self.look.text(f"{code}.hint")
        is_on = None if group == MESSAGE else group not in self._off
        made = ConsentRow(self.look, group, icon_name=icon_name, title=title, words=words, is_on=is_on)
        made.look_wanted.connect(self._on_look)
        if made.switch is not None:
            made.switch.toggled.connect(self._on_toggled)
        return made

    def _depth_control(self) -> SegmentedControl:
        text = self.look.text
        choices = [(one.value, text(f"tray.consent.depth.{one.value}"), "") for one in Depth]
        control = SegmentedControl(self.look, text("tray.consent.depth"), choices)
        for one in Depth:
            control.button(one.value).setToolTip(text(f"tray.consent.depth.{one.value}.hint"))
            control.button(one.value).setAccessibleDescription(text(f"tray.consent.depth.{one.value}.hint"))
        control.chosen.connect(self._on_amount)
        return control

    def _promise(self) -> Card:
        look, text = self.look, self.look.text
        words = column(
            plain_label(look, text("tray.consent.never"), wrap=True),
            plain_label(look, text("tray.consent.sealed"), size="meta", tone="t3", wrap=True),
            spacing=2,
        )
        mark = column(IconLabel(look.theme, "shield-check", "grn", size=20), None)
        line = row(mark, words, spacing=10, margins=(14, 10, 14, 10))
        line.setStretch(1, 1)
        return Card(line)

    def _collecting_card(self) -> Card:
        look, text = self.look, self.look.text
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("tray.consent.collecting"))
        cancel = Button(look, text("tray.consent.without"), small=True, clicked=self.cancel_wanted.emit)
        words = plain_label(look, text("tray.consent.collecting"), weight=BOLD, wrap=True)
        top = row(words, cancel, spacing=12)
        top.setStretch(0, 1)
        card = Card(column(top, self._bar, spacing=8, margins=(14, 10, 14, 12)))
        card.setMinimumSize(QSize(0, 40))
        card.hide()
        return card

    def _on_amount(self, _value: str) -> None:
        self.depth_changed.emit()

    def _on_toggled(self, _is_on: bool) -> None:
        self.choice_changed.emit()

    def _on_look(self, group: str) -> None:
        if self.prepared is None:
            return
        title = self.rows[group].view.accessibleName()
        if group in (MESSAGE, FILES):
            PreviewDialog(self.look, title, part_bytes(self.prepared, group), self).open()
        elif self._whole is not None:
            self._open_group(group, title, self._whole, self.prepared)

    def _open_group(self, group: str, title: str, whole: Snapshot, prepared: Prepared) -> None:
        from desktop.diagnostics.lines import headings
        from desktop.diagnostics.privacy import GROUPS
        from desktop.ui.tray.group_dialog import GroupDialog

        probes = next(one.probes for one in GROUPS if one.id == group)
        found = tuple(headings(whole, probes, self.look.texts))
        mine = frozenset(one for one in self._left_out if one.probe in probes)
        is_off = not self.rows[group].is_on
        self.dialog = GroupDialog(self.look, title, found, mine, is_off=is_off, parent=self)
        self.dialog.setObjectName(group)
        self.dialog.show_bytes(part_bytes(prepared, group))
        self.dialog.toggled.connect(self._on_line)
        self.dialog.finished.connect(self._on_dialog_closed)
        self.dialog.open()

    def _on_line(self, line: Line, is_sent: bool) -> None:
        self._left_out = self._left_out - {line} if is_sent else self._left_out | {line}
        self.choice_changed.emit()

    def _on_dialog_closed(self, _code: int) -> None:
        self.dialog = None

    def _on_all(self) -> None:
        if self.prepared is not None:
            title = self.look.text("tray.consent.all_title")
            PreviewDialog(self.look, title, message_bytes(self.prepared), self).open()
