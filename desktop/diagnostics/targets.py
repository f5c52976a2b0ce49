"""What the network lane talks to. Configurable, because asking a third party tells it our address.

Named tuples and one JSON document: the administrator's settings, the way to the PCs and the collector's standard input
all use `targets_document` and `read_targets`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple, cast

Host = tuple[str, int]
VERSION = 1
MAX_OF_A_KIND = 16
"""Targets of one kind that are read; each costs a thread and a socket (our judgement)."""
SYSTEM_PAGE = "system"
"""Stands for the page that the makers of the operating system or its browser keep for the portal test."""


class TargetKind(Enum):
    """What the company uses a server for; decides which advice fits where it does not answer."""

    FILE = "file"
    MAIL = "mail"
    VPN = "vpn"
    OTHER = "other"


USUAL_PORTS: Mapping[TargetKind, int] = {
    TargetKind.FILE: 445,
    TargetKind.MAIL: 993,
    TargetKind.VPN: 443,
    TargetKind.OTHER: 443,
}
"""What a form may suggest: SMB, IMAP over TLS, and TLS."""


class CompanyTarget(NamedTuple):
    """A server of the company, asked for a TCP connection; `name` is what people call it."""

    kind: TargetKind
    name: str
    host: str
    port: int
    is_behind_vpn: bool = False


class Targets(NamedTuple):
    """Whom to ask: hosts are (name or address, port), and an empty list asks nobody.

    `company` and `company_names` are the company's own servers and names to resolve. `meeting` answers STUN requests
    (RFC 8489). `wifi_marks` are the company's Wi-Fi networks as `wifi_mark` writes them under `wifi_key` (hexadecimal),
    so that their names travel nowhere. The two switches leave everything else as it is set.
    """

    internet: tuple[Host, ...] = ()
    names: tuple[str, ...] = ()
    time_servers: tuple[Host, ...] = ()
    portal: str = ""
    portal_text: str = "success"
    company: tuple[CompanyTarget, ...] = ()
    company_names: tuple[str, ...] = ()
    meeting: Host | None = None
    wifi_key: str = ""
    wifi_marks: tuple[str, ...] = ()
    asks_portal: bool = True
    asks_third_parties: bool = True


NO_TARGETS = Targets()
DEFAULT_TARGETS = Targets(
    # Two operators who have nothing to do with each other, by address, so that a dead name service does not matter.
    internet=(("1.1.1.1", 443), ("9.9.9.9", 443)),
    names=("www.bund.de", "www.wikipedia.org"),
    time_servers=(("ptbtime1.ptb.de", 123), ("time.cloudflare.com", 123)),
    portal=SYSTEM_PAGE,
    meeting=("stun.cloudflare.com", 3478),
)


def permitted(targets: Targets) -> Targets:
    """Return what may be asked after the switches; without third parties the company's own servers remain.

    A time server that the company has set itself counts as its own.
    """
    if not targets.asks_third_parties:
        own_time = tuple(one for one in targets.time_servers if one not in DEFAULT_TARGETS.time_servers)
        return targets._replace(internet=(), names=(), time_servers=own_time, portal="", meeting=None)
    return targets if targets.asks_portal else targets._replace(portal="")


def is_company_network(targets: Targets, network: str) -> bool | None:
    """Tell whether a Wi-Fi network of this name is the company's, by its mark; None where none is configured."""
    if not targets.wifi_marks or not targets.wifi_key or not network:
        return None
    from desktop.diagnostics.pseudonyms import wifi_mark  # hashing is dear, and few collectors get here

    return wifi_mark(network, bytes.fromhex(targets.wifi_key)) in targets.wifi_marks


def targets_document(targets: Targets) -> dict[str, object]:
    """Return the JSON document of the targets."""
    return {
        **targets._asdict(),
        "version": VERSION,
        "company": [{**one._asdict(), "kind": one.kind.value} for one in targets.company],
    }


def read_targets(document: Mapping[str, Any]) -> Targets:
    """Read what `targets_document` wrote, of this version or a later one: keys that are not known are passed over.

    Raises ValueError where it is none of ours.
    """
    try:
        meeting = document.get("meeting")
        return Targets(
            internet=_hosts(document.get("internet", [])),
            names=_names(document.get("names", [])),
            time_servers=_hosts(document.get("time_servers", [])),
            portal=str(document.get("portal", "")),
            portal_text=str(document.get("portal_text", NO_TARGETS.portal_text)),
            company=tuple(_company(one) for one in _items(document.get("company", []))),
            company_names=_names(document.get("company_names", [])),
            meeting=_hosts([meeting])[0] if meeting else None,
            wifi_key=bytes.fromhex(document.get("wifi_key", "")).hex(),
            wifi_marks=_names(document.get("wifi_marks", [])),
            asks_portal=bool(document.get("asks_portal", True)),
            asks_third_parties=bool(document.get("asks_third_parties", True)),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("targets") from error


def _items(document: object) -> list[Any]:
    if not isinstance(document, list | tuple):
        raise TypeError("no list")
    return list(cast("list[Any]", document))[:MAX_OF_A_KIND]


def _hosts(document: object) -> tuple[Host, ...]:
    return tuple((str(host), _port(port)) for host, port in _items(document))


def _port(value: Any) -> int:
    port = int(value)
    if not 0 < port < 65536:
        raise ValueError("port")
    return port


def _names(document: object) -> tuple[str, ...]:
    return tuple(str(one) for one in _items(document))


def _company(document: Mapping[str, Any]) -> CompanyTarget:
    known = {one.value: one for one in TargetKind}
    return CompanyTarget(
        known.get(document["kind"], TargetKind.OTHER),  # a later version may know more kinds
        str(document["name"]),
        str(document["host"]),
        _port(document["port"]),
        bool(document.get("is_behind_vpn", False)),
    )
