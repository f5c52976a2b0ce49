"""Pieces both players are made of: heading block, numbered lines, facts with "not true?", progress, phone line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QProgressBar, QWidget

from desktop.domain.wizard.definition import Instruction, Item, Outcome, Result, Step
from desktop.domain.wizard.run import Phase
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import Line, Mark, heading, say

MARKS = {
    Mark.GOOD: ("check-circle", "grn", True),
    Mark.DONE: ("check-circle", "grn", True),
    Mark.WARN: ("warning", "amb", True),
    Mark.UNKNOWN: ("question", "t3", False),
    Mark.SKIPPED: ("minus", "t3", False),
}
"""Icon, colour and whether it is filled: a shape for every state, never the colour alone."""
ENDS = {
    Result.RESOLVED: ("check-circle", "grn"),
    Result.INFO: ("info", "acc"),
    Result.REQUEST: ("paper-plane-tilt", "acc"),
    Result.ESCALATE: ("lifebuoy", "acc"),
}
"""Icon and colour of an end."""


def focus_heading(look: Look, text: str, *, size: str = "step") -> QLabel:
    """Return a heading that takes the keyboard when its page comes, so that screen readers begin there."""
    label = plain_label(look, text, size=size, weight=BOLD, wrap=True)
    label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    label.setAccessibleName(text)
    return label


def numbered_lines(look: Look, step: Step | Item) -> QWidget | None:
    """Return the lines of an instruction or an item, one below the other with their numbers."""
    if not step.lines:
        return None
    lines = column(spacing=10)
    for number, wording in enumerate(step.lines, start=1):
        mark = plain_label(look, str(number), size="reading", weight=BOLD, tone="acc")
        mark.setFixedWidth(look.theme.px(20))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        words = plain_label(look, say(look, wording), size="reading", wrap=True)
        line = row(mark, words, spacing=8)
        line.setStretch(1, 1)
        lines.addLayout(line)
    return framed(lines)


def busy_card(look: Look, session: RunSession) -> QWidget:
    """Return a bar that moves while a check, an action or the look at it runs; a running action says how to leave."""
    return checking(look, busy_words(look, session), look.text("wizard.acting_hint") if session.is_acting else "")


def busy_words(look: Look, session: RunSession) -> str:
    """Return what is going on while nobody is asked anything."""
    if session.is_acting:
        return look.text("wizard.acting")
    return look.text("wizard.looking" if session.is_looking else "wizard.verifying")


def end_mark(look: Look, session: RunSession) -> QWidget | None:
    """Return the sign of an end: done, to be read, or to be passed on; None before it."""
    step = session.step
    if session.state.phase is not Phase.FINISHED or not isinstance(step, Outcome):
        return None
    name, tone = ENDS[step.result]
    return IconLabel(look.theme, name, tone, size=36, filled=True)


def checking(look: Look, text: str, hint: str = "") -> QWidget:
    """Return a bar that moves, with what is going on and what that means for whoever waits."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(6)
    bar.setAccessibleName(text)
    words = plain_label(look, text, size="reading", weight=MEDIUM, wrap=True)
    lines = column(words, bar, spacing=12, margins=(16, 14, 16, 16))
    if hint:
        lines.addWidget(plain_label(look, hint, size="body", tone="t2", wrap=True))
    return Card(lines)


def page_button(look: Look, session: RunSession, *, small: bool = False) -> Button | None:
    """Return the button that opens an instruction's settings page, called by what opens; None where there is none."""
    step = session.step
    if not isinstance(step, Instruction) or not session.can_open(step.open):
        return None
    name = look.text(f"page.{step.open}")
    return Button(
        look, name, icon_name="arrow-square-out", small=small, clicked=lambda: session.open_page(step.open)
    )  # fmt: skip


def outcome_card(look: Look, session: RunSession) -> QWidget | None:
    """Return what an outcome says while its fields are still asked, so that nobody answers without knowing why."""
    step = session.step
    if not isinstance(step, Outcome) or session.state.phase is not Phase.COLLECTING:
        return None
    words = column(plain_label(look, heading(look, step), size="reading", weight=BOLD, wrap=True), spacing=3)
    body = step.body(look.texts.language, session.scene.platform)
    if body:
        words.addWidget(plain_label(look, body, size="body", tone="t2", wrap=True))
    line = row(column(IconLabel(look.theme, "info", "acc", size=20), None), words, spacing=12, margins=(14, 12, 14, 14))
    line.setStretch(1, 1)
    box = Card(line)
    box.setProperty("card", "quiet")
    return box


def fact_row(look: Look, fact: Line, dispute: Callable[[str], object]) -> QWidget:
    """Return a fact the machine found, with its evidence and the way to contradict it."""
    name, tone, is_filled = MARKS[fact.mark]
    title = plain_label(look, fact.title, size="body", weight=MEDIUM, wrap=True)
    words = column(title, spacing=1)
    if fact.has_evidence:
        words.addWidget(plain_label(look, fact.hint, size="meta", tone="t2", wrap=True))
    doubt = Button(look, look.text("wizard.not_true"), kind="link", small=True, clicked=lambda: dispute(fact.step))
    doubt.setAccessibleName(look.text("wizard.not_true_of", fact=fact.title))
    icon = IconLabel(look.theme, name, tone, size=18, filled=is_filled)
    line = row(column(4, icon, None, spacing=0), column(5, words, None, spacing=0), column(doubt, None), spacing=10)
    line.setStretch(1, 1)
    return framed(line)


def facts_card(look: Look, facts: tuple[Line, ...], dispute: Callable[[str], object]) -> QFrame:
    """Return the facts in one box: green where all is well, amber where something was found."""
    tone = "amb" if any(one.mark is Mark.WARN for one in facts) else "grn"
    box = QFrame()
    box.setProperty("banner", tone)
    title = plain_label(look, look.text("wizard.already_checked"), size="meta", weight=BOLD, tone="t2")
    layout = column(title, spacing=8, margins=(14, 10, 14, 12))
    for one in facts:
        layout.addWidget(fact_row(look, one, dispute))
    box.setLayout(layout)
    return box


def framed(layout: QLayout) -> QWidget:
    """Return a widget around a layout, for a page that takes its pieces out one by one."""
    frame = QWidget()
    frame.setLayout(layout)
    return frame
