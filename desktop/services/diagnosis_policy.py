"""Whom the PCs' diagnoses ask, and how much a request offers to send: set here and told to every PC."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError, ErrorKind
from desktop.base.messages import Message
from desktop.diagnostics.pseudonyms import wifi_mark
from desktop.diagnostics.target_checks import check_name, check_target
from desktop.diagnostics.targets import (
    DEFAULT_TARGETS,
    MAX_OF_A_KIND,
    CompanyTarget,
    Targets,
    read_targets,
    targets_document,
)
from desktop.services.policy_rows import read_policy, write_policy
from desktop.services.recording import record_act
from desktop.services.work import Work

TARGETS, LEVEL = "targets", "level"
"""Where the policy keeps them."""
CHANGED = "targets"
"""The id under which `Changes` names them as a setting."""
LEVELS = ("full", "basic", "none")


@dataclass(frozen=True, slots=True)
class DiagnosisPolicy:
    """Whom a diagnosis asks, and how much a request offers to send before its employee chooses."""

    targets: Targets
    level: str


def read_diagnosis_policy(work: Work) -> DiagnosisPolicy:
    """Return what is set; the program's own values where nothing is, or where it cannot be read."""
    with work.store.reading() as connection:
        return _read(connection)


def add_target(work: Work, target: CompanyTarget) -> Done[DiagnosisPolicy]:
    """Let every diagnosis ask one more server of the company; one of the same name is replaced.

    Raises AppError `targets.name`, `targets.host`, `targets.port`, `targets.many`.
    """
    checked = check_target(target)

    def act(before: Targets) -> Targets:
        others = [one for one in before.company if one.name.casefold() != checked.name.casefold()]
        if len(others) >= MAX_OF_A_KIND:
            raise AppError("targets.many", kind=ErrorKind.USAGE, parameters={"limit": MAX_OF_A_KIND})
        return before._replace(company=(*others, checked))

    return _change_targets(work, act, "target.added", name=checked.name, host=checked.host, port=checked.port)


def remove_target(work: Work, name: str) -> Done[DiagnosisPolicy]:
    """Ask a server no more. Raises AppError `targets.unknown`."""

    def act(before: Targets) -> Targets:
        left = tuple(one for one in before.company if one.name.casefold() != name.strip().casefold())
        if len(left) == len(before.company):
            raise AppError("targets.unknown", kind=ErrorKind.USAGE, parameters={"name": name[:60]})
        return before._replace(company=left)

    return _change_targets(work, act, "target.removed", name=name.strip()[:60])


def set_switches(
    work: Work, *, asks_third_parties: bool | None = None, asks_portal: bool | None = None
) -> Done[DiagnosisPolicy]:
    """Let diagnoses ask servers that are not the company's, and the page that shows a sign-in network, or not."""
    given = {"asks_third_parties": asks_third_parties, "asks_portal": asks_portal}
    wanted = {name: one for name, one in given.items() if one is not None}
    return _change_targets(work, lambda before: before._replace(**wanted), "targets.switched", **wanted)


def set_names(work: Work, names: tuple[str, ...]) -> Done[DiagnosisPolicy]:
    """Resolve these names of the company in every diagnosis. Raises AppError `targets.host`, `targets.many`."""
    if len(names) > MAX_OF_A_KIND:
        raise AppError("targets.many", kind=ErrorKind.USAGE, parameters={"limit": MAX_OF_A_KIND})
    checked = tuple(check_name(one) for one in names)
    return _change_targets(work, lambda before: before._replace(company_names=checked), "targets.names", n=len(checked))


def set_wifi(work: Work, networks: tuple[str, ...]) -> Done[DiagnosisPolicy]:
    """Know these Wi-Fi networks as the company's; only their keyed hashes are kept, and none clears them."""
    named = tuple(one for one in networks if one.strip())[:MAX_OF_A_KIND]

    def act(before: Targets) -> Targets:
        key = before.wifi_key or secrets.token_bytes(32).hex()
        return before._replace(wifi_key=key, wifi_marks=tuple(wifi_mark(one, bytes.fromhex(key)) for one in named))

    return _change_targets(work, act, "targets.wifi", n=len(named))


def set_level(work: Work, level: str) -> Done[DiagnosisPolicy]:
    """Offer that much of a diagnosis with a request; the employee still chooses. Raises AppError `targets.level`."""
    if level not in LEVELS:
        raise AppError(
            "targets.level", kind=ErrorKind.USAGE, parameters={"level": level[:20], "known": ", ".join(LEVELS)}
        )
    return _change(work, lambda before: {**before, LEVEL: level}, "targets.level", level=level)


def reset_targets(work: Work) -> Done[DiagnosisPolicy]:
    """Go back to the program's own values."""

    def act(before: Mapping[str, Any]) -> dict[str, Any]:
        return {name: one for name, one in before.items() if name not in (TARGETS, LEVEL)}

    return _change(work, act, "targets.reset")


def _change_targets(
    work: Work, act: Callable[[Targets], Targets], what: str, **detail: object
) -> Done[DiagnosisPolicy]:
    def changed(before: Mapping[str, Any]) -> dict[str, Any]:
        targets = _targets(before)
        after = act(targets)
        return dict(before) if after == targets else {**before, TARGETS: targets_document(after)}

    return _change(work, changed, what, **detail)


def _change(
    work: Work, act: Callable[[Mapping[str, Any]], dict[str, Any]], what: str, **detail: object
) -> Done[DiagnosisPolicy]:
    """Keep what differs now and offer the way back; PCs are told with the next delivery."""
    with work.store.writing() as connection:
        before = read_policy(connection)
        after = act(before)
        if after == before:
            return Done(_read(connection))
        write_policy(work, connection, after)
        record_act(work, connection, what, "policy", **detail)
        row = _read(connection)
    mine = {name: before[name] for name in (TARGETS, LEVEL) if name in before}

    def restore(present: Mapping[str, Any]) -> dict[str, Any]:
        return {**{name: one for name, one in present.items() if name not in (TARGETS, LEVEL)}, **mine}

    undo = Undo(Message("undo.targets_changed"), lambda later: _change(later, restore, "targets.restored"))
    return Done(row, Changes.of(Subject.SETTING, CHANGED), undo)


def _read(connection: Connection) -> DiagnosisPolicy:
    document = read_policy(connection)
    level = str(document.get(LEVEL, ""))
    return DiagnosisPolicy(_targets(document), level if level in LEVELS else LEVELS[0])


def _targets(document: Mapping[str, Any]) -> Targets:
    found = document.get(TARGETS)
    try:
        return read_targets(cast("dict[str, Any]", found)) if isinstance(found, dict) else DEFAULT_TARGETS
    except ValueError:
        return DEFAULT_TARGETS
