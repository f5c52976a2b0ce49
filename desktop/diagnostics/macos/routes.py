"""The ways out of the own network, and whether a neighbour's hardware address is known."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import ANY_CODE, said
from desktop.diagnostics.probe import Unanswered, partial

_FIELD = re.compile(r"^\s*(gateway|interface): (\S+)", re.MULTILINE)


def default_gateways(machine: Machine) -> list[tuple[str, str]]:
    """Return (gateway, interface) of the default routes; the gateway is empty on a direct link.

    That there is none must be certain: `route` only complains then, so the table has to say it. Raises Unanswered
    where neither tells.
    """
    found = [one for one in (_asked(machine), _asked(machine, "-inet6")) if one]
    if found:
        return found
    table = said(machine, "netstat", "-rn", deadline=0.3)
    if "Destination" not in table:
        raise partial("netstat", {})
    return parse_table(table)


def _asked(machine: Machine, *family: str) -> tuple[str, str] | None:
    try:
        return parse_route(said(machine, "route", "-n", "get", *family, "default", deadline=0.3, accepted=ANY_CODE))
    except Unanswered:
        return None


def parse_route(output: str) -> tuple[str, str] | None:
    """Read `route -n get default`; a tunnel has an interface and no gateway."""
    found = dict(_FIELD.findall(output))
    return (_address(found.get("gateway", "")), found["interface"]) if "interface" in found else None


def parse_table(output: str) -> list[tuple[str, str]]:
    """Read `netstat -rn`; routes of one interface alone (flag "I") lead nobody out who does not ask for it."""
    lines = (line.split() for line in output.splitlines())
    return [(_address(one[1]), one[3]) for one in lines if len(one) > 3 and one[0] == "default" and "I" not in one[2]]


def _address(text: str) -> str:
    address = text.partition("%")[0]
    return "" if address.startswith("link#") or not ("." in address or ":" in address) else address


def neighbour_answered(machine: Machine, address: str) -> bool | None:
    """Tell whether a neighbour's hardware address is known; None where the table does not mention it."""
    try:
        output = said(machine, "arp", "-n", address, deadline=0.3, accepted=ANY_CODE)
    except Unanswered:
        return None
    found = re.search(rf"\({re.escape(address)}\) at (\S+)", output)
    if found is None:
        return None
    return False if "incomplete" in found.group(1) else True if ":" in found.group(1) else None
