"""The invented company as values: who works there, which cases come up, and the partners; read from resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from desktop.base.paths import resources
from desktop.domain.partner import AddPartner, PartnerChannel, PartnerKind
from desktop.domain.ticket import Impact, Kind, Level, Urgency


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the people."""

    name: str
    department: str
    room: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Case:
    """What comes up now and then, and how it is dealt with; `weight` is how often."""

    title: str
    text: str
    category: str
    weight: int
    urgency: Urgency
    impact: Impact
    reply: str
    answer: str
    note: str
    solution: str
    kind: Kind = Kind.FAULT
    finding: str = ""
    wizard: str = ""
    escalate: str = ""


@dataclass(frozen=True, slots=True)
class DemoData:
    """Everything the generator draws from."""

    technicians: tuple[str, ...]
    people: tuple[Somebody, ...]
    partners: tuple[AddPartner, ...]
    cases: tuple[Case, ...]


def load_demo(folder: Path | None = None) -> DemoData:
    """Read the company and its cases."""
    root = folder or resources() / "demo"
    company = tomllib.loads((root / "company.toml").read_text(encoding="utf-8"))
    cases = tomllib.loads((root / "cases.toml").read_text(encoding="utf-8"))
    return DemoData(
        technicians=tuple(company["technicians"]),
        people=_people(company["departments"]),
        partners=tuple(_partner(one) for one in company["partner"]),
        cases=tuple(_case(one) for one in cases["case"]),
    )


def _people(departments: dict[str, Any]) -> tuple[Somebody, ...]:
    found: list[Somebody] = []
    for department, (room, names) in departments.items():
        for name in names:
            phone = "214" if name == "Sabine Oswald" else str(301 + len(found))
            found.append(Somebody(name, department, room, phone, _address(name)))
    return tuple(found)


def _address(name: str) -> str:
    plain = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ş": "s", " ": "."}
    words = name.removeprefix("Dr. ").lower()
    return reduce(lambda text, pair: text.replace(*pair), plain.items(), words) + "@ahornblick.example"


def _partner(one: dict[str, Any]) -> AddPartner:
    return AddPartner(
        name=one["name"],
        level=Level(one["level"]),
        kind=PartnerKind(one["kind"]),
        channel=PartnerChannel(one["channel"]),
        address=one["address"],
        topics=one["topics"],
        note=one["note"],
    )


def _case(one: dict[str, Any]) -> Case:
    values: dict[str, Any] = dict(one)
    values["urgency"], values["impact"] = Urgency(one["urgency"]), Impact(one["impact"])
    values["kind"] = Kind(one.get("kind", Kind.FAULT.value))
    return Case(**values)
