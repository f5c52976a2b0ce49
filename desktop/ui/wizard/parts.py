"""Pieces both players are made of: heading block, numbered lines, facts with "not true?", progress, phone line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QProgressBar, QWidget

from desktop.domain.wizard.definition import Item, Step
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.wizard.words import Line, Mark, say

MARKS = {
    Mark.GOOD: ("check-circle", "grn", True),
    Mark.DONE: ("check-circle", "grn", True),
    Mark.WARN: ("warning", "amb", True),
    Mark.UNKNOWN: ("question", "t3", False),
    Mark.SKIPPED: ("minus", "t3", False),
}
"""Icon, colour and whether it is filled: a shape for every state, never the colour alone."""


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


def checking(look: Look, text: str) -> QWidget:
    """Return a bar that moves while a check or an action runs, with what it is doing."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(6)
    bar.setAccessibleName(text)
    return Card(
        column(
            plain_label(look, text, size="reading", weight=MEDIUM, wrap=True), bar, spacing=12, margins=(16, 14, 16, 16)
        )
    )


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
