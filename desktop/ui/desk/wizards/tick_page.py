"""A list of ticks on one page: sections and progress on the left, the items to confirm in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QLayout, QScrollArea, QWidget

from desktop.domain.wizard.ticks import ListOnTicket, TickList, TickState
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner, SegmentedControl
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.reason_dialog import ReasonDialog
from desktop.ui.desk.wizards.tick_row import TickRow
from desktop.ui.desk.wizards.tick_side import SectionCount, TickSide
from desktop.ui.desk.wizards.tick_words import count, heading, remaining, spoken

_READING = 760  # pixels: the widest row whose marks are still near their words
_ALL, _OPEN = "all", "open"


class TickPage(QWidget):
    """Shows a list; every press is a wish that comes back through `show_list` once it is saved."""

    wanted = Signal(str, object, str)
    """An item, the `TickState` it shall have, and why it is not needed."""
    noted = Signal(str, str)
    """An item and the note beside it."""
    reply_wanted = Signal(str)
    """A phone sentence shall become an answer to the employee."""
    remove_wanted = Signal(str)
    """The list shall go, and why."""
    left = Signal()
    put_away = Signal()
    """Another page is shown instead, by whatever way, or the window closed; what stood here is kept."""

    def __init__(self, look: Look, shown: ListOnTicket) -> None:
        super().__init__()
        self._look, self._shown = look, shown
        self.rows: dict[str, TickRow] = {}
        self._headings: list[tuple[QLabel, tuple[str, ...]]] = []
        self.side = TickSide(look, shown.number, left=self.left.emit)
        self.side.wanted.connect(self._go_to)
        self._build()
        self._fill(shown.ticks)
        self.show_list(shown)

    @property
    def ticks(self) -> TickList:
        """Return the list as it is shown."""
        return self._shown.ticks

    def focus_start(self) -> None:
        """Give the keyboard to the first item that is open, and say where one is."""
        first = next((one for one in self.rows.values() if one.state is TickState.OPEN), None)
        if first is not None:
            first.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.rows:
            next(iter(self.rows.values())).box.setFocus(Qt.FocusReason.OtherFocusReason)
        title = one_line(self.ticks.title.say(self._look.texts.language), 200)
        announce(self, self._look.text("ticks.section", title=title, count=count(self._look, self.ticks)))

    def show_list(self, shown: ListOnTicket) -> None:
        """Draw what was saved; whoever is in the middle of something stays there."""
        before, self._shown = self._shown, shown
        for one in self.rows.values():
            one.show_item(shown.ticks, can_change=shown.can_change)
        self.side.show_list(shown.ticks, self._sections(), can_change=shown.can_change)
        self._show_banner()
        self.remove.setVisible(shown.can_change)
        self._apply_filter()
        self._tell(before.ticks)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being typed when another page comes or the window closes; a minimised window changes nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            for one in self.rows.values():
                one.keep_note()
            self.put_away.emit()

    def _build(self) -> None:
        self._area = self._build_area()
        parts = column(
            pane(self._build_head(), ground="surface", edge="bottom"),
            self._area,
            pane(self._build_foot(), ground="surface2", edge="top"),
            spacing=0,
        )
        parts.setStretch(1, 1)
        layout = row(self.side, parts, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _build_head(self) -> QLayout:
        look = self._look
        choices = ((_ALL, look.text("ticks.filter.all"), ""), (_OPEN, look.text("ticks.filter.open"), ""))
        self.filter = SegmentedControl(look, look.text("ticks.filter"), choices, value=_ALL)
        self.filter.chosen.connect(self._on_filter)
        self._only_open = self._is_unfolded = False
        self._unfold = Button(look, look.text("ticks.unfold_all"), kind="flat", small=True, clicked=self._on_unfold)
        return row(self.filter, None, self._unfold, spacing=8, margins=(40, 10, 40, 10))

    def _build_area(self) -> QScrollArea:
        look = self._look
        self._banner = Banner(look, "", tone="grn")
        self._over = Banner(look, look.text("ticks.over"), tone="acc")
        self._none = plain_label(look, look.text("ticks.none_open"), size="reading", tone="t2", wrap=True)
        self._lines = column(spacing=8)
        content = QWidget()
        content.setProperty("ground", "surface")
        content.setMaximumWidth(look.theme.px(_READING) + 80)
        parts = (self._over, self._banner, self._none, self._lines, None)
        content.setLayout(column(*parts, spacing=12, margins=(40, 18, 40, 24)))
        line = row(content, None, spacing=0)
        line.setStretch(0, 1000)  # all the room up to its widest
        return scrolling(pane(line, ground="surface"), keeps_width=True)

    def _build_foot(self) -> QLayout:
        look = self._look
        remove = look.text("ticks.remove")
        self.remove = Button(look, remove, icon_name="trash", kind="flat", clicked=self._on_remove)
        to_ticket = look.text("wizard.to_ticket", number=self._shown.number)
        back = Button(look, to_ticket, kind="primary", clicked=self.left.emit)
        return row(self.remove, None, back, spacing=8, margins=(24, 12, 20, 12))

    def _fill(self, ticks: TickList) -> None:
        """Build the rows; the items of a list never change while it is on its ticket."""
        look = self._look
        clear(self._lines)
        for title, items in _sections_of(look, ticks):
            label = plain_label(look, title, size="pane", weight=BOLD, wrap=True)
            label.setContentsMargins(0, 10 if self.rows else 0, 0, 0)
            label.setHidden(not title)
            self._headings.append((label, tuple(items)))
            self._lines.addWidget(label)
            for item in items:
                self._add_row(ticks, item)
        show_all(self._lines)

    def _add_row(self, ticks: TickList, item: str) -> None:
        one = TickRow(self._look, ticks.item(item))
        one.wanted.connect(self._on_wanted)
        one.noted.connect(self.noted)
        one.reply_wanted.connect(self.reply_wanted)
        one.moved.connect(self._on_moved)
        self.rows[item] = one
        self._lines.addWidget(one)

    def _sections(self) -> list[SectionCount]:
        found: list[SectionCount] = []
        for label, items in self._headings:
            done = sum(self.rows[one].state is not TickState.OPEN for one in items)
            found.append(SectionCount(items[0], label.text(), done, len(items)))
        return found

    def _show_banner(self) -> None:
        is_done, can_change = not self._missing(), self._shown.can_change
        if is_done:
            text = self._look.text("ticks.done_hint") if self.ticks.is_mandatory and can_change else ""
            self._banner.set_text(remaining(self._look, self.ticks), text)
        self._banner.setVisible(is_done)
        self._over.setVisible(not can_change)

    def _missing(self) -> bool:
        return any(one.item.is_required and one.state is TickState.OPEN for one in self.rows.values())

    def _tell(self, before: TickList) -> None:
        """Say to screen readers what has just changed."""
        new = self.ticks.log[len(before.log) :]
        if new:
            said = spoken(self._look, self.ticks, self.ticks.item(new[-1].item))
            announce(self, self._look.text("ticks.section", title=said, count=count(self._look, self.ticks)))

    def _apply_filter(self) -> None:
        focused = self.window().focusWidget()
        inside = (name for name, one in self.rows.items() if focused and one.isAncestorOf(focused))
        was_in = next(inside, "")
        for one in self.rows.values():
            one.setVisible(self._is_shown(one))
        for label, items in self._headings:
            label.setVisible(bool(label.text()) and any(self._is_shown(self.rows[one]) for one in items))
        self._none.setVisible(not any(self._is_shown(one) for one in self.rows.values()))
        if was_in and not self._is_shown(self.rows[was_in]):
            self._on_moved(was_in, 1)

    def _is_shown(self, one: TickRow) -> bool:
        return not self._only_open or one.state is TickState.OPEN

    def _on_filter(self, value: str) -> None:
        self._only_open = value == _OPEN
        self._apply_filter()

    def _on_unfold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        for one in self.rows.values():
            one.fold(not self._is_unfolded)
        self._unfold.set_text(self._look.text("ticks.fold_all" if self._is_unfolded else "ticks.unfold_all"))

    def _on_moved(self, item: str, steps: int) -> None:
        """Go on to the item so many places below that is shown, or to the last one there is."""
        names = list(self.rows)
        at = names.index(item)
        ahead = names[at + 1 :] if steps > 0 else names[:at][::-1]
        shown = [one for one in ahead if self._is_shown(self.rows[one])]
        back = [one for one in names if self._is_shown(self.rows[one])]
        if shown:
            self._go_to(shown[min(abs(steps), len(shown)) - 1])
        elif back and not self._is_shown(self.rows[item]):
            self._go_to(back[-1])

    def _go_to(self, item: str) -> None:
        one = self.rows[item]
        if not self._is_shown(one):
            return
        one.box.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(one, 0, self._look.theme.px(60))

    def _on_remove(self) -> None:
        """Ask why a list goes that would have had to be done; any other goes at once."""
        if not self.ticks.blocks:
            self.remove_wanted.emit("")
            return
        dialog = ReasonDialog(self._look, "ticks.remove", self, title=self.ticks.title.say(self._look.texts.language))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.remove_wanted.emit(dialog.reason))
        dialog.open()

    def _on_wanted(self, item: str, state: TickState) -> None:
        if state is not TickState.NOT_NEEDED:
            self.wanted.emit(item, state, "")
            return
        name = heading(self._look, self.ticks.item(item))
        dialog = ReasonDialog(self._look, "ticks.leave_out", self, item=name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.wanted.emit(item, state, dialog.reason))
        dialog.open()


def _sections_of(look: Look, ticks: TickList) -> list[tuple[str, list[str]]]:
    """Return the items by section; a section begins with the item that names it."""
    found: list[tuple[str, list[str]]] = []
    for item in ticks.items:
        if not found or not item.section.is_empty:
            found.append((one_line(item.section.say(look.texts.language), 200), []))
        found[-1][1].append(item.id)
    return found
