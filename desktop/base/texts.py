"""Renders codes in the reader's language: gettext catalogues, one per area and language, German first."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.base.catalogues import Catalogues
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

    def __init__(self, language: str, catalogues: Catalogues) -> None:
        self.language = language
        self._catalogues = catalogues

    def text(self, code: str, **parameters: object) -> str:
        """Return the text of `code` with its `{placeholders}` filled.

        A parameter may be a text of the company's own in both languages, as `{"de": "…", "en": "…"}`.
        """
        return _filled(self._catalogues.text(code) or code, self._spoken(parameters))

    def plural(self, code: str, count: int, **parameters: object) -> str:
        """Return the text of `code` for `count` things; `{count}` stands for the number."""
        spoken = {"count": count, **self._spoken(parameters)}
        return _filled(self._catalogues.plural(code, count) or code, spoken)

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
        return self._catalogues.text(code) is not None

    def error(self, error: AppError) -> ErrorText:
        """Return the three sentences of an expected fault."""
        what, data, do = (f"error.{error.code}.{part}" for part in ("what", "data", "do"))
        said = {key: self._said(one) for key, one in error.parameters.items()}
        return ErrorText(*(self.text(code, **said) if self.has(code) else "" for code in (what, data, do)))


def load_texts(language: str | None = None, *, folder: Path | None = None, first: Sequence[str] = ()) -> Texts:
    """Load the catalogues of `language`, or of the system's language where it is one of ours, else German.

    `first` names the areas that a start shows; the other ones are read when a code is in none of these.
    """
    chosen = language if language in LANGUAGES else system_language()
    return Texts(chosen, Catalogues((folder or resources() / "i18n") / chosen / "LC_MESSAGES", first))


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
