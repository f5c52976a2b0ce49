"""Says a change in the reader's words: what it is about, and how it was and is."""

from __future__ import annotations

from desktop.base.texts import Texts
from desktop.diagnostics.evidence import formatted
from desktop.diagnostics.fact_lines import local_moment
from desktop.diagnostics.probe import Field
from desktop.diagnostics.registry import find_probe
from desktop.domain.change import Change, ChangeAct, ChangeKind, FactPath

_LONGEST = 200  # characters of a foreign text that a line can take


def kind_title(kind: ChangeKind, texts: Texts) -> str:
    """Return the heading over changes of a kind."""
    return texts.text(f"change.kind.{kind.value}")


def change_title(change: Change, texts: Texts) -> str:
    """Return what changed: a program's or printer's name with its column, or probe and field."""
    return path_title(change.path, texts, subject=change.subject, field=change.field)


def path_title(path: FactPath, texts: Texts, *, subject: str, field: str) -> str:
    """Return the name of a fact; the column of a row that came or went is not said."""
    owner = formatted("mount", subject, texts) if subject else texts.text(f"probe.{path.probe}.title")
    name = field if path.field else ""
    if not name or not texts.has(f"probe.{path.probe}.field.{name}"):
        return _plain(owner)
    return texts.text("change.title", owner=_plain(owner), field=texts.text(f"probe.{path.probe}.field.{name}"))


def change_values(change: Change, texts: Texts) -> tuple[str, str]:
    """Return how it was and how it is, empty where there was or is nothing to say."""
    return (value_words(change, change.before, texts), value_words(change, change.after, texts))


def change_line(change: Change, texts: Texts) -> str:
    """Return the whole change as one line."""
    before, after = change_values(change, texts)
    title = change_title(change, texts)
    if change.act is ChangeAct.CHANGED:
        return texts.text("change.line.changed", title=title, before=before, after=after)
    value = after or before
    named = texts.text("change.named", title=title, value=value) if value else title
    return texts.text(f"change.line.{change.act.value}", title=named)


def value_words(change: Change, value: object, texts: Texts) -> str:
    """Return one side of a change as words; empty where it is not there."""
    return fact_words(change.probe, change.path.table, change.field, value, texts)


def fact_words(probe_id: str, table: str, name: str, value: object, texts: Texts) -> str:
    """Return a fact's value as words with the unit that its declaration names; empty where there is none."""
    if value is None or value == "":
        return ""
    if value == ():
        return texts.text("change.nothing")
    declared = _declared(probe_id, table, name)
    unit = declared.unit if declared else ""
    if unit == "unix_s" and isinstance(value, int | float):
        moment = local_moment(value)
        return f"{moment:%Y-%m-%d}" if moment else texts.text("diagnostics.not_known")
    is_named = not unit or unit == "code" or name.endswith(f"_{unit}")
    return _plain(formatted(name if is_named else f"{name}_{unit}", value, texts))


def _declared(probe_id: str, table: str, name: str) -> Field | None:
    probe = find_probe(probe_id)
    if probe is None:
        return None
    if not table:
        return probe.field(name)
    owner = probe.field(table)
    return next((one for one in owner.columns if one.name == name), None) if owner else None


def _plain(text: str) -> str:
    """Return a foreign text as one line without control characters."""
    return "".join(one if one.isprintable() else " " for one in text)[:_LONGEST]
