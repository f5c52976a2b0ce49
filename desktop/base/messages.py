"""Texts as codes: lower layers name a text and its parameters, the edge renders it in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One text to be rendered at the edge: `code` is its gettext id, `count` chooses the plural form."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])
    count: int | None = None
