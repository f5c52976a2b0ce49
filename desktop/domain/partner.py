"""The words for second and third level: who a partner is and how they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop.domain.ticket import Level


class PartnerKind(Enum):
    """Who a partner is; a vendor is outside the company and sees no internal notes."""

    COLLEAGUE = "colleague"
    DEPARTMENT = "department"
    VENDOR = "vendor"

    @property
    def is_outside(self) -> bool:
        """Tell whether what goes there leaves the company."""
        return self is PartnerKind.VENDOR


class PartnerChannel(Enum):
    """How a partner wants to be reached; `address` of the partner fits it."""

    MAIL = "mail"
    PHONE = "phone"
    PORTAL = "portal"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class AddPartner:
    """A new partner; `topics` are what they know about, `address` fits the channel, `note` holds the contract."""

    name: str
    level: Level = Level.SECOND
    kind: PartnerKind = PartnerKind.VENDOR
    channel: PartnerChannel = PartnerChannel.MAIL
    address: str = ""
    topics: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditPartner:
    """Change a partner, found by id or name; None leaves a field as it is, `is_active` False takes it off the list."""

    partner: str
    name: str | None = None
    level: Level | None = None
    kind: PartnerKind | None = None
    channel: PartnerChannel | None = None
    address: str | None = None
    topics: str | None = None
    note: str | None = None
    is_active: bool | None = None
