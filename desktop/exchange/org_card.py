"""org.json in the mailbox: the company's public keys, signed, with the chain from older signing keys to the present."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop.base.clock import Clock, from_text, to_text, utc_now
from desktop.base.errors import AppError
from desktop.base.ids import is_id
from desktop.exchange.keys import OrgKeys, OrgPublic, SignPair, key_from_text, key_text, verify
from desktop.exchange.strict_json import canonical, read_object

FORMAT = 1
FILE_NAME = "org.json"
MAX_SIZE = 256 * 1024
POLL_SECONDS = 10  # between two looks of a PC into the mailbox; PCs back off to 60
_DOMAIN = b"ersthelfer org card 1\n"
_CHAIN_DOMAIN = b"ersthelfer successor 1\n"
_MAX_LINKS = 100


@dataclass(frozen=True, slots=True)
class Successor:
    """One link of the chain: the key `before` signed that `after` follows it."""

    before: bytes
    after: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class OrgCard:
    """What org.json says; requests are sealed to `recipients`, answers count when signed by one of `signers`."""

    company: str
    org: OrgPublic
    technicians: tuple[bytes, ...] = ()
    successors: tuple[Successor, ...] = ()
    poll_seconds: int = POLL_SECONDS
    min_version: str = ""
    issued_at: str = ""

    @property
    def recipients(self) -> tuple[bytes, ...]:
        """Return every key a request is sealed to: the company's, each technician's, the recovery sheet's."""
        return (*self.org.recipients, *self.technicians)


def succession(before: SignPair, after: bytes, org_id: str) -> Successor:
    """Let the old signing key announce the new one; kept in org.json for ever."""
    return Successor(before.public, after, before.sign(_link_text(org_id, before.public, after)))


def card_bytes(card: OrgCard, keys: OrgKeys, *, clock: Clock = utc_now) -> bytes:
    """Return org.json, signed now by the company's present key."""
    document = {
        "ersthelfer": "org",
        "v": FORMAT,
        "company": card.company,
        "org": card.org.org_id,
        "box": key_text(card.org.box_key),
        "sign": key_text(card.org.sign_key),
        "recovery": key_text(card.org.recovery_key),
        "technicians": [key_text(one) for one in card.technicians],
        "successors": [
            {"before": key_text(one.before), "after": key_text(one.after), "signature": _b64(one.signature)}
            for one in card.successors
        ],
        "poll_seconds": card.poll_seconds,
        "min_version": card.min_version,
        "issued_at": to_text(clock()),
    }
    signature = keys.sign.sign(_DOMAIN + canonical(document))
    return canonical({**document, "signature": _b64(signature)}) + b"\n"


def read_card(content: bytes, pinned: OrgPublic) -> OrgCard:
    """Read org.json and check that its key is the pinned one or its announced successor.

    Raises AppError `mailbox.not_ours` where company, signature or chain do not fit.
    """
    try:
        document = read_object(content[:MAX_SIZE], max_depth=6)
        card = _card(document)
        unsigned = {name: value for name, value in document.items() if name != "signature"}
        signature = b64decode(str(document["signature"]), validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise AppError("mailbox.not_ours", detail=str(error)) from error
    is_signed = verify(_DOMAIN + canonical(unsigned), signature, card.org.sign_key)
    if card.org.org_id != pinned.org_id or not is_signed or card.org.sign_key not in signers(card, pinned):
        raise AppError("mailbox.not_ours", detail="signature")
    return card


def signers(card: OrgCard, pinned: OrgPublic) -> frozenset[bytes]:
    """Return the signing keys a PC trusts: the pinned one and whatever follows it, link by link."""
    trusted = {pinned.sign_key}
    for link in card.successors:
        text = _link_text(pinned.org_id, link.before, link.after)
        if link.before in trusted and verify(text, link.signature, link.before):
            trusted.add(link.after)
    return frozenset(trusted)


def _card(document: Mapping[str, Any]) -> OrgCard:
    if document["ersthelfer"] != "org" or not is_id(str(document["org"])):
        raise ValueError("not an org card")
    keys = (key_from_text(document[name]) for name in ("box", "sign", "recovery"))
    poll, issued_at = document["poll_seconds"], str(document["issued_at"])
    from_text(issued_at)
    if type(poll) is not int:
        raise ValueError("poll_seconds")
    return OrgCard(
        company=str(document["company"])[:200],
        org=OrgPublic(str(document["org"]), *keys),
        technicians=tuple(key_from_text(one) for one in _items(document["technicians"])),
        successors=tuple(_successor(one) for one in _items(document["successors"])),
        poll_seconds=min(max(poll, 5), 60),
        min_version=str(document["min_version"])[:40],
        issued_at=issued_at,
    )


def _successor(entry: object) -> Successor:
    fields = cast("Mapping[str, object]", entry)
    before, after = key_from_text(fields["before"]), key_from_text(fields["after"])
    return Successor(before, after, b64decode(str(fields["signature"]), validate=True))


def _items(found: object) -> Sequence[object]:
    if not isinstance(found, list) or len(cast("list[object]", found)) > _MAX_LINKS:
        raise ValueError("list")
    return cast("list[object]", found)


def _link_text(org_id: str, before: bytes, after: bytes) -> bytes:
    return _CHAIN_DOMAIN + org_id.encode() + b"\n" + before + after


def _b64(value: bytes) -> str:
    return b64encode(value).decode()
