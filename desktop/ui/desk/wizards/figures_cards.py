"""What to do about the figures: an order to accept, tickets that could have been solved sooner, what to train."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.missed import Subject
from desktop.domain.wizard.ordering import OrderProposal
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.figures_words import seconds, step_title, wizard_title

_SHOWN = 8  # tickets named under a subject


def proposal_card(
    look: Look, wizards: Mapping[str, Wizard], one: OrderProposal, accept: Callable[[OrderProposal], object]
) -> QWidget:
    """Return a better order of fixes beside the present one, with what it saves and the button that takes it."""
    title = look.text("figures.proposal.title", checklist=wizard_title(look, wizards, one.wizard))
    saves = look.text(
        "figures.proposal.saves", now=seconds(look, one.seconds_now), then=seconds(look, one.seconds_better)
    )
    take = Button(look, look.text("figures.proposal.take"), icon_name="check", small=True, clicked=lambda: accept(one))
    take.setAccessibleDescription(title)
    orders = row(
        _order(look, wizards, one.wizard, look.text("figures.proposal.now"), one.now),
        _order(look, wizards, one.wizard, look.text("figures.proposal.better"), one.better),
        spacing=24,
    )
    head = row(
        IconLabel(look.theme, "sort-ascending", "acc", size=18), plain_label(look, title, weight=BOLD, wrap=True),
        take, spacing=8,
    )  # fmt: skip
    head.setStretch(1, 1)
    lines = column(
        head,
        plain_label(look, saves, tone="t2", wrap=True),
        6, orders, 6,
        *_cases(look, one),
        plain_label(look, look.text("figures.proposal.caution"), size="meta", tone="t3", wrap=True),
        spacing=2, margins=(16, 12, 16, 12),
    )  # fmt: skip
    return Card(lines)


def _cases(look: Look, one: OrderProposal) -> list[QWidget]:
    """Return which scenarios the order changes: until they are looked at, the checklist cannot be published."""
    if not one.cases:
        return []
    said = look.texts.plural("figures.proposal.cases", len(one.cases), names=", ".join(one.cases))
    return [plain_label(look, said, size="meta", tone="t2", wrap=True)]


def subject_row(look: Look, wizards: Mapping[str, Wizard], one: Subject, open_: Callable[[str], object]) -> QWidget:
    """Return a subject for training with its reason, the departments it concerns and the tickets behind it."""
    title = look.text(
        "figures.subject.title",
        checklist=wizard_title(look, wizards, one.wizard), step=step_title(look, wizards, one.wizard, one.step),
    )  # fmt: skip
    reason = look.texts.plural(f"figures.subject.{one.lesson.value}", one.count)
    lines = column(plain_label(look, title, weight=MEDIUM, wrap=True), spacing=2, margins=(0, 6, 0, 6))
    lines.addWidget(plain_label(look, reason, tone="t2", wrap=True))
    if one.departments:
        words = look.text("figures.subject.departments", names=", ".join(one.departments))
        lines.addWidget(plain_label(look, words, size="meta", tone="t2", wrap=True))
    if one.tickets:
        lines.addLayout(_tickets(look, one.tickets, open_))
    box = QWidget()
    box.setLayout(lines)
    return box


def _tickets(look: Look, tickets: Sequence[str], open_: Callable[[str], object]) -> QHBoxLayout:
    return row(*(_link(look, one, open_) for one in tickets[:_SHOWN]), None, spacing=8)


def _link(look: Look, number: str, open_: Callable[[str], object]) -> Button:
    return Button(look, number, kind="link", small=True, clicked=lambda: open_(number))


def _order(look: Look, wizards: Mapping[str, Wizard], wizard: str, name: str, steps: Sequence[str]) -> QWidget:
    lines = column(plain_label(look, name, size="meta", weight=BOLD, tone="t3"), spacing=3)
    for number, step in enumerate(steps, start=1):
        words = look.text("figures.numbered", number=number, step=step_title(look, wizards, wizard, step))
        lines.addWidget(plain_label(look, words, wrap=True))
    lines.addStretch(1)
    box = QWidget()
    box.setLayout(lines)
    return box
