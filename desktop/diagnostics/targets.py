"""What the network lane talks to. Configurable, because asking a third party tells it our address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Host = tuple[str, int]


class Targets:
    """Hosts (name or address, port), names to resolve and time servers; an empty list asks nobody."""

    __slots__ = ("internet", "names", "portal", "time_servers")

    def __init__(
        self,
        *,
        internet: tuple[Host, ...] = (),
        names: tuple[str, ...] = (),
        time_servers: tuple[Host, ...] = (),
        portal: str = "",
    ) -> None:
        self.internet = internet
        self.names = names
        self.time_servers = time_servers
        self.portal = portal


NO_TARGETS = Targets()
DEFAULT_TARGETS = Targets(
    # Two operators who have nothing to do with each other, by address, so that a dead name service does not matter.
    internet=(("1.1.1.1", 443), ("9.9.9.9", 443)),
    names=("www.bund.de", "www.wikipedia.org"),
    time_servers=(("ptbtime1.ptb.de", 123), ("time.cloudflare.com", 123)),
    portal="http://detectportal.firefox.com/success.txt",
)


def targets_document(targets: Targets) -> dict[str, object]:
    """Return the JSON document that travels to the collector on its standard input."""
    return {
        "internet": [list(one) for one in targets.internet],
        "names": list(targets.names),
        "time_servers": [list(one) for one in targets.time_servers],
        "portal": targets.portal,
    }


def read_targets(document: Mapping[str, Any]) -> Targets:
    """Read what `targets_document` wrote. Raises ValueError where it is none of ours."""
    try:
        return Targets(
            internet=_hosts(document.get("internet", [])),
            names=tuple(str(one) for one in document.get("names", [])),
            time_servers=_hosts(document.get("time_servers", [])),
            portal=str(document.get("portal", "")),
        )
    except (AttributeError, TypeError) as error:
        raise ValueError("targets") from error


def _hosts(document: list[Any]) -> tuple[Host, ...]:
    return tuple((str(host), int(port)) for host, port in document)
