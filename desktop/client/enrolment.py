"""Letting this PC into a company: read the invitation, compare four words, make keys, ask the Desk.

Importing this module loads no crypto; its functions do, because they are the first to need it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.client.asks import withdraw_all
from desktop.client.context import Client
from desktop.client.identity import AdmissionState, Identity, Person, enrolled_identity, load_identity, write_identity
from desktop.client.outgoing import give_up_sealed, queue
from desktop.client.policy import forget_policy
from desktop.client.post import Post
from desktop.client.wizards import forget_wizards
from desktop.domain.payloads import Enrol

if TYPE_CHECKING:  # brings the crypto library along
    from desktop.exchange.invitation import Invitation
    from desktop.exchange.keys import DeviceKeys
    from desktop.system.secrets import SecretStore

SEEDS = ("device.sign", "device.box")
OUTBOX_FOLDER = "post"


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What the employee compares before agreeing; `words` are the four check words in their language."""

    company: str
    words: tuple[str, str, str, str]
    expires_at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What this PC tells about itself when it asks to be let in."""

    host: str
    user: str
    platform: str
    version: str


@dataclass(frozen=True, slots=True)
class EnrolPc:
    """Agree to an invitation, given by its code."""

    code: str
    person: Person
    machine: Machine


def view_invitation(client: Client, source: Path | str | bytes, *, language: str) -> InvitationView:
    """Read an invitation file or code without accepting it. Raises AppError `invitation.*`."""
    from desktop.exchange.invitation import read_invitation

    found = read_invitation(source, clock=client.clock)
    return InvitationView(found.company, found.fingerprint(language), found.expires_at, found.to_code())


def enrol(client: Client, command: EnrolPc, secrets: SecretStore) -> Done[Identity]:
    """Accept an invitation: keys into the keychain, then identity and the message to the Desk in one transaction.

    A process that ends in between finds its keys again and goes on with them. A PC that was refused gets new ones,
    because the Desk never trusts the old ones again. Raises AppError `invitation.*`, `secrets.*`,
    or `enrolment.already` where another company was accepted before.
    """
    from desktop.exchange.invitation import read_invitation

    invitation = read_invitation(command.code, clock=client.clock)
    before = load_identity(client)
    _check_company(before, invitation)
    if not command.person.name.strip():
        raise AppError("enrolment.no_name")
    is_anew = before.state is AdmissionState.REFUSED
    keys = _new_keys(secrets) if is_anew else _keys(secrets)
    client.at_step("keys_kept")
    identity = _identity(command, invitation, keys, before=before)
    with client.store.write() as db:
        write_identity(db, identity)
        if before.org_id != identity.org_id:
            forget_policy(db)
            forget_wizards(db)
        if is_anew:
            give_up_sealed(db)
            withdraw_all(db)
        message_id = new_id(client.clock)
        queue(db, _message(command, invitation, keys), message_id=message_id, request_id="", parts=(), at=client.now())
    client.at_step("stored")
    return Done(identity, Changes.of(Subject.DEVICE, "self"))


def open_post(client: Client, secrets: SecretStore, folder: Path) -> Post:
    """Open the exchange of this PC; `folder` is where its outbox lies.

    Raises AppError `hilfe.not_enrolled`, or `secrets.*` where the keychain does not give the keys.
    """
    from desktop.exchange.device_post import DevicePost
    from desktop.exchange.keys import DeviceKeys, OrgPublic, key_from_text
    from desktop.exchange.mailbox import MailboxFolder

    identity = enrolled_identity(client)
    seeds = _read_seeds(secrets)
    if len(seeds) != len(SEEDS):
        raise AppError("secrets.missing", kind=ErrorKind.ENVIRONMENT, parameters={"name": SEEDS[0]})
    public = (key_from_text(one) for one in (identity.org_box, identity.org_sign, identity.org_recovery))
    return DevicePost(
        MailboxFolder(Path(identity.mailbox)),
        DeviceKeys.from_seeds(seeds),
        OrgPublic(identity.org_id, *public),
        folder=folder / (identity.post_folder or OUTBOX_FOLDER),
        clock=client.clock,
        step=client.at_step,
    )


def move_mailbox(client: Client, folder: Path) -> Done[None]:
    """Use the company's folder at another path, for instance where this PC knows it by another drive letter."""
    identity = enrolled_identity(client)
    with client.store.write() as db:
        write_identity(db, replace(identity, mailbox=str(folder)))
    return Done(None, Changes.of(Subject.DEVICE, "self"))


def _check_company(before: Identity, invitation: Invitation) -> None:
    is_open = before.state in (AdmissionState.WAITING, AdmissionState.APPROVED)
    if is_open and before.org_id not in ("", invitation.org.org_id):
        raise AppError("enrolment.already", parameters={"company": before.company})


def _read_seeds(secrets: SecretStore) -> Mapping[str, bytes]:
    found = {name: secrets.get(name) for name in SEEDS}
    return {name: seed for name, seed in found.items() if seed is not None}


def _keys(secrets: SecretStore) -> DeviceKeys:
    from desktop.exchange.keys import DeviceKeys

    found = _read_seeds(secrets)
    if len(found) == len(SEEDS):
        return DeviceKeys.from_seeds(found)
    return _new_keys(secrets)


def _new_keys(secrets: SecretStore) -> DeviceKeys:
    from desktop.exchange.keys import DeviceKeys

    keys = DeviceKeys.generate()
    for name, seed in keys.seeds().items():
        secrets.put(name, seed)
    return keys


def _identity(command: EnrolPc, invitation: Invitation, keys: DeviceKeys, *, before: Identity) -> Identity:
    from desktop.exchange.keys import key_text

    is_known = before.state is AdmissionState.APPROVED and before.org_id == invitation.org.org_id
    return Identity(
        admission=(AdmissionState.APPROVED if is_known else AdmissionState.WAITING).value,
        company=invitation.company,
        org_id=invitation.org.org_id,
        org_box=key_text(invitation.org.box_key),
        org_sign=key_text(invitation.org.sign_key),
        org_recovery=key_text(invitation.org.recovery_key),
        mailbox=invitation.mailbox,
        person_name=command.person.name.strip(),
        phone=command.person.phone.strip(),
        department=command.person.department.strip(),
        host=command.machine.host,
        device_id=before.device_id if is_known else "",
        device_folder=keys.public.id8,
        help_phone=before.help_phone if is_known else "",
        post_folder=_post_folder(keys, before),
    )


def _post_folder(keys: DeviceKeys, before: Identity) -> str:
    """Begin a new outbox with new keys: what the old ones sealed would be refused for ever."""
    is_changed = before.device_folder not in ("", keys.public.id8)
    return f"{OUTBOX_FOLDER}-{keys.public.id8}" if is_changed else before.post_folder


def _message(command: EnrolPc, invitation: Invitation, keys: DeviceKeys) -> Enrol:
    from desktop.exchange.enrolment import enrolment_mac
    from desktop.exchange.keys import key_text

    machine, person = command.machine, command.person
    return Enrol(
        host=machine.host,
        user=machine.user,
        person_name=person.name.strip(),
        phone=person.phone.strip(),
        department=person.department.strip(),
        platform=machine.platform,
        version=machine.version,
        box_key=key_text(keys.public.box_key),
        token_mac=enrolment_mac(invitation.token, invitation.org.org_id, keys.public),
    )
