"""What employees ask for help with, as cards on the first page; titles are `tray.topic.<id>.title` and `.hint`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.wizard.definition import Audience, Wizard


@dataclass(frozen=True, slots=True)
class Topic:
    """One card; `category` is the category the request will have."""

    id: str
    icon: str
    category: str


TOPICS = (
    Topic("printer", "printer", "printer"),
    Topic("sign_in", "key", "sign-in"),
    Topic("email", "envelope", "email"),
    Topic("network", "wifi-high", "network"),
    Topic("software", "squares-four", "software"),
    Topic("device", "laptop", "hardware"),
    Topic("files", "folder", "files"),
    Topic("telephone", "phone", "telephone"),
    Topic("security", "shield-warning", "security"),
    Topic("other", "question", "other"),
)
_ASKED_MOST = (
    "password-reset",
    "sign-in",
    "mail-access",
    "no-internet",
    "printer-no-print",
    "slow-computer",
    "app-hangs",
)
"""What a help desk hears most, in that order; our own judgement."""


def topic_of(category: str) -> Topic:
    """Return the card of a category; what has none belongs to "something else"."""
    return next((one for one in TOPICS if one.category == category), TOPICS[-1])


def for_employees(wizards: Iterable[Wizard]) -> tuple[Wizard, ...]:
    """Return the guides an employee may start, those asked for most first, and always in the same order."""
    return tuple(sorted((one for one in wizards if one.audience is Audience.EMPLOYEE), key=_place))


def guides_of(topic: Topic, wizards: Iterable[Wizard]) -> tuple[Wizard, ...]:
    """Return the guides behind a card; "something else" has none, because nobody could tell which one fits."""
    return () if topic is TOPICS[-1] else tuple(one for one in for_employees(wizards) if one.category == topic.category)


def matches(words: str, texts: Iterable[str]) -> bool:
    """Tell whether every word typed begins a word of `texts` or stands inside one."""
    hay = " ".join(texts).casefold()
    return all(one in hay for one in words.casefold().split())


def matching_wizards(words: str, wizards: Sequence[Wizard], language: str) -> tuple[Wizard, ...]:
    """Return the guides whose title or keywords fit what was typed: any word of four letters or more is enough."""
    typed = [one for one in words.casefold().split() if len(one) >= 4]
    if not typed:
        return ()
    return tuple(
        one
        for one in wizards
        if any(word in " ".join((one.title.say(language), *_keywords(one, language))).casefold() for word in typed)
    )


def _place(wizard: Wizard) -> tuple[int, str]:
    place = _ASKED_MOST.index(wizard.id) if wizard.id in _ASKED_MOST else len(_ASKED_MOST)
    return place, wizard.id


def _keywords(wizard: Wizard, language: str) -> Sequence[str]:
    return wizard.keywords.get(language, ())
