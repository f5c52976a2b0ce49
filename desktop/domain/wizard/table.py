"""A TOML table read with care: every wrong type, missing key and misspelt key becomes a problem, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeVar, cast

from desktop.base.messages import Message
from desktop.domain.wizard.definition import Wording
from desktop.domain.wizard.problems import Problem, Rule, problem

Choice = TypeVar("Choice", bound=Enum)
LONGEST_NAME = 80  # characters of a foreign key or value that a message repeats
_NOTHING = Wording()


class Table:
    """One table of the file; `where` is the step, field or item it belongs to. Asked-for keys count as known."""

    __slots__ = ("_known", "content", "place", "problems", "where")

    def __init__(
        self, content: Mapping[str, Any], where: str, problems: list[Problem], place: Message | None = None
    ) -> None:
        self.content = content
        self._known: set[str] = set()
        self.where = where
        self.problems = problems
        self.place = place

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without `default` the key must be there."""
        found = self._value(key, str, default is None)
        return (default or "") if found is None else found

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        found = self._value(key, int, False)
        return default if found is None else found

    def flag(self, key: str) -> bool:
        """Return a yes or no; no where the key is missing."""
        return bool(self._value(key, bool, False))

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is missing."""
        found: list[object] = self._value(key, list, False) or []
        if not all(isinstance(one, str) for one in found):
            self.complain(key)
            return ()
        return tuple(cast("list[str]", found))

    def names(self, key: str) -> dict[str, str]:
        """Return a table of texts, as `go` is."""
        found: dict[str, object] = self._value(key, dict, False) or {}
        if not all(type(one) is str for one in found.values()):
            self.complain(key)
            return {}
        return cast("dict[str, str]", found)

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice | None:
        """Return one of an enum's values; None and a problem where it is none of them."""
        given = self.text(key, None if default is None else "")
        if not given:
            return default
        try:
            return choices(given)
        except ValueError:
            self.complain(key)
            return default

    def wording(self, key: str) -> Wording:
        """Return a text in both languages, empty where the key is missing."""
        found = self.content.get(key)
        if found is None:
            self._known.add(key)
            return _NOTHING
        return self.table(key).words()

    def words(self) -> Wording:
        """Return this whole table as one text in both languages."""
        de, en = self.content.get("de"), self.content.get("en")
        if type(de) is str and type(en) is str and len(self.content) == 2:  # what all good files say
            return Wording(de, en)
        words = Wording(de=self.text("de", ""), en=self.text("en", ""))
        self.finish()
        return words

    def table(self, key: str) -> Table:
        """Return a table below this one, empty where the key is missing."""
        return Table(self._value(key, dict, False) or {}, self.where, self.problems, self.place)

    def rows(self, key: str) -> Iterator[Table]:
        """Return the tables of a list."""
        if key not in self.content:
            self._known.add(key)
            return
        found: list[object] = self._value(key, list, False) or []
        for one in found:
            if isinstance(one, dict):
                yield Table(cast("dict[str, Any]", one), self.where, self.problems, self.place)
            else:
                self.complain(key)

    def tables(self, place: Callable[[str], Message] | None = None) -> Iterator[tuple[str, Table]]:
        """Return all tables below this one with their names; `place` says what such a name is called, else a step."""
        for name, one in self.content.items():
            self._known.add(name)
            if isinstance(one, dict):
                short = name[:LONGEST_NAME]
                yield name, Table(cast("dict[str, Any]", one), short, self.problems, place and place(short))
            else:
                self.complain(name)

    def entries(self) -> Iterator[tuple[str, Table]]:
        """Return all tables below this one with their keys; what is wrong in them belongs to this one's place."""
        for key, one in self.tables():
            one.where, one.place = self.where, self.place
            yield key, one

    def has(self, key: str) -> bool:
        """Tell whether the file gives this key."""
        return key in self.content

    def complain(self, key: str) -> None:
        """Report a missing or wrong value."""
        self.report(Rule.SHAPE, key=key[:LONGEST_NAME])

    def report(self, rule: Rule, **names: str) -> None:
        """Report a broken rule in this table."""
        self.problems.append(problem(rule, self.where, place=self.place, is_error=True, **names))

    def finish(self) -> None:
        """Report the keys nobody asked for: they are misspelt or from a newer format."""
        for key in self.content:
            if key not in self._known:
                self.report(Rule.UNKNOWN_KEY, key=key[:LONGEST_NAME])

    def _value(self, key: str, wanted: type[Any], needed: bool) -> Any:
        self._known.add(key)
        found = self.content.get(key)
        if type(found) is wanted:
            return found
        if found is not None or needed:
            self.complain(key)
        return None
