"""How the picked step looks to an employee or to a technician, as it stands at this moment."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.wizard.definition import Audience, Jump, Step, Wizard, is_human
from desktop.domain.wizard.run import RunState
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.controls import Banner, Card, SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.editor.names import item_name
from desktop.ui.desk.editor.session import HEAD, EditorSession
from desktop.ui.desk.editor.wiring import on_text
from desktop.ui.desk.wizards.step_view import StepView
from desktop.ui.wizard.player import WizardPlayer
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.tools import WizardTools
from desktop.ui.wizard.words import say

_AT = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)  # nothing of the preview shows a time
_LONGEST = 400  # characters of a text: nothing longer is in force anywhere
_BESIDE, _BARS = 48, 24  # logical pixels beside a page, with the bar of a long one, and of the progress above it
WIDTH = 368  # logical pixels, as in the drawing


class PreviewPane(QFrame):
    """Drawn anew when the draft was judged or another step is picked; it can be looked at, not used."""

    def __init__(self, look: Look, session: EditorSession) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.setFixedWidth(look.theme.px(WIDTH))
        self.setProperty("ground", "side")
        self.setProperty("edge", "left")
        choices = [(one.value, look.text(f"editor.preview.{one.value}"), "") for one in Audience]
        self.audience = SegmentedControl(look, look.text("editor.preview"), choices)
        on_text(self.audience.chosen, lambda _chosen: self.draw())
        if session.is_list:
            self.audience.hide()  # only technicians see a list
        self._place = column(spacing=10)
        head = row(plain_label(look, look.text("editor.preview"), weight=BOLD), None, self.audience)
        note = plain_label(look, look.text("editor.preview.note"), size="meta", tone="t3", wrap=True)
        body = pane(column(self._place, note, None, spacing=12), ground="side")
        area = scrolling(body)
        whole = column(head, area, spacing=12, margins=(18, 14, 18, 18))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        session.judged.connect(self.draw)
        on_text(session.picked, lambda _picked: self.draw())
        self.draw()

    def draw(self) -> None:
        """Show the picked step once more."""
        clear(self._place)
        self._place.addWidget(self._shown())
        show_all(self._place)

    def _shown(self) -> QWidget:
        session, look = self._session, self._look
        draft, name = session.draft, session.step
        if session.is_list:
            return self._list(draft)
        step = draft.steps.get(draft.start if name == HEAD else name)
        if step is None:
            return Banner(look, look.text("editor.preview.no_start"), tone="amb")
        audience = Audience(self.audience.value)
        if not is_human(step) and not self._is_end(step):
            return self._silent(step)
        if audience is Audience.EMPLOYEE and draft.audience_of(step) is Audience.TECHNICIAN:
            return Banner(look, look.text("editor.preview.technicians_only"), icon_name="info")
        return self._player(draft, step, audience)

    @staticmethod
    def _is_end(step: Step) -> bool:
        return step.kind.value == "outcome"

    def _fit(self, player: WizardPlayer) -> None:
        """Show all of the page: its own scroll area takes no wheel here."""
        area = player.findChild(QScrollArea)
        page = area.widget() if area is not None else None
        if page is not None:
            room = self._look.theme.px(WIDTH) - _BESIDE
            high = page.heightForWidth(room) if page.hasHeightForWidth() else page.sizeHint().height()
            player.setFixedHeight(high + self._look.theme.px(_BARS))

    def _silent(self, step: Step) -> QWidget:
        """A check asks nobody: show the facts it says, and a jump where it goes on."""
        look = self._look
        lines = column(
            plain_label(look, look.text("editor.preview.silent"), wrap=True), spacing=8, margins=(14, 12, 14, 12)
        )
        if isinstance(step, Jump):
            target = (self._session.known.wizards or {}).get(step.wizard)
            title = one_line(say(look, target.title), _LONGEST) if target else step.wizard
            lines.addWidget(
                plain_label(look, look.text("editor.preview.goes_on", checklist=title), weight=BOLD, wrap=True)
            )
        for wording in (getattr(step, "present", None), getattr(step, "absent", None)):
            if wording is not None and not wording.is_empty:
                lines.addWidget(plain_label(look, one_line(say(look, wording), _LONGEST), weight=BOLD, wrap=True))
        return Card(lines)

    def _list(self, draft: Wizard) -> QWidget:
        title = plain_label(self._look, one_line(say(self._look, draft.title), _LONGEST), weight=BOLD, wrap=True)
        lines = column(title, spacing=8, margins=(14, 12, 14, 12))
        for one in draft.items.values():
            if not one.section.is_empty:
                lines.addWidget(
                    plain_label(
                        self._look,
                        one_line(say(self._look, one.section), _LONGEST),
                        size="meta",
                        weight=BOLD,
                        tone="t3",
                        wrap=True,
                    )
                )
            text = self._look.text("editor.preview.item", item=item_name(self._look, one))
            lines.addWidget(plain_label(self._look, text, wrap=True))
        return Card(lines)

    def _player(self, draft: Wizard, step: Step, audience: Audience) -> QWidget:
        wizards = {**(self._session.known.wizards or {}), draft.id: draft}
        scene = Scene(wizards, None, "windows")
        state = RunState("preview", audience, _AT, draft.id, draft.id, draft.version, step.id, _AT)
        tools = WizardTools(
            clock=lambda: _AT,
            verify=lambda _finding, _done: None,
            perform=lambda _action, _answers, _agreed, _done: None,
            open_page=lambda _page: False,
        )
        if audience is Audience.EMPLOYEE:
            player = WizardPlayer(self._look, scene, state, tools)
            player.hide_footer()
            self._fit(player)
            shown: QWidget = player
        else:
            view = StepView(self._look, RunSession(scene, state, tools, self), can_reply=True)
            view.draw()
            shown = Card(column(view))
        _make_still(shown)
        return shown


def _make_still(shown: QWidget) -> None:
    """Let nobody answer the preview: what it leads to may not exist yet."""
    shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for one in shown.findChildren(QWidget):
        one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
