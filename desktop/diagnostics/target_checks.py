"""Checks what an administrator typed as a target, before it travels to every PC."""

from __future__ import annotations

import ipaddress
import re

from desktop.base.errors import AppError, ErrorKind
from desktop.diagnostics.targets import CompanyTarget

MAX_NAME = 60  # characters of what people call a server
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)  # RFC 1123, and the underscore that Windows allows


def check_target(target: CompanyTarget) -> CompanyTarget:
    """Return a target with its spaces taken away.

    Raises AppError `targets.name` (none, or too long), `targets.host` (no name or address), `targets.port`.
    """
    name = " ".join(target.name.split())
    if not name or len(name) > MAX_NAME:
        raise AppError("targets.name", kind=ErrorKind.USAGE, parameters={"limit": MAX_NAME})
    if not 0 < target.port < 65536:
        raise AppError("targets.port", kind=ErrorKind.USAGE, parameters={"port": target.port})
    return target._replace(name=name, host=check_name(target.host))


def check_name(host: str) -> str:
    """Return a host name or address without spaces around it. Raises AppError `targets.host`."""
    wanted = host.strip().removesuffix(".")
    if not _is_address(wanted) and not _is_host(wanted):
        raise AppError("targets.host", kind=ErrorKind.USAGE, parameters={"host": host.strip()[:100]})
    return wanted


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_host(host: str) -> bool:
    labels = host.split(".")
    is_number = labels[-1].isdigit()  # four numbers that are no address are a slip, not a name
    return 0 < len(host) <= 253 and not is_number and all(_LABEL.fullmatch(one) for one in labels)
