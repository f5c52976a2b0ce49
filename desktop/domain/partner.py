"""The words for second and third level: who a partner is and how they are reached."""

from __future__ import annotations

from enum import Enum


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
