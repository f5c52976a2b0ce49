"""The company itself: made once with keys, database, mailbox and first invitation, then opened every day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import Clock, to_text, utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.ids import new_id
from desktop.base.paths import Home
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.invitation import FILE_NAME, VALID_FOR, Invitation
from desktop.exchange.invitation import make_invitation as sign_invitation
from desktop.exchange.keys import OrgKeys, OrgPublic, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.org_card import OrgCard
from desktop.exchange.reports import Step, no_step
from desktop.exchange.words import to_words
from desktop.models.tables import company, invitations, technicians
from desktop.services.admission import tell_all
from desktop.services.recording import record_act
from desktop.services.work import (
    Actor,
    Work,
    card_copy,
    database_path,
    files_folder,
    open_store,
    open_work,
    post_folder,
)
from desktop.system.secrets import SecretStore, require

FIRST_DEVICES = 5  # PCs the first invitation lets in by itself


@dataclass(frozen=True, slots=True)
class CreateCompany:
    """What the set-up asks for; `technician` is the name of the first one, `devices` how many PCs get in unasked.

    `recovery` is the key whose words the admin has on paper already; None makes a new one.
    """

    name: str
    mailbox: Path
    technician: str
    help_phone: str = ""
    devices: int = FIRST_DEVICES
    language: str = "de"
    recovery: RecoveryKey | None = None


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """What is known of the company; the keys are public halves."""

    name: str
    mailbox: Path
    help_phone: str
    org: OrgPublic


@dataclass(frozen=True, slots=True)
class NewCompany:
    """A company just made; `recovery_words` are shown once, to be printed, and stand nowhere else."""

    company: CompanyRow
    database: Path
    invitation: Path
    recovery_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenCompany:
    """A company at work: `work` for the use cases, `post` for the mailbox; `close` at the end."""

    company: CompanyRow
    work: Work
    post: DeskPost

    def close(self) -> None:
        """Let go of the database."""
        self.work.store.close()


def create_company(
    home: Home,
    secrets: SecretStore,
    command: CreateCompany,
    *,
    clock: Clock = utc_now,
) -> NewCompany:
    """Make keys, database, mailbox folder and invitation file.

    Everything before the database row may be repeated, so a set-up that was cut off can simply be run again.
    Raises AppError `company.exists`, `company.name`, `company.data_in_mailbox`, `mailbox.*` (`mailbox.taken`: another
    company works there), `secrets.*`, `store.*`.
    """
    name, technician = " ".join(command.name.split())[:120], " ".join(command.technician.split())[:120]
    if not name or not technician:
        raise AppError("company.name", kind=ErrorKind.USAGE)
    _check_place(home, command.mailbox)
    store = open_store(home)
    try:
        with store.reading() as connection:
            if connection.execute(select(company.c.id)).first():
                raise AppError("company.exists", kind=ErrorKind.USAGE, parameters={"path": str(home.data)})
        _check_is_free(home, command.mailbox)
        keys, recovery = OrgKeys.generate(), command.recovery or RecoveryKey.generate()
        for entry, seed in keys.seeds().items():
            secrets.put(entry, seed)
        org = keys.public(new_id(clock), recovery.box.public)
        row = CompanyRow(name, command.mailbox.absolute(), command.help_phone.strip()[:60], org)
        _post(home, row, keys, clock=clock).publish(OrgCard(name, org))
        work = Work(store, clock, Actor(new_id(clock), technician), files_folder(home))
        _insert(work, row)
        path = _invite(work, keys, row, devices=command.devices, out=home.data / FILE_NAME)
    finally:
        store.close()
    return NewCompany(row, database_path(home), path, to_words(recovery.box.seed, command.language))


def _check_place(home: Home, mailbox: Path) -> None:
    """Keep the database out of the folder that everybody reaches."""
    if home.data.resolve().is_relative_to(mailbox.resolve()):
        raise AppError("company.data_in_mailbox", kind=ErrorKind.USAGE, parameters={"path": str(mailbox)})


def _check_is_free(home: Home, mailbox: Path) -> None:
    """Leave another company's mailbox alone; a card of our own is what a set-up that was cut off has left."""
    found = MailboxFolder(mailbox).read_card()
    if found is None:
        return
    own = card_copy(home)
    if not own.exists() or own.read_bytes() != found:
        raise AppError("mailbox.taken", kind=ErrorKind.USAGE, parameters={"path": str(mailbox)})


def _insert(work: Work, row: CompanyRow) -> None:
    now = to_text(work.clock())
    with work.store.writing() as connection:
        values = {"id": work.actor.id, "name": work.actor.name, "created_at": now}
        connection.execute(insert(technicians).values(**values))
        connection.execute(
            insert(company).values(
                id=row.org.org_id,
                name=row.name,
                mailbox=str(row.mailbox),
                help_phone=row.help_phone,
                box_key=row.org.box_key,
                sign_key=row.org.sign_key,
                recovery_key=row.org.recovery_key,
                created_at=now,
            )
        )
        record_act(work, connection, "company.created", row.org.org_id)


def open_company(
    home: Home, secrets: SecretStore, *, clock: Clock = utc_now, technician_id: str = "", step: Step = no_step
) -> OpenCompany:
    """Open database, keys and mailbox. Raises AppError `company.none`, `secrets.*`, `store.*`."""
    work = open_work(home, clock, technician_id=technician_id)
    try:
        row = read_company(work)
        keys = OrgKeys.from_seeds(require(secrets, "org.box", "org.sign"))
        return OpenCompany(row, work, _post(home, row, keys, clock=clock, step=step))
    except BaseException:
        work.store.close()
        raise


def read_company(work: Work) -> CompanyRow:
    """Return the company, without its secrets. Raises AppError `company.none` where the set-up was never done."""
    with work.store.reading() as connection:
        return _read(connection)


def _read(connection: Connection) -> CompanyRow:
    one = connection.execute(select(company)).first()
    if one is None:
        raise AppError("company.none", kind=ErrorKind.ENVIRONMENT)
    org = OrgPublic(one.id, one.box_key, one.sign_key, one.recovery_key)
    return CompanyRow(one.name, Path(one.mailbox), one.help_phone, org)


def update_company(work: Work, *, help_phone: str) -> Done[CompanyRow]:
    """Change the phone number that PCs show; all that were let in are told with the next delivery."""
    wanted = help_phone.strip()[:60]
    with work.store.writing() as connection:
        before = _read(connection)
        if wanted != before.help_phone:
            values = {"help_phone": wanted, "version": company.c.version + 1}
            connection.execute(update(company).values(**values))
            record_act(work, connection, "company.changed", before.org.org_id)
            tell_all(work, connection)
    return Done(replace(before, help_phone=wanted), Changes.of(Subject.SETTING, "company"))


def make_invitation(work: Work, secrets: SecretStore, *, devices: int, out: Path) -> Done[Path]:
    """Write an invitation whose token lets in that many PCs by itself, 0 for none; returns the file.

    A folder as `out` gets the usual file name. Raises AppError `company.none`, `secrets.*`, `invitation.unwritable`.
    """
    keys = OrgKeys.from_seeds(require(secrets, "org.box", "org.sign"))
    target = out / FILE_NAME if out.is_dir() else out
    path = _invite(work, keys, read_company(work), devices=devices, out=target)
    return Done(path, Changes.of(Subject.SETTING, "invitations"))


def issue_invitation(
    work: Work, secrets: SecretStore, *, devices: int, valid_for: timedelta = VALID_FOR
) -> Done[Invitation]:
    """Make an invitation and remember its token; the caller shows its code or saves its file.

    Raises AppError `company.none`, `secrets.*`.
    """
    keys, row = OrgKeys.from_seeds(require(secrets, "org.box", "org.sign")), read_company(work)
    made = _sign(work, keys, row, devices=devices, valid_for=valid_for)
    _remember(work, made)
    return Done(made, Changes.of(Subject.SETTING, "invitations"))


def _sign(work: Work, keys: OrgKeys, row: CompanyRow, *, devices: int, valid_for: timedelta = VALID_FOR) -> Invitation:
    return sign_invitation(
        keys,
        row.org,
        company=row.name,
        mailbox=str(row.mailbox),
        devices=devices,
        clock=work.clock,
        valid_for=valid_for,
    )


def _invite(work: Work, keys: OrgKeys, row: CompanyRow, *, devices: int, out: Path) -> Path:
    """Remember the token first: an invitation in somebody's hands must never be unknown here."""
    made = _sign(work, keys, row, devices=devices)
    _remember(work, made)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_durably(out, made.to_file_bytes())
    except OSError as error:
        where = {"path": str(out)}
        raise AppError(
            "invitation.unwritable", kind=ErrorKind.ENVIRONMENT, parameters=where, detail=str(error)
        ) from error
    return out


def _remember(work: Work, made: Invitation) -> None:
    invitation_id = new_id(work.clock)
    with work.store.writing() as connection:
        connection.execute(
            insert(invitations).values(
                id=invitation_id,
                token=made.token,
                devices=made.devices,
                created_at=to_text(work.clock()),
                expires_at=to_text(made.expires_at),
            )
        )
        record_act(work, connection, "invitation.made", invitation_id, devices=made.devices)


def _post(home: Home, row: CompanyRow, keys: OrgKeys, *, clock: Clock, step: Step = no_step) -> DeskPost:
    return DeskPost(MailboxFolder(row.mailbox), keys, row.org, folder=post_folder(home), clock=clock, step=step)
