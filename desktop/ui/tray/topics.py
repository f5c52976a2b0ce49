"""What employees ask for help with, as cards on the first page; titles are `tray.topic.<id>.title` and `.hint`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.wizard.definition import Audience, Wizard
from desktop.domain.wizard.suggest import suggest


@dataclass(frozen=True, slots=True)
class Topic:
    """One card; `category` is the category the request will have."""

    id: str
    icon: str
    category: str

    @property
    def is_open(self) -> bool:
        """Tell whether this is the card for what none of the others says."""
        return self.id == "other"


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
_MOST_GUESSES = 3
"""What a help desk hears most, in that order; our own judgement."""


def topic_of(category: str) -> Topic:
    """Return the card of a category; what has none belongs to "something else"."""
    return next((one for one in TOPICS if one.category == category), TOPICS[-1])


def for_employees(wizards: Iterable[Wizard]) -> tuple[Wizard, ...]:
    """Return the guides an employee may start, those asked for most first, and always in the same order."""
    return tuple(sorted((one for one in wizards if one.audience is Audience.EMPLOYEE), key=_place))


def guides_of(topic: Topic, wizards: Iterable[Wizard]) -> tuple[Wizard, ...]:
    """Return the guides behind a card."""
    return tuple(one for one in for_employees(wizards) if topic_of(one.category) is topic)


def guides_offered(topic: Topic, words: str, wizards: Mapping[str, Wizard], language: str) -> tuple[Wizard, ...]:
    """Return the same, and behind the open card first the few that what was typed speaks for."""
    behind = guides_of(topic, wizards.values())
    if not topic.is_open:
        return behind
    found = suggest(wizards, None, words=words, language=language, audience=Audience.EMPLOYEE)
    likely = tuple(wizards[one.wizard] for one in found[:_MOST_GUESSES])
    return (*likely, *(one for one in behind if one not in likely))


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
