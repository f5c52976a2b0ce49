"""Renders codes in the reader's language: gettext catalogues, one per area and language, German first."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.base.paths import resources

if TYPE_CHECKING:
    from desktop.base.errors import AppError
    from desktop.base.messages import Message

LANGUAGES = ("de", "en")


class ErrorText(NamedTuple):
    """An error in the user's words: what happened, what it means for the data, what to do now."""

    what: str
    data: str
    do: str


class Texts:
    """All texts of the program in one language."""

    def __init__(self, language: str, catalogues: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogues = catalogues

    def text(self, code: str, **parameters: object) -> str:
        """Return the text of `code` with its `{placeholders}` filled.

        A parameter may be a text of the company's own in both languages, as `{"de": "…", "en": "…"}`.
        """
        return _filled(self._catalogues.gettext(code), self._spoken(parameters))

    def plural(self, code: str, count: int, **parameters: object) -> str:
        """Return the text of `code` for `count` things; `{count}` stands for the number."""
        spoken = {"count": count, **self._spoken(parameters)}
        return _filled(self._catalogues.ngettext(code, code, count), spoken)

    def _spoken(self, parameters: Mapping[str, object]) -> dict[str, object]:
        return {key: _in_language(one, self.language) for key, one in parameters.items()}

    def render(self, message: Message) -> str:
        """Return the text that a lower layer named; a parameter may be such a text itself."""
        parameters = {key: self._said(one) for key, one in message.parameters.items()}
        if message.count is None:
            return self.text(message.code, **parameters)
        return self.plural(message.code, message.count, **parameters)

    def _said(self, parameter: object) -> object:
        from desktop.base.messages import Message  # who has a message to say has loaded it

        return self.render(parameter) if isinstance(parameter, Message) else parameter

    def has(self, code: str) -> bool:
        """Tell whether this language has a text for `code`."""
        return self._catalogues.gettext(code) != code

    def error(self, error: AppError) -> ErrorText:
        """Return the three sentences of an expected fault."""
        what, data, do = (f"error.{error.code}.{part}" for part in ("what", "data", "do"))
        return ErrorText(*(self.text(code, **error.parameters) if self.has(code) else "" for code in (what, data, do)))


def load_texts(language: str | None = None, *, folder: Path | None = None, first: Sequence[str] = ()) -> Texts:
    """Load the catalogues of `language`, or of the system's language where it is one of ours, else German.

    `first` names the areas that a start shows; the other ones are read when a code is in none of these.
    """
    chosen = language if language in LANGUAGES else system_language()
    root = (folder or resources() / "i18n") / chosen / "LC_MESSAGES"
    named = [root / f"{area}.mo" for area in first]
    return Texts(chosen, _read_catalogues([path for path in named if path.exists()], _Rest(root, first)))


def _read_catalogues(paths: Sequence[Path], last: gettext.NullTranslations) -> gettext.NullTranslations:
    """Return the catalogues as one that asks each in turn, and `last` in the end."""
    chain = last
    for path in paths:
        with path.open("rb") as stream:
            loaded = gettext.GNUTranslations(stream)
        loaded.add_fallback(chain)
        chain = loaded
    return chain


class _Rest(gettext.NullTranslations):
    """All catalogues but the `known` ones; read at the first question, from whichever thread it comes."""

    def __init__(self, folder: Path, known: Sequence[str]) -> None:
        super().__init__()
        self._folder, self._known = folder, known
        self._read: gettext.NullTranslations | None = None

    def gettext(self, message: str) -> str:
        """Return the text of a code, or the code itself."""
        return self._loaded().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the text of a code for `n` things, or the code itself."""
        return self._loaded().ngettext(msgid1, msgid2, n)

    def _loaded(self) -> gettext.NullTranslations:
        if self._read is None:
            paths = [path for path in sorted(self._folder.glob("*.mo")) if path.stem not in self._known]
            self._read = _read_catalogues(paths, gettext.NullTranslations())
        return self._read


def system_language(environment: Mapping[str, str] | None = None) -> str:
    """Return the system's language where it is one of ours, else German."""
    env = os.environ if environment is None else environment
    named = env.get("ERSTHELFER_LANGUAGE") or env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    if not named and environment is None:
        import locale  # only where the environment says nothing

        named = locale.getlocale()[0] or ""
    return "en" if named.lower().startswith(("en", "english")) else "de"


def _in_language(value: object, language: str) -> object:
    if isinstance(value, Mapping) and language in value:
        return value[language]  # pyright: ignore[reportUnknownVariableType] - filled in as text, whatever it is
    return value  # pyright: ignore[reportUnknownVariableType]


def _filled(text: str, parameters: Mapping[str, object]) -> str:
    return text.format_map(parameters) if parameters else text
