"""The rules of the texts: there in both languages, short enough, and nothing in them that shows as something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop.base.messages import Message
from desktop.domain.wizard.definition import Check, HandoverField, Question, Step, Wizard, Wording
from desktop.domain.wizard.item_rules import item_wordings
from desktop.domain.wizard.problems import HEAD, Problem, Rule, in_field, in_item, in_step, problem

MAX_TEXT = 220  # characters: what fits on one page of the tray window without scrolling
_HARMLESS = "\n\u00a0\u00ad\u2009\u200d\u202f"  # line break, narrow and fixed spaces, soft hyphen, joined emoji
_MARKUP = (
    r"</?(?:a|b|i|u|s|p|br|hr|img|font|span|div|pre|code|table|tr|td|ul|ol|li|em|strong|h[1-6]|html|body|head|style"
    r"|script|iframe|object|embed|svg|link|meta)\b[^<>]*>|&(?:lt|gt|amp|nbsp|quot|#\w+);|\]\(\w+:"
)
"""HTML tags and marks, links of Markdown. A key in pointed brackets as <Ctrl> is none."""


def text_problems(wizard: Wizard) -> Iterator[Problem]:
    """Yield what is wrong with the texts of a wizard, each with the key it stands under."""
    yield from _said(wizard.title, "title", "", HEAD, is_needed=True)
    for language, words in wizard.keywords.items():
        for word in words:
            yield from _looked_at(word, f"keywords.{language}", "", HEAD)
    for name, key, wording, is_needed in item_wordings(wizard):
        yield from _said(wording, key, name, in_item(name), is_needed=is_needed)
    for name, step in wizard.steps.items():
        place = in_step(name)
        for key, wording, is_needed in _wordings(step):
            yield from _said(wording, key, name, place, is_needed=is_needed)
    for name, field in wizard.fields.items():
        place = in_field(name)
        for key, wording in _texts_of_field(field):
            yield from _said(wording, key, name, place, is_needed=True)


def _wordings(step: Step) -> Iterable[tuple[str, Wording, bool]]:
    """Return each text of a step with its key and whether the file must have it."""
    found = [("text", step.text, True), ("title", step.title, False), ("phone", step.phone, False)]
    if isinstance(step, Check):
        found += [("present", step.present, False), ("absent", step.absent, False)]
    if isinstance(step, Question):
        found += [(f"answers.{one.id}", one.text, True) for one in step.answers]
    found += [("lines", one, True) for one in step.lines]
    found += [(f"say.{key}", one, True) for key, one in step.say.items()]
    found += [(f"text_{key}", one, True) for key, one in step.text_on.items()]
    return found


def _texts_of_field(field: HandoverField) -> Iterable[tuple[str, Wording]]:
    return [("text", field.text), *((f"answers.{one.id}", one.text) for one in field.answers)]


def _said(wording: Wording, key: str, step: str, place: Message, *, is_needed: bool) -> Iterator[Problem]:
    de, en = wording.de, wording.en
    if not (is_needed or de or en):
        return
    for language, text in (("de", de), ("en", en)):
        if not text or text.isspace():
            yield problem(Rule.LANGUAGE, step, place=place, key=f"{key}.{language}")
        elif len(text) > MAX_TEXT:
            yield problem(Rule.LENGTH, step, place=place, key=f"{key}.{language}", count=len(text), limit=MAX_TEXT)
        yield from _looked_at(text, f"{key}.{language}", step, place)


def _looked_at(text: str, key: str, step: str, place: Message) -> Iterator[Problem]:
    """Yield what a reader could not see: signs that turn the direction of writing, control signs, markup."""
    if not text.isprintable():  # knows all of them and is quick
        hidden = next((one for one in text if not (one.isprintable() or one in _HARMLESS)), "")
        if hidden:
            yield problem(Rule.CHARACTERS, step, place=place, key=key, sign=f"U+{ord(hidden):04X}")
    if ("<" in text or "&" in text or "](" in text) and (found := re.search(_MARKUP, text, re.IGNORECASE)):
        yield problem(Rule.MARKUP, step, place=place, is_error=False, key=key, markup=found.group()[:20])
