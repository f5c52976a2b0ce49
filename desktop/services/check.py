"""Examines everything the Desk keeps: database, full-text index, audit chain, attachments, settings, checklists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.base.settings import Settings
from desktop.domain.desk_settings import DESK_SETTINGS, settings_path
from desktop.domain.wizard.cases import check_cases
from desktop.models.audit_chain import verify
from desktop.models.fulltext import check_index
from desktop.models.tables import blobs
from desktop.services.attachments import blob_path
from desktop.services.wizard_library import published_files, read_overlay
from desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class Check:
    """One part examined; `name` has the text `check.<name>`, `detail` says what is wrong or how much was looked at."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All parts; `ok` only where each is."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Tell whether everything is in order."""
        return all(one.ok for one in self.checks)


def check(work: Work, home: Home) -> CheckReport:
    """Examine all parts; a part that is too damaged to be examined counts as not in order."""
    parts: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        ("database", lambda: _database(work)),
        ("search", lambda: _search(work)),
        ("audit", lambda: _audit(work)),
        ("attachments", lambda: _attachments(work)),
        ("settings", lambda: _settings(home)),
        ("wizards", lambda: _wizards(work)),
    )
    return CheckReport(tuple(_examined(name, part) for name, part in parts))


def _examined(name: str, part: Callable[[], tuple[bool, str]]) -> Check:
    try:
        ok, detail = part()
    except AppError as error:
        return Check(name, ok=False, detail=error.detail or error.code)
    return Check(name, ok, detail)


def _database(work: Work) -> tuple[bool, str]:
    with work.store.reading() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")]
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"]:
        return False, "; ".join(found)
    return not orphans, f"foreign keys: {len(orphans)}" if orphans else "ok"


def _search(work: Work) -> tuple[bool, str]:
    with work.store.writing() as connection:  # FTS5 checks itself by an insert
        wrong = check_index(connection)
    return not wrong, wrong or "ok"


def _audit(work: Work) -> tuple[bool, str]:
    with work.store.reading() as connection:
        report = verify(connection)
    return not report.broken_at, str(report.broken_at or report.entries)


def _attachments(work: Work) -> tuple[bool, str]:
    lost: list[str] = []
    count = 0
    with work.store.reading() as connection:
        for one in connection.execute(select(blobs).execution_options(yield_per=50)):
            count += 1
            if not _is_whole(work, one.sha256, one.content):
                lost.append(one.sha256[:12])
    return not lost, ", ".join(lost[:10]) or str(count)


def _is_whole(work: Work, digest: str, content: bytes | None) -> bool:
    if content is not None:
        return sha256(content).hexdigest() == digest
    try:
        with blob_path(work.files, digest).open("rb") as stream:
            hashed = sha256()
            while piece := stream.read(1024 * 1024):
                hashed.update(piece)
            return hashed.hexdigest() == digest
    except OSError:
        return False


def _settings(home: Home) -> tuple[bool, str]:
    settings = Settings(settings_path(home), DESK_SETTINGS)
    unfit = settings.list_unfit()
    return not unfit, ", ".join(unfit) or str(len(settings.declared))


def _wizards(work: Work) -> tuple[bool, str]:
    """Look at the company's own checklists: after an update one may no longer pass, then the shipped one holds."""
    with work.store.reading() as connection:
        own = published_files(connection).keys()
    if not own:
        return True, "0"
    held = read_overlay(work)
    wizards = held.library.wizards
    wrong = {name: [one for one in found if one.is_error] for name, found in held.left_out.items()}
    wrong |= {name: list(check_cases(wizards, wizards[name])) for name in own - wrong.keys()}
    rules = {name: ", ".join(sorted({one.rule.value for one in found})) for name, found in sorted(wrong.items())}
    told = [f"{name} ({broken})" for name, broken in rules.items() if broken]
    return not told, ", ".join(told) or str(len(own))
