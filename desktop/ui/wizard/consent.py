"""What an action will do, in words for whoever has to agree; and how it is done by hand where the program cannot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.domain.wizard.definition import Action
from desktop.domain.wizard.doing import Prospect
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.wizard.session import RunSession

_FACT_LENGTH = 120  # characters of a foreign name in a sentence


def consent_of(look: Look, session: RunSession) -> QWidget | None:
    """Return the box to an action step: what the program would do, or how a technician does it; None elsewhere."""
    step = session.step
    if not isinstance(step, Action):
        return None
    if session.can_perform(step):
        return _box(look, look.text("wizard.will"), will_sentences(look, step, session.prospect), "play")
    head = look.text("wizard.hand.not_here" if session.is_here else "wizard.hand.elsewhere")
    return _box(look, head, hand_sentences(look, step, session.scene.platform), "wrench")


def will_sentences(look: Look, step: Action, prospect: Prospect | None) -> tuple[str, ...]:
    """Return what the action is called, what is there now, and what will happen."""
    code = f"action.{step.action}"
    said = [look.text(f"{code}.will")] if look.texts.has(f"{code}.will") else []
    if prospect is not None and prospect.facts and look.texts.has(f"{code}.now"):
        said.insert(0, _now(look, f"{code}.now", prospect.facts))
    if step.admin:
        said.append(look.text("wizard.will.admin"))
    return tuple(said)


def hand_sentences(look: Look, step: Action, platform: str) -> tuple[str, ...]:
    """Return how it is done by hand on a system; the file's own words above it may say more."""
    code = f"action.{step.action}.hand.{platform}"
    return (look.text(code),) if look.texts.has(code) else ()


def _now(look: Look, code: str, facts: Mapping[str, str | int]) -> str:
    shown: dict[str, object] = {
        name: one_line(one, _FACT_LENGTH) if isinstance(one, str) else one for name, one in facts.items()
    }
    size, count = facts.get("size"), facts.get("count")
    if isinstance(size, int):
        shown["size"] = look.formats.size(size)
    if isinstance(count, int):
        shown.pop("count")
        return look.texts.plural(code, count, **shown)
    return look.text(code, **shown)


def _box(look: Look, title: str, sentences: tuple[str, ...], icon_name: str) -> QWidget:
    words = column(plain_label(look, title, size="meta", weight=BOLD, tone="t2", wrap=True), spacing=6)
    for one in sentences:
        words.addWidget(plain_label(look, one, size="reading", wrap=True, selectable=True))
    icon = column(IconLabel(look.theme, icon_name, "acc", size=20), None)
    line = row(icon, words, spacing=14, margins=(14, 12, 14, 14))
    line.setStretch(1, 1)
    box = Card(line)
    box.setProperty("card", "quiet")
    return box
