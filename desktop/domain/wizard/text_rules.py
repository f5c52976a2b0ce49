"""The rules of the texts: there in both languages, short enough, and nothing in them that shows as something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from desktop.base.messages import Message
from desktop.domain.wizard.definition import Check, Question, Step, Wizard, Wording
from desktop.domain.wizard.item_rules import item_wordings
from desktop.domain.wizard.problems import HEAD, Problem, Rule, in_field, in_item, in_step, problem

MAX_TEXT = 220  # characters: what fits on one page of the tray window without scrolling
_HARMLESS = "\n\u00a0\u00ad\u2009\u200d\u202f"  # line break, narrow and fixed spaces, soft hyphen, joined emoji
_MARKUP = (
    r"</?(?:a|b|i|u|s|p|br|hr|img|font|span|div|pre|code|table|tr|td|ul|ol|li|em|strong|h[1-6]|html|body|head|style"
    r"|script|iframe|object|embed|svg|link|meta)\b[^<>]*>|&(?:lt|gt|amp|nbsp|quot|#\w+);|\]\(\w+:"
)
"""HTML tags and marks, links of Markdown. A key in pointed brackets as <Ctrl> is none."""
_Said = tuple[str, Callable[[str], Message], str, Wording, bool]


def text_problems(wizard: Wizard) -> Iterator[Problem]:
    """Yield what is wrong with the texts of a wizard, each with the key it stands under."""
    for step, place, key, wording, is_needed in _wordings(wizard):
        if not (_is_plain(wording.de) and _is_plain(wording.en)):  # most are, and pass quickly
            yield from _faults(step, place(step) if step else HEAD, key, wording, is_needed=is_needed)
    for language, words in wizard.keywords.items():
        for word in words:
            if not _is_plain(word):
                yield from _hidden(word, f"keywords.{language}", "", HEAD)


def _wordings(wizard: Wizard) -> Iterator[_Said]:
    yield "", in_step, "title", wizard.title, True
    for name, key, wording, is_needed in item_wordings(wizard):
        yield name, in_item, key, wording, is_needed
    for name, step in wizard.steps.items():
        for key, wording, is_needed in _of_step(step):
            yield name, in_step, key, wording, is_needed
    for name, field in wizard.fields.items():
        yield name, in_field, "text", field.text, True
        for one in field.answers:
            yield name, in_field, f"answers.{one.id}", one.text, True


def _of_step(step: Step) -> Iterable[tuple[str, Wording, bool]]:
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


def _is_plain(text: str) -> bool:
    """Tell whether nothing can be wrong with a text; tells of no more than most."""
    return (
        0 < len(text) <= MAX_TEXT
        and text.isprintable()
        and not text.isspace()
        and not ("<" in text or "&" in text or "](" in text)
    )


def _faults(step: str, place: Message, key: str, wording: Wording, *, is_needed: bool) -> Iterator[Problem]:
    if wording.is_empty and not is_needed:
        return
    for key_of_text, text in ((f"{key}.de", wording.de), (f"{key}.en", wording.en)):
        if not text.strip():
            yield problem(Rule.LANGUAGE, step, place=place, key=key_of_text)
        elif len(text) > MAX_TEXT:
            yield problem(Rule.LENGTH, step, place=place, key=key_of_text, count=len(text), limit=MAX_TEXT)
        yield from _hidden(text, key_of_text, step, place)


def _hidden(text: str, key: str, step: str, place: Message) -> Iterator[Problem]:
    """Yield what a reader could not see: signs that turn the direction of writing, control signs, markup."""
    hidden = next((one for one in text if not (one.isprintable() or one in _HARMLESS)), "")
    if hidden:
        yield problem(Rule.CHARACTERS, step, place=place, key=key, sign=f"U+{ord(hidden):04X}")
    if found := re.search(_MARKUP, text, re.IGNORECASE):
        yield problem(Rule.MARKUP, step, place=place, is_error=False, key=key, markup=found.group()[:20])
