"""Facts of a snapshot as words: labels from the probes' texts, numbers with the unit that the probe declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from desktop.diagnostics.evidence import formatted
from desktop.domain.snapshot import Snapshot
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

if TYPE_CHECKING:
    from desktop.diagnostics.probe import Field

SHOWN_LINES = 12  # rows of a table of facts; the rest is in the raw data
_BY_NAME = ("percent", "ms", "celsius", "dbm", "s", "bytes", "bytes_per_s")  # units that `evidence.formatted` knows
_LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


class FactWords:
    """Reads every probe's declaration once; what only another version knows keeps its bare name."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def probes_in_order(self, snapshot: Snapshot) -> list[str]:
        """Return the probes as people read them: in the order of the registry, unknown ones last."""
        places = {name: place for place, name in enumerate(self._declared)}
        return sorted(snapshot.probes, key=lambda name: (places.get(name, len(places)), name))

    def facts_in_order(self, probe: str, facts: Mapping[str, object]) -> list[tuple[str, object]]:
        """Return the facts of a probe in the order of their declaration, unknown ones last."""
        places = {name: place for place, name in enumerate(self._declared.get(probe, {}))}
        return sorted(facts.items(), key=lambda one: places.get(one[0], len(places)))

    def title(self, probe: str) -> str:
        """Return what a probe is called."""
        return self._name((f"probe.{probe}.title",), probe)

    def label(self, probe: str, name: str) -> str:
        """Return what a fact is called."""
        return self._name((f"probe.{probe}.field.{name}", f"device.field.{name}"), name)

    def value(self, probe: str, name: str, value: object) -> str:
        """Return a fact as words; a table has one line per row."""
        field = self._declared.get(probe, {}).get(name)
        columns = {one.name: one for one in field.columns} if field else {}
        if isinstance(value, Mapping):
            return self._pairs(probe, cast("Mapping[str, object]", value), columns)
        rows = cast("list[object]", value) if isinstance(value, list) else []
        if any(isinstance(one, Mapping) for one in rows):
            return self._table(probe, rows, columns)
        return one_line(self._plain(name, cast("object", value), field), 400)

    def rows(self, probe: str, name: str, value: object) -> tuple[list[str], list[list[str]]] | None:
        """Return the titles and the words of a declared table, without columns that say nothing; None for other facts.

        At most `SHOWN_LINES` rows; the rest is in the raw data.
        """
        field = self._declared.get(probe, {}).get(name)
        if field is None or not field.columns or not isinstance(value, list):
            return None
        rows = [cast("Mapping[str, object]", one) for one in cast("list[object]", value) if isinstance(one, Mapping)]
        said = [one for one in field.columns if any(row.get(one.name) not in (None, "", []) for row in rows)]
        lines = [[self._cell(one, row.get(one.name)) for one in said] for row in rows[:SHOWN_LINES]]
        return [self.label(probe, one.name) for one in said], lines

    def _cell(self, field: Field, value: object) -> str:
        return "" if value in (None, "", []) else one_line(self._plain(field.name, value, field), 120)

    def _table(self, probe: str, rows: Sequence[object], columns: Mapping[str, Field]) -> str:
        pairs = (cast("Mapping[str, object]", one) for one in rows if isinstance(one, Mapping))
        lines = [self._pairs(probe, one, columns) for one in pairs]
        more = len(lines) - SHOWN_LINES
        if more > 0:
            lines = [*lines[:SHOWN_LINES], self._look.texts.plural("device.fact.more", more)]
        return "\n".join(lines)

    def _pairs(self, probe: str, facts: Mapping[str, object], columns: Mapping[str, Field]) -> str:
        known = ((name, value) for name, value in facts.items() if value not in (None, "", []))
        words = (f"{self.label(probe, name)}: {self._plain(name, value, columns.get(name))}" for name, value in known)
        return one_line(" · ".join(words), 400)

    def _plain(self, name: str, value: object, field: Field | None) -> str:
        texts, unit = self._look.texts, field.unit if field else ""
        if unit == "unix_s" and isinstance(value, int | float):
            is_known = 0 < value < _LATEST
            moment = datetime.fromtimestamp(value, UTC) if is_known else None
            return self._look.formats.moment(moment) if moment else texts.text("diagnostics.not_known")
        if unit in _BY_NAME and not name.endswith(f"_{unit}"):
            return formatted(f"{name}_{unit}", value, texts)
        return formatted(name, value, texts)

    def _name(self, codes: Sequence[str], fallback: str) -> str:
        texts = self._look.texts
        return next((texts.text(one) for one in codes if texts.has(one)), one_line(fallback, 60))

    @cached_property
    def _declared(self) -> dict[str, dict[str, Field]]:
        from desktop.diagnostics.registry import PROBES  # loads every probe, needed only here

        return {one.id: {field.name: field for field in one.fields} for one in PROBES}
