"""The argument parser in the reader's language; a wrong call is an AppError like any other."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import NoReturn

from desktop.base.errors import AppError, ErrorKind
from desktop.base.texts import Texts


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help without argparse's own English words; `usage_word` is set per parser through `formatter`."""

    usage_word = "usage: "

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],  # pyright: ignore[reportPrivateUsage]
        prefix: str | None = None,
    ) -> None:
        """Put the translated word before the usage line."""
        super().add_usage(usage, actions, groups, self.usage_word if prefix is None else prefix)


def formatter(texts: Texts) -> type[Formatter]:
    """Return a formatter class that speaks the language of `texts`."""
    return type("TranslatedFormatter", (Formatter,), {"usage_word": texts.text("cli.usage") + " "})


class Parser(argparse.ArgumentParser):
    """A parser whose headings are translated and whose errors are AppErrors `cli.usage` of kind USAGE.

    argparse makes sub-parsers by itself; newer versions hand over more keywords, which do not matter here.
    """

    def __init__(self, texts: Texts, *, prog: str, description: str | None = None, **_newer: object) -> None:
        super().__init__(
            prog=prog,
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=formatter(texts),
        )
        self.texts = texts
        self._positionals.title = texts.text("cli.heading.arguments")
        self._optionals.title = texts.text("cli.heading.options")
        self.add_argument("-h", "--help", action="help", help=texts.text("cli.option.help"))
        add_common(self)

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing and leaving, so that one place prints every error."""
        raise AppError(
            "cli.usage",
            kind=ErrorKind.USAGE,
            parameters={"usage": self.format_usage().strip(), "help": f"{self.prog} --help"},
            detail=message,
        )

    def actions(self, name: str = "action") -> Actions:
        """Begin a group of sub-commands, one of which must be named; it lands in `arguments.<name>`."""
        return Actions(self, name)


class Actions:
    """The sub-commands below one command, as in `ticket list` and `ticket show`."""

    def __init__(self, parent: Parser, name: str) -> None:
        self._texts = parent.texts
        title = parent.texts.text("cli.heading.commands")
        self._group = parent.add_subparsers(
            dest=name, required=True, metavar=name.upper(), title=title, parser_class=Parser
        )

    def add(self, name: str, code: str) -> Parser:
        """Add the sub-command `name`, described by the text `code`."""
        described = self._texts.text(code)
        return self._group.add_parser(name, texts=self._texts, help=described, description=described)


def add_common(parser: Parser) -> None:
    """Add the options that every command takes, before or after its name."""
    text = parser.texts.text
    options = parser.add_argument_group(text("cli.heading.common"))
    for name, metavar in (("--home", "DIR"), ("--language", "de|en")):
        options.add_argument(name, metavar=metavar, default=argparse.SUPPRESS, help=text(f"cli.option.{name[2:]}"))
    options.add_argument(
        "--keys", choices=("keychain", "file"), default=argparse.SUPPRESS, help=text("cli.option.keys")
    )
    options.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=text("cli.option.json"))
