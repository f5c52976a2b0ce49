"""E07: this is what we send, you decide. Each group can be looked at and left out; nothing else travels."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.client.requests import PreparedRequest
from desktop.domain.payloads import to_document
from desktop.exchange.strict_json import canonical
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import Switch
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, heading, hint, lines_card
from desktop.ui.tray.preview import PreviewDialog

ALWAYS, FILES = "request", "files"


def request_bytes(prepared: PreparedRequest) -> bytes:
    """Return the canonical bytes of the whole request, which are the bytes of the sealed message's payload."""
    return canonical(to_document(prepared.payload))


def part_bytes(prepared: PreparedRequest, group: str) -> bytes:
    """Return the bytes of one group as they stand inside the whole: the request itself, its files, or facts."""
    document = to_document(prepared.payload)
    if group == FILES:
        return canonical({"attachments": document["attachments"]})
    if group == ALWAYS:
        return canonical({key: value for key, value in document.items() if key not in ("snapshot", "attachments")})
    return canonical(_facts_of(document["snapshot"] or {"probes": {}, "findings": []}, group))


def _facts_of(snapshot: dict[str, Any], group: str) -> dict[str, Any]:
    """Return the facts of a group, and the findings that rest on them."""
    from desktop.diagnostics.privacy import GROUPS
    from desktop.diagnostics.rules import load_rules

    probes = next(one.probes for one in GROUPS if one.id == group)
    resting = {one.id for one in load_rules() if one.rests_on & set(probes)}
    return {
        "probes": {name: snapshot["probes"][name] for name in probes if name in snapshot["probes"]},
        "findings": [one for one in snapshot["findings"] if one["id"] in resting],
    }


class ConsentRow(QWidget):
    """One group: what it is, a way to look at it, and a switch where it can be left out."""

    look_wanted = Signal(str)

    def __init__(self, look: Look, group: str, *, icon_name: str, title: str, words: str, is_on: bool | None) -> None:
        super().__init__()
        self.group = group
        self.hint = plain_label(look, words, size="meta", tone="t3", wrap=True)
        view = Button(look, look.text("tray.consent.look"), kind="link")
        view.setAccessibleName(look.text("tray.consent.look_at", group=title))
        view.clicked.connect(lambda: self.look_wanted.emit(self.group))
        self.view = view
        self.switch: Switch | None = None
        words_column = column(plain_label(look, title, weight=MEDIUM, wrap=True), self.hint, spacing=1)
        items: list[QWidget] = [view]
        if is_on is None:
            items.append(plain_label(look, look.text("tray.consent.always"), size="meta", tone="t2"))
        else:
            self.switch = Switch(look, "", checked=is_on)
            self.switch.setAccessibleName(title)
            self.switch.setAccessibleDescription(words)
            items.append(self.switch)
        line = row(IconLabel(look.theme, icon_name), words_column, *items, spacing=12, margins=(14, 8, 14, 8))
        line.setStretch(1, 1)
        self.setLayout(line)

    @property
    def is_on(self) -> bool:
        """Tell whether this group is sent."""
        return self.switch is None or self.switch.isChecked()


class ConsentPage(Page):
    """The page before sending; it cannot be left out."""

    back_wanted = Signal()
    send_wanted = Signal()
    cancel_wanted = Signal()
    choice_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, step=4)
        self.rows: dict[str, ConsentRow] = {}
        self.prepared: PreparedRequest | None = None
        self.notice = Notice(look)
        self._rows = QVBoxLayout()
        self._collecting = self._collecting_card()
        self.body.addWidget(heading(look, look.text("tray.consent.heading")))
        self.body.addWidget(hint(look, look.text("tray.consent.hint")))
        self.body.addWidget(self._collecting)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._promise())
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        back = self.back_button()
        back.clicked.connect(self.back_wanted.emit)
        self.all = Button(look, look.text("tray.consent.all"), clicked=self._on_all)
        self.send = Button(look, look.text("tray.consent.send"), icon_name="paper-plane-tilt", kind="primary")
        self.send.clicked.connect(self.send_wanted.emit)
        self.set_footer(back, None, self.all, self.send)

    def show_collecting(self, *, is_running: bool) -> None:
        """Show that facts are still being collected, with the way to go on without them."""
        self._collecting.setVisible(is_running)
        self.set_usable(is_usable=not is_running)

    def set_usable(self, *, is_usable: bool) -> None:
        """Let the request be sent, or not yet."""
        self.send.setEnabled(is_usable)
        self.all.setEnabled(is_usable)

    def show_groups(self, *, has_facts: bool, files: int, images: int, off: frozenset[str]) -> None:
        """Build the rows: the request itself, the groups of facts where there are any, and files."""
        clear(self._rows)
        self.rows = {ALWAYS: self._row(ALWAYS, "user-circle", None)}
        if has_facts:
            from desktop.diagnostics.privacy import GROUPS

            for one in GROUPS:
                self.rows[one.id] = self._group_row(one.id, one.icon, is_on=one.id not in off)
        if files:
            self.rows[FILES] = self._row(FILES, "image" if images == files else "paperclip", FILES not in off)
            self.rows[FILES].hint.setText(self.look.texts.plural("tray.consent.files", files))
        for one in self.rows.values():
            one.look_wanted.connect(self._on_look)
            if one.switch is not None:
                one.switch.toggled.connect(self._on_toggled)
        self._rows.addWidget(lines_card(list(self.rows.values())))

    def off(self) -> frozenset[str]:
        """Return the groups that were switched off."""
        return frozenset(name for name, one in self.rows.items() if not one.is_on)

    def _group_row(self, group: str, icon_name: str, *, is_on: bool) -> ConsentRow:
        text = self.look.text
        words = text(f"consent.{group}.hint")
        return ConsentRow(
            self.look, group, icon_name=icon_name, title=text(f"consent.{group}.title"), words=words, is_on=is_on
        )

    def _row(self, group: str, icon_name: str, is_on: bool | None) -> ConsentRow:
        text = self.look.text
        title, words = text(f"tray.consent.{group}.title"), text(f"tray.consent.{group}.hint")
        return ConsentRow(self.look, group, icon_name=icon_name, title=title, words=words, is_on=is_on)

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
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(text("tray.consent.collecting"))
        cancel = Button(look, text("tray.consent.without"), small=True, clicked=self.cancel_wanted.emit)
        words = plain_label(look, text("tray.consent.collecting"), weight=BOLD, wrap=True)
        top = row(words, cancel, spacing=12)
        top.setStretch(0, 1)
        card = Card(column(top, bar, spacing=8, margins=(14, 10, 14, 12)))
        card.setMinimumSize(QSize(0, 40))
        card.hide()
        return card

    def _on_toggled(self, _is_on: bool) -> None:
        self.choice_changed.emit()

    def _on_look(self, group: str) -> None:
        if self.prepared is not None:
            title = self.rows[group].view.accessibleName()
            PreviewDialog(self.look, title, part_bytes(self.prepared, group), self).open()

    def _on_all(self) -> None:
        if self.prepared is not None:
            title = self.look.text("tray.consent.all_title")
            PreviewDialog(self.look, title, request_bytes(self.prepared), self).open()
