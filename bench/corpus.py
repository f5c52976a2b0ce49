"""The corpus: seeded tickets in German with a Zipf distribution of words, the same on every machine.

The words are our own (words.txt, compounds.txt); the tail of the vocabulary is made of numbered compounds, because
a real vocabulary goes on growing. `fingerprint` makes results of two machines comparable.
"""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SEED = 42
ZIPF = 1.05  # exponent of word frequencies; German running text lies between 1.0 and 1.1
TAIL = 20_000  # rare words: device names and compounds that occur a few times each
MESSAGES = (1, 2, 3, 3, 4, 5, 8)  # messages of a ticket, 3.7 on average
FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class CorpusTicket:
    """One ticket before it is in any database; its dates and states are given when a database is filled."""

    serial: int
    title: str
    texts: tuple[str, ...]
    person: int
    priority: int
    category: int


class Vocabulary:
    """Words by rank with the cumulative weights of Zipf's law."""

    def __init__(self) -> None:
        common = (FOLDER / "words.txt").read_text(encoding="utf-8").split()
        heads, ends = (line.split() for line in (FOLDER / "compounds.txt").read_text(encoding="utf-8").splitlines())
        compounds = [head + end for head, end in itertools.product(heads, ends)]
        random.Random(SEED).shuffle(compounds)
        tail = [f"{compounds[n % len(compounds)]}{n // len(compounds) or ''}" for n in range(TAIL)]
        self.words = list(dict.fromkeys([*common, *tail]))
        self._weights = list(itertools.accumulate((rank + 1) ** -ZIPF for rank in range(len(self.words))))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Return `count` words of running text."""
        total = self._weights[-1]
        return [self.words[bisect.bisect_left(self._weights, chance.random() * total)] for _ in range(count)]


def tickets(count: int) -> Iterator[CorpusTicket]:
    """Yield the first `count` tickets, oldest first; every smaller corpus is the beginning of a larger one."""
    vocabulary = Vocabulary()
    chance = random.Random(SEED)
    for serial in range(1, count + 1):
        yield _ticket(vocabulary, chance, serial)


def _ticket(vocabulary: Vocabulary, chance: random.Random, serial: int) -> CorpusTicket:
    texts = tuple(_sentences(vocabulary.draw(chance, chance.randint(15, 110))) for _ in range(chance.choice(MESSAGES)))
    return CorpusTicket(
        serial=serial,
        title=" ".join(vocabulary.draw(chance, chance.randint(3, 8))).capitalize(),
        texts=texts,
        person=chance.randrange(250),
        priority=chance.choices((1, 2, 3, 4), (2, 15, 68, 15))[0],
        category=chance.randrange(10),
    )


def _sentences(words: list[str]) -> str:
    pieces = (words[start : start + 12] for start in range(0, len(words), 12))
    return " ".join(" ".join(piece).capitalize() + "." for piece in pieces)


def fingerprint() -> str:
    """Return the SHA-256 of the first 1,000 tickets, in hex."""
    digest = sha256()
    for one in tickets(1000):
        digest.update("\n".join((one.title, *one.texts, str(one.person))).encode())
    return digest.hexdigest()
