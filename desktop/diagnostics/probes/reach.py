"""Whether the way out works: the router, two independent places on the Internet, the proxy."""

from __future__ import annotations

from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import EVERYWHERE, LINUX, Field, Kind, Lane, boolean, integer, number, probe, table, text
from desktop.diagnostics.probes.network import proxy
from desktop.diagnostics.routes import default_gateways, neighbour_answered
from desktop.domain.facts import Privacy

PATIENCE = 2.2
GATEWAY_PORTS = (443, 80, 53)


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
    ),
)
def read_net_reach(machine: Machine) -> dict[str, object]:
    """Connect to everything at once.

    A router that refuses a connection has answered. One that drops it may be configured to, so it counts as dead
    only where its hardware address is not known either; anything between is not known.
    """
    gateway = (
        next((one for one, _ in default_gateways(machine) if "." in one), None) if machine.platform == LINUX else None
    )
    doors = [(gateway, port) for port in GATEWAY_PORTS] if gateway else []
    internet, through = list(machine.targets.internet), proxy(machine)
    questions = [*doors, *internet, *([through] if through else [])]
    answers = ask_all(lambda one: connect(*one, deadline=PATIENCE), questions, deadline=PATIENCE + 0.3)
    outcomes = [one or ("timeout", None) for one in answers]
    reached = outcomes[len(doors) : len(doors) + len(internet)]
    is_neighbour = neighbour_answered(machine, gateway) if gateway else None
    return {
        "gateway": gateway,
        "gateway_answers": _gateway_answers([one for one, _ in outcomes[: len(doors)]], is_neighbour),
        "gateway_is_neighbour": is_neighbour,
        "internet": [
            {"host": host, "port": port, "outcome": outcome, "connect_ms": took if outcome == "open" else None}
            for (host, port), (outcome, took) in zip(internet, reached, strict=True)
        ],
        "is_internet_reachable": any(one == "open" for one, _ in reached) if reached else None,
        "proxy_answers": outcomes[-1][0] == "open" if through else None,
    }


def _gateway_answers(outcomes: list[str], is_neighbour: bool | None) -> bool | None:
    if any(one in ("open", "refused") for one in outcomes):
        return True
    return False if outcomes and is_neighbour is False else None
