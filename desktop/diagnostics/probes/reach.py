"""Whether the way out works: the router, two independent places on the Internet, the proxy, the company's servers."""

from __future__ import annotations

from collections.abc import Callable

from desktop.diagnostics.dialling import Answer, ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    EVERYWHERE,
    Field,
    Kind,
    Lane,
    Unanswered,
    boolean,
    integer,
    number,
    probe,
    table,
    text,
)
from desktop.diagnostics.probes.network import proxy, proxy_settings, read_net_route
from desktop.diagnostics.routes import default_gateways, neighbour_answered
from desktop.diagnostics.targets import CompanyTarget, Host
from desktop.domain.facts import Privacy

PATIENCE = 2.2
GATEWAY_PORTS = (443, 80, 53)
Outcome = tuple[str, float | None]


@probe(
    "net_reach",
    lane=Lane.NETWORK,
    deadline=3.0,
    platforms=EVERYWHERE,
    fields=(
        Field("gateway", Kind.TEXT, privacy=Privacy.INTERNAL, pseudonym="ip"),
        boolean("gateway_answers"),
        boolean("gateway_is_neighbour"),
        table(
            "internet",
            text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
            integer("port", "number"),
            text("outcome"),
            number("connect_ms", "ms"),
        ),
        boolean("is_internet_reachable"),
        boolean("proxy_answers"),
        table(
            "company",
            text("kind"),
            text("name", privacy=Privacy.INTERNAL, pseudonym="target"),
            text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
            integer("port", "number"),
            text("outcome"),
            number("connect_ms", "ms"),
            boolean("is_reachable"),
            boolean("is_behind_vpn"),
        ),
        integer("company_unreachable", "count"),
    ),
)
def read_net_reach(machine: Machine) -> dict[str, object]:
    """Connect to everything at once.

    A router that refuses a connection has answered. One that drops it may be configured to, so it counts as dead
    only where its hardware address is not known either; anything between is not known.
    """
    machine.sources.note("TCP")
    gateway = _gateway(machine)
    doors = [(gateway, port) for port in GATEWAY_PORTS] if gateway else []
    through, company = _known(lambda: proxy(machine)), machine.targets.company
    internet = machine.targets.internet
    servers = [(one.host, one.port) for one in company]
    outcomes = _dial([*doors, *internet, *servers, *([through] if through else [])])
    reached = [outcomes[one] for one in internet]
    is_neighbour = _known(lambda: neighbour_answered(machine, gateway)) if gateway else None
    is_proxy_open = outcomes[through][0] == "open" if through else None
    served = [_company_row(one, outcomes[one.host, one.port]) for one in company]
    return {
        "gateway": gateway,
        "gateway_answers": _gateway_answers([outcomes[one][0] for one in doors], is_neighbour),
        "gateway_is_neighbour": is_neighbour,
        "internet": [
            {"host": host, "port": port, "outcome": outcome, "connect_ms": took}
            for (host, port), (outcome, took) in zip(internet, reached, strict=True)
        ],
        "is_internet_reachable": _is_reachable(
            [one for one, _ in reached], has_other_way=bool(is_proxy_open) or _may_follow_script(machine)
        ),
        "proxy_answers": is_proxy_open,
        "company": served,
        "company_unreachable": sum(row["is_reachable"] is False for row in served) if served else None,
    }


def _dial(hosts: list[Host]) -> dict[Host, Outcome]:
    """Connect to each once; how long it took is told of those that opened."""
    once = list(dict.fromkeys(hosts))
    answers = ask_all(lambda one: connect(*one, deadline=PATIENCE), once, deadline=PATIENCE + 0.3)
    found = zip(once, (one or ("timeout", 0.0) for one in answers), strict=True)
    return {host: (outcome, took if outcome == "open" else None) for host, (outcome, took) in found}


def _is_reachable(outcomes: list[str], *, has_other_way: bool) -> bool | None:
    """Tell whether one place opened; where none did and programs go another way, the direct one may be closed."""
    if "open" in outcomes:
        return True
    return None if has_other_way or not outcomes else False


def _may_follow_script(machine: Machine) -> bool:
    """Tell whether programs may ask a script (PAC) for their way, which is not run here; also where nobody says."""
    settings = _known(lambda: proxy_settings(machine))
    return settings is None or bool(settings.has_script)


def _company_row(target: CompanyTarget, found: Outcome) -> dict[str, object]:
    outcome, took = found
    return {
        "kind": target.kind.value, "name": target.name, "host": target.host, "port": target.port,
        "outcome": outcome, "connect_ms": took, "is_reachable": outcome == "open",
        "is_behind_vpn": target.is_behind_vpn,
    }  # fmt: skip


def _gateway(machine: Machine) -> str | None:
    if machine.platform not in read_net_route.platforms:
        return None
    routes = _known(lambda: default_gateways(machine)) or []
    return next((one for one, _ in routes if "." in one), None)


def _known(ask: Callable[[], Answer]) -> Answer | None:
    """Return what the system says, None where it does not: the Internet is asked all the same."""
    try:
        return ask()
    except (Unanswered, PermissionError):
        return None


def _gateway_answers(outcomes: list[str], is_neighbour: bool | None) -> bool | None:
    if any(one in ("open", "refused") for one in outcomes):
        return True
    return False if outcomes and is_neighbour is False else None
