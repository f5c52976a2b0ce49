"""The JSON Schema of a wizard file, with which an editor completes keys and marks faults while somebody types.

`packaging/write_schema.py` writes it to docs/wizard.schema.json. What needs the whole file (ways, loops, scenarios)
only the validator can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, TypeAlias

from desktop.domain.snapshot import FindingState
from desktop.domain.ticket import CATEGORIES, Priority
from desktop.domain.wizard.definition import FORMAT, AnswerType, Audience, AutoMode, Kind, Mode, Result
from desktop.domain.wizard.item_reader import MOST_DAYS
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.reader import NAME
from desktop.domain.wizard.text_rules import MAX_TEXT
from desktop.domain.wizard.value_rules import CHARACTERS, LINK, MAX_ANSWERS, MAX_LINES, MINUTES, STEPS, VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema: TypeAlias = dict[str, Any]
_EXITS = {
    Kind.QUESTION: ("unsure",),
    Kind.CHECK: ("present", "absent", "unknown"),
    Kind.INSTRUCTION: ("failed", "cannot"),
    Kind.ACTION: ("failed", "declined"),
}
"""The exits that a kind always has; a question has its answers besides, a fix `fixed` or `done`."""


def wizard_schema(known: Known) -> Schema:
    """Return the schema; `known` lists the findings, probes, actions and pages that a file may name."""
    head = _head()
    return {
        "$schema": DIALECT,
        "title": "Wizard",
        "description": "A checklist of Ersthelfer, one TOML file; docs/wizards.md says what it means.",
        **_table(head, ("format", "id", "category", "mode", "audience", "title")),
        "$defs": {
            "name": {"type": "string", "pattern": f"^{NAME}$"},
            "wording": _table({one: {"type": "string", "maxLength": MAX_TEXT} for one in ("de", "en")}, ("de", "en")),
            "lines": {"type": "array", "items": {"$ref": "#/$defs/wording"}, "maxItems": MAX_LINES},
            "answers": _answers(),
            "finding_id": _listed(known.findings),
            "probe_id": _listed(known.probes),
            "action_id": _listed(known.actions),
            "page_id": _listed(known.pages),
            "step": {"anyOf": [{"$ref": f"#/$defs/{one.value}"} for one in Kind]},
            **{kind.value: _step(kind) for kind in Kind},
            "item": _item(),
            "field": _field(),
            "case": _case(),
        },
    }


def _head() -> Schema:
    words = _table({one: _list({"type": "string"}) for one in ("de", "en")})
    return {
        "format": {"const": FORMAT, "description": "The format of the file"},
        "id": _ref("name", "The file's name without .toml"),
        "version": _range(VERSION, "Counted up with every change"),
        "category": _one_of(CATEGORIES, "The category of the ticket"),
        "mode": _enum(Mode, "Step by step, or one page of ticks"),
        "mandatory": {"type": "boolean", "description": "Keeps the ticket open while a required item is (do-confirm)"},
        "audience": _enum(Audience, "Who may start it"),
        "minutes": _range(MINUTES, "How long it takes, as the author thinks"),
        "start": _ref("name", "The first step (read-do)"),
        "probes": _list(_ref("probe_id"), "What the diagnosis should measure for it"),
        "findings": _list(_ref("finding_id"), "Findings that suggest this wizard"),
        "title": _ref("wording"),
        "keywords": {**words, "description": "Words of people that lead here"},
        "step": _named("step", "Steps by id (read-do)"),
        "item": _named("item", "Items by id (do-confirm)"),
        "field": _named("field", "How to ask for a required field that nobody was asked"),
        "case": _list(_ref("case"), "Scenarios that must end as they say"),
    }


def _step(kind: Kind) -> Schema:
    own, required = _own(kind)
    properties: Schema = {
        "kind": {"const": kind.value},
        "text": _ref("wording", "What to do, ask or know"),
        "title": _ref("wording", "A short heading"),
        "phone": _ref("wording", "The sentence a technician reads out"),
        "lines": _ref("lines", "Numbered lines below the text"),
        "audience": _enum(Audience, "Narrower than the wizard's"),
        "go": _ways(kind),
        "say": {"type": "object", "additionalProperties": {"$ref": "#/$defs/wording"}, "description": "Names of exits"},
        **{f"text_{one}": _ref("wording", "Another text there") for one in ("windows", "macos", "linux")},
        **own,
    }
    return _table(properties, ("kind", "text", *required, *(("go",) if kind in _EXITS else ())))


def _own(kind: Kind) -> tuple[Schema, tuple[str, ...]]:
    """Return the keys that only this kind has, and those it needs."""
    verify = {"verify": _ref("finding_id", "Looked at again afterwards; gone means fixed")}
    match kind:
        case Kind.QUESTION:
            return _question(), ("type", "field")
        case Kind.CHECK:
            said = {"present": _ref("wording", "The fact in words"), "absent": _ref("wording", "The fact in words")}
            return {"finding": _ref("finding_id"), **said}, ("finding",)
        case Kind.INSTRUCTION:
            return {"open": _ref("page_id", "A page of the settings"), **verify}, ()
        case Kind.ACTION:
            admin = {"type": "boolean", "description": "Needs administrator rights: for technicians only"}
            return {"action": _ref("action_id"), "admin": admin, **verify}, ("action",)
        case Kind.JUMP:
            return {"wizard": _ref("name", "The wizard to go on in")}, ("wizard",)
        case Kind.OUTCOME:
            return _outcome(), ("result",)


def _question() -> Schema:
    auto = {
        "mode": _enum(AutoMode, "Marks the answer, or passes the question by"),
        "answer": {"type": "string"},
        "finding": _ref("finding_id", "Answers while it is present"),
        "value": {"type": "string", "description": "A fact, as probe.key"},
    }
    return {
        "type": _enum(AnswerType),
        "field": _ref("name", "What the answer is kept as; works_now asks whether a fix helped"),
        "answers": _ref("answers"),
        "auto": _list(_table(auto, ("mode",)), "Answers from the diagnosis"),
        "max": _range(CHARACTERS, "Characters of a text"),
        "source": {
            "anyOf": [_ref("probe_id"), {"type": "string", "pattern": r"^[a-z0-9_]+\.[a-z0-9_]+$"}],
            "description": "Whose list a pick shows: a probe's first one, or probe.list",
        },
    }


def _outcome() -> Schema:
    return {
        "result": _enum(Result),
        "priority": _one_of([one.code for one in Priority], "Of the ticket"),
        "team": _ref("name", "Who takes over"),
        "required": _list(_ref("name"), "Fields that must go along"),
        "attach": _list(_ref("probe_id"), "Probes that go along"),
        "link": {"type": "string", "pattern": f"^(?:{LINK})$", "description": "https:, mailto: or an article's id"},
        "offline": {"type": "boolean", "description": "Show the phone number: the request may not get out"},
    }


def _item() -> Schema:
    confirm = {
        "finding": _ref("finding_id"),
        "state": _one_of([FindingState.PRESENT.value, FindingState.ABSENT.value]),
        "days": _range((1, MOST_DAYS), "How old the diagnosis may be"),
    }
    texts = {one: _ref("wording") for one in ("text", "title", "section", "phone", "fact")}
    properties: Schema = {
        **texts,
        "lines": _ref("lines"),
        "required": {"type": "boolean"},
        "confirm": {**_table(confirm, ("finding", "state")), "description": "The diagnosis ticks it"},
    }
    return _table(properties, ("text",))


def _field() -> Schema:
    properties = {
        "type": _enum(AnswerType),
        "text": _ref("wording"),
        "answers": _ref("answers"),
        "max": _range(CHARACTERS, "Characters of a text"),
    }
    return _table(properties, ("type", "text"))


def _case() -> Schema:
    properties: Schema = {
        "name": {"type": "string"},
        "findings": _list(_ref("finding_id"), "Present; all others are absent"),
        "unknown": _list(_ref("finding_id"), "Could not be measured there"),
        "answers": {"type": "object", "additionalProperties": {"type": "string"}, "description": "By field or step"},
        "fix": _list(_ref("name"), "Steps that help"),
        "cannot": _list(_ref("name"), "Steps that are not possible there"),
        "audience": _enum(Audience),
        "end": _ref("name", "The outcome it must end in"),
        "max_human": _range(STEPS, "Steps that need a person, at most"),
    }
    return _table(properties, ("end",))


def _answers() -> Schema:
    text = {"type": "string", "maxLength": MAX_TEXT}
    one = _table({"id": {"$ref": "#/$defs/name"}, "de": text, "en": text}, ("id", "de", "en"))
    return {"type": "array", "items": one, "maxItems": MAX_ANSWERS}


def _ways(kind: Kind) -> Schema:
    ways = _EXITS.get(kind, ())
    found: Schema = {"type": "object", "additionalProperties": {"$ref": "#/$defs/name"}, "required": list(ways)}
    return {**found, "description": "The next step for each exit"} if ways else {"type": "object", "maxProperties": 0}


def _table(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _named(kind: str, description: str) -> Schema:
    names = {"pattern": f"^{NAME}$"}
    found = {"$ref": f"#/$defs/{kind}"}
    return {"type": "object", "propertyNames": names, "additionalProperties": found, "description": description}


def _list(items: Schema, description: str = "") -> Schema:
    return _said({"type": "array", "items": items}, description)


def _ref(name: str, description: str = "") -> Schema:
    return _said({"$ref": f"#/$defs/{name}"}, description)


def _enum(values: type[Enum], description: str = "") -> Schema:
    return _one_of([one.value for one in values], description)


def _one_of(values: Iterable[str], description: str = "") -> Schema:
    return _said({"enum": list(values)}, description)


def _listed(known: frozenset[str] | None) -> Schema:
    return {"type": "string"} if known is None else {"enum": sorted(known)}


def _range(limits: tuple[int, int], description: str) -> Schema:
    return _said({"type": "integer", "minimum": limits[0], "maximum": limits[1]}, description)


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description} if description else schema
