"""Checks a document against the part of JSON Schema (draft 2020-12) that our own schema uses; refuses any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

ANNOTATIONS = {"$schema", "$defs", "title", "description", "x-unit", "x-privacy", "x-platforms", "x-lane"}
CHECKED = {
    "$ref",
    "type",
    "const",
    "enum",
    "pattern",
    "minimum",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "anyOf",
    "maximum",
    "maxLength",
    "maxItems",
    "maxProperties",
    "propertyNames",
}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip


def faults(document: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, at: str = "") -> Iterator[str]:
    """Return where and how the document is not what the schema says."""
    root = root or schema
    assert not schema.keys() - ANNOTATIONS - CHECKED, f"{at}: the checker does not know {schema.keys() - CHECKED}"
    if "$ref" in schema:
        yield from faults(document, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(document, one) for one in kinds):
        yield f"{at}: {document!r} is no {kinds}"
        return
    if "const" in schema and document != schema["const"]:
        yield f"{at}: {document!r} is not {schema['const']!r}"
    if "enum" in schema and document not in schema["enum"]:
        yield f"{at}: {document!r} is none of {schema['enum']}"
    if "pattern" in schema and isinstance(document, str) and not re.search(schema["pattern"], document):
        yield f"{at}: {document!r} does not match"
    yield from _limits(document, schema, at)
    if "anyOf" in schema and all(any(faults(document, one, root, at)) for one in schema["anyOf"]):
        yield f"{at}: fits none of {len(schema['anyOf'])}"
    if isinstance(document, list) and "items" in schema:
        for number, one in enumerate(document):
            yield from faults(one, schema["items"], root, f"{at}[{number}]")
    if isinstance(document, dict):
        yield from _object(document, schema, root, at)


def _limits(document: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if "minimum" in schema and isinstance(document, int | float) and document < schema["minimum"]:
        yield f"{at}: {document!r} is too small"
    if "maximum" in schema and isinstance(document, int | float) and document > schema["maximum"]:
        yield f"{at}: {document!r} is too large"
    sizes = {"maxLength": str, "maxItems": list, "maxProperties": dict}
    if any(key in schema and isinstance(document, kind) and len(document) > schema[key] for key, kind in sizes.items()):
        yield f"{at}: is too long"


def _object(document: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    yield from (f"{at}: {name} is missing" for name in schema.get("required", []) if name not in document)
    if schema.get("additionalProperties") is False:
        yield from (f"{at}: {name} is not declared" for name in document if name not in properties)
    others = schema.get("additionalProperties")
    for name, value in document.items():
        if "propertyNames" in schema:
            yield from faults(name, schema["propertyNames"], root, f"{at}.{name}")
        if name in properties:
            yield from faults(value, properties[name], root, f"{at}.{name}")
        elif isinstance(others, dict):
            yield from faults(value, others, root, f"{at}.{name}")


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number") and isinstance(value, bool):
        return False
    return isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, float) and value.is_integer())
