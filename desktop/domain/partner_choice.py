"""Proposes whom to hand a ticket to, by what partners know about; a person chooses."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.category_guess import guess_category
from desktop.domain.folding import folded
from desktop.domain.rows import PartnerRow

_SHORTEST = 5  # letters from which a word says something by standing inside another, as in Etikettendrucker
_CATEGORY = 6  # what the same category weighs, against the letters of a word that both use


def propose_partner(partners: Sequence[PartnerRow], *, category: str, text: str) -> PartnerRow | None:
    """Return the partner whose topics fit best, the first where none does, or None where there are none.

    `category` is one of `ticket.CATEGORIES`, `text` what the ticket says in any words.
    """
    return max(partners, key=lambda one: _weight(one, category, text), default=None)


def _weight(partner: PartnerRow, category: str, text: str) -> int:
    topics = folded(partner.topics)
    is_theirs = category != "other" and guess_category(topics) == category
    words = {word for word in folded(text).split() if len(word) >= _SHORTEST}
    shared = max(
        (len(word) for topic in topics.split() for word in words if word in topic or _in(topic, word)), default=0
    )
    return shared + (_CATEGORY if is_theirs else 0)


def _in(topic: str, word: str) -> bool:
    return len(topic) >= _SHORTEST and topic in word
