"""Facts as lines that people read: every declared field with its name and unit in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from desktop.base.texts import Texts
from desktop.diagnostics.evidence import formatted
from desktop.diagnostics.probe import Field, Kind, Probe
from desktop.diagnostics.registry import PROBES
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot

MOMENT = "unix_s"
"""The unit of a point in time; people read it as local date and time."""
_LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


def fact_lines(snapshot: Snapshot, texts: Texts) -> Iterator[str]:
    """Return a heading per probe and its facts below it, indented; what nobody knows is left out.

    Foreign text is printed without control characters, so that no name of a printer steers a terminal.
    """
    for probe in PROBES:
        result = snapshot.probes.get(probe.id)
        if result is not None:
            yield from map(printable, _of_probe(probe, result, texts))


def fact_words(field: Field, value: object, texts: Texts) -> str:
    """Return one fact as words, with the unit that its field declares."""
    if field.unit == MOMENT:
        return _moment(value, texts)
    has_unit = not field.unit or field.name.endswith(f"_{field.unit}")
    return formatted(field.name if has_unit else f"{field.name}_{field.unit}", value, texts)


def printable(line: str) -> str:
    """Replace what could steer a terminal or break a line."""
    return "".join(
        one if one.isprintable() or one == "\N{NO-BREAK SPACE}" else "\N{REPLACEMENT CHARACTER}" for one in line
    )


def _of_probe(probe: Probe, result: ProbeResult, texts: Texts) -> Iterator[str]:
    title = texts.text(f"probe.{probe.id}.title")
    known = [one for one in probe.fields if result.facts.get(one.name) not in (None, [])]
    if not known:
        yield _nothing(result, title, texts)
        return
    yield title
    for one in known:
        yield from _of_field(probe, one, result.facts[one.name], texts)


def _nothing(result: ProbeResult, title: str, texts: Texts) -> str:
    if result.status is ProbeStatus.OK:
        return texts.text("diagnostics.nothing", title=title)
    return texts.text("diagnostics.no_facts", title=title, reason=result.reason or result.status.value)


def _of_field(probe: Probe, field: Field, value: object, texts: Texts) -> Iterator[str]:
    rows = cast("list[object]", value) if isinstance(value, list) else []
    if field.kind is not Kind.TABLE or not rows:
        yield f"  {_fact(probe, field, cast('object', value), texts)}"
        return
    yield f"  {texts.text(f'probe.{probe.id}.field.{field.name}')}"
    for row in (cast("Mapping[str, Any]", one) for one in rows if isinstance(one, dict)):
        known = [one for one in field.columns if row.get(one.name) not in (None, [])]
        yield f"    {', '.join(_fact(probe, one, row[one.name], texts) for one in known)}"


def _fact(probe: Probe, field: Field, value: object, texts: Texts) -> str:
    words = fact_words(field, value, texts)
    return texts.text("diagnostics.fact", name=texts.text(f"probe.{probe.id}.field.{field.name}"), value=words)


def _moment(value: object, texts: Texts) -> str:
    if not isinstance(value, int | float):
        return formatted("", value, texts)
    moment = local_moment(value)
    return moment.isoformat(" ", "minutes") if moment else texts.text("diagnostics.not_known")


def local_moment(seconds: float) -> datetime | None:
    """Return a point in time as the wall clock here shows it; None for what no calendar has."""
    return datetime.fromtimestamp(seconds, UTC).astimezone() if 0 <= seconds < _LATEST else None
