"""The net under the redaction: finds secrets and names in free text that should not be there in the first place.

A net has holes (an option such as `-p X` cannot be told from a path), which is why command lines are never collected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.diagnostics.pseudonyms import pseudonym

_TELLING_WORDS = (
    r"pass(?:word|wd|phrase|code)?|pwd|kennwort|passwort|pin|secret|client[_-]?secret|token|access[_-]?token|"
    r"api[_-]?key|apikey|access[_-]?key|secret[_-]?key|private[_-]?key|authorization|bearer|cookie|session[_-]?id"
)
_PLAIN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (r"<secret>", re.compile(r"-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\Z)", re.DOTALL)),
    (r"\1<secret>@", re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+@", re.IGNORECASE)),
    (r"<secret>", re.compile(r"\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?")),
    (r"<secret>", re.compile(r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}\b")),
    (r"<secret>", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,})")),
    (r"<secret>", re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|https://hooks\.slack\.com/services/\S+")),
    (r"<recovery-key>", re.compile(r"(?<!\d)(?:\d{6}-){7}\d{6}(?!\d)")),
    (r"<product-key>", re.compile(r"\b(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}\b")),
    (
        r"\1\2<secret>",
        re.compile(
            rf"(?<![A-Za-z0-9])((?:[\w-]*[_-])?(?:{_TELLING_WORDS})[\"']?)(\s*[=:]\s*(?:bearer\s+|basic\s+)?)"
            r"(?!<secret>)(?:\"[^\"]*\"|'[^']*'|[^\s,;&]+)",
            re.IGNORECASE,
        ),
    ),
    (r"\1<secret>", re.compile(rf"(--?(?:{_TELLING_WORDS})\s+)[^\s<-]\S*", re.IGNORECASE)),
    (r"\1<secret>", re.compile(r"(\b(?:bearer|basic)\s+)[A-Za-z0-9+/_.=-]{8,}", re.IGNORECASE)),
)
_TAGGED: tuple[tuple[str, re.Pattern[str]], ...] = (
    # What systemd calls an instance looks like an address: getty@tty1.service.
    ("email", re.compile(r"[\w.+-]+@(?![\w.-]+\.(?:service|socket|timer|mount|target|slice)\b)[\w-]+(?:\.[\w-]+)+")),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")),
    ("mac", re.compile(r"(?<![0-9A-Fa-f:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])")),
)
_HOMES = re.compile(r"((?:/home/|/Users/|[A-Za-z]:\\(?:Users|Benutzer)\\))(?!<|Shared\b|Public\b)[^/\\\s\"']+")
# These say nothing about anybody, and replacing them would spoil ordinary words.
_COMMON = frozenset({"root", "user", "admin", "administrator", "system", "localhost", "local", "linux", "windows"})


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names of this machine and of its user, which may turn up anywhere."""

    hosts: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


NOBODY = OwnNames()


class Scrubber:
    """Cleans text; what is a name rather than a secret gets the tag that a declared field would get."""

    def __init__(self, key: bytes, own: OwnNames = NOBODY) -> None:
        self._key = key
        self._own = (*_patterns("host", own.hosts), *_patterns("user", own.users))

    def clean(self, text: str) -> str:
        """Return the text without what looks like a secret, an address of a person, or an own name."""
        if not text:
            return text
        for replacement, pattern in _PLAIN:
            text = pattern.sub(replacement, text)
        for kind, pattern in (*_TAGGED, *self._own):
            text = pattern.sub(lambda found, kind=kind: pseudonym(kind, found.group(), self._key), text)
        return _HOMES.sub(r"\1<user>", text)


def _patterns(kind: str, names: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    telling = [one for one in names if len(one) >= 3 and one.casefold() not in _COMMON]
    return tuple(
        (kind, re.compile(rf"(?<![\w<]){re.escape(one)}(?!\w)", re.IGNORECASE))
        for one in sorted(telling, key=len, reverse=True)
    )
