"""What happens while people type and while requests come in: type-ahead over everything, and the import of messages."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cases.store import NOW, WORDS, both
from bench.measure import Limit, Result, Sample, in_turn, quantile, timed
from bench.store import Company, Setting

if TYPE_CHECKING:
    from desktop.domain.payloads import Request
    from desktop.exchange.device_post import DevicePost
    from desktop.services.company import OpenCompany
    from desktop.services.intake.report import ImportReport

BATCH = 20  # messages that wait when the mailbox is looked at
SHORTEST = 2  # letters after which the search begins


def type_ahead(setting: Setting) -> Result:
    """Every beginning of a word, letter by letter, beside the same prefix on raw sqlite3."""
    from desktop.services.search import search

    beginnings = [word[:length] for word in WORDS for length in range(SHORTEST, len(word) + 1)]
    ours, theirs = itertools.cycle(beginnings), itertools.cycle(beginnings)
    statement = "SELECT rowid FROM search_tickets WHERE search_tickets MATCH ? ORDER BY rowid DESC LIMIT 24"
    with both(setting) as one:
        first, second = in_turn(
            lambda: timed(lambda: search(one.work, next(ours), limit=24), repeat=5),
            lambda: timed(lambda: one.raw.execute(statement, (f'"{next(theirs)}"*',)).fetchall(), repeat=5),
            rounds=setting.rounds(30),
        )
    # A key is answered within one picture of a screen that shows 60 a second.
    limit = Limit("ms CPU at p95", 16, lambda result: quantile([each.cpu for each in result.ours.samples], 0.95))
    return Result("typing", setting.size, first, second, (limit,))


def take_in(setting: Setting) -> Result:
    """A message from the mailbox to its ticket, acknowledged and removed, beside writing and reading its bytes."""
    from desktop.services.intake import import_mailbox

    reports: list[ImportReport] = []
    with _company(setting) as (company, pc, folder):

        def ours() -> Sample:
            for _ in range(BATCH):
                pc.send(_request())
            pc.sync()
            done = timed(lambda: reports.append(import_mailbox(company.work, company.post).result))
            if len(reports[-1].messages) != BATCH:
                raise RuntimeError(f"{len(reports[-1].messages)} of {BATCH} messages were taken in")
            return Sample(done.wall / BATCH, done.cpu / BATCH)

        first, second = in_turn(
            ours, lambda: timed(lambda: _carry(folder / "file"), repeat=BATCH), rounds=setting.rounds(15)
        )
    return Result("import", setting.size, first, second, (Limit("ms CPU", 12, lambda result: result.ours.cpu),))


@contextmanager
def _company(setting: Setting) -> Iterator[tuple[OpenCompany, DevicePost, Path]]:
    """Open a company with its keys and a PC that was let in."""
    from desktop.base.paths import Home
    from desktop.domain.payloads import Enrol
    from desktop.exchange.device_post import DevicePost
    from desktop.exchange.enrolment import enrolment_mac
    from desktop.exchange.keys import DeviceKeys, key_text
    from desktop.exchange.mailbox import MailboxFolder
    from desktop.services.company import issue_invitation, open_company
    from desktop.services.intake import import_mailbox
    from desktop.system.secrets import open_secrets

    with Company(setting).opened() as copy, tempfile.TemporaryDirectory() as folder:
        home = Home.under(copy.home)
        _move_mailbox(copy)
        secrets = open_secrets(home, "file", lambda: copy.environment["ERSTHELFER_PASSPHRASE"])
        company = open_company(home, secrets)
        try:
            invitation = issue_invitation(company.work, secrets, devices=1).result
            keys = DeviceKeys.generate()
            pc = DevicePost(MailboxFolder(Path(invitation.mailbox)), keys, invitation.org, folder=Path(folder) / "pc")
            mac = enrolment_mac(invitation.token, invitation.org.org_id, keys.public)
            box_key = key_text(keys.box.public)
            pc.send(Enrol("AHB-PC-999", "bench", "Sabine Oswald", box_key=box_key, token_mac=mac, platform="Linux"))
            pc.sync()
            import_mailbox(company.work, company.post)
            yield company, pc, Path(folder)
        finally:
            company.close()


def _move_mailbox(copy: Company) -> None:
    """Let the copy use its own mailbox: the company was made in another folder."""
    with closing(sqlite3.connect(copy.database)) as connection, connection:
        connection.execute("UPDATE company SET mailbox = ?", (str(copy.home / "mailbox"),))


def _request() -> Request:
    from desktop.base.ids import new_id, reference
    from desktop.domain.payloads import Request

    request_id = new_id()
    return Request(
        request_id=request_id,
        reference=reference(request_id),
        text="Seit heute früh druckt der Etikettendrucker im Versand nur leere Seiten. Papier ist drin.",
        category="printer",
        impact="me",
        urgency="blocked",
        created_at=NOW,
        person_name="Sabine Oswald",
    )


def _carry(path: Path) -> str:
    path.write_bytes(b"x" * 2_000)
    return sha256(path.read_bytes()).hexdigest()
