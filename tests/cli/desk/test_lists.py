"""`ersthelfer wizard attach|tick|ticks|detach`: lists of ticks on a ticket, without a window."""

from __future__ import annotations

import pytest

from tests.cli.desk.conftest import Runner

TICKET = "A-2026-0001"


@pytest.fixture
def desk(company: Runner) -> Runner:
    """Return the runner with one ticket that has the list for a leaving person."""
    made = company("ticket", "new", "Austritt von Jonas Kern", "--json")
    assert made.code == 0, made.err
    assert made.json["ticket"]["number"].startswith("A-")
    attached = company("wizard", "attach", made.json["ticket"]["number"], "offboarding", "--json")
    assert attached.code == 0, attached.err
    return lambda *argv, **more: company(
        *(made.json["ticket"]["number"] if one == TICKET else one for one in argv), **more
    )


def item(desk: Runner, name: str) -> dict[str, object]:
    shown = desk("ticket", "show", TICKET, "--json").json["wizard_runs"][0]
    assert (shown["mode"], shown["ticks"]["total"]) == ("do-confirm", 24)
    return next(one for one in shown["ticks"]["items"] if one["id"] == name)


def test_tick_undo_leave_out_and_note(desk: Runner) -> None:
    assert desk("wizard", "tick", TICKET, "offboarding", "order").code == 0
    assert (item(desk, "order")["state"], item(desk, "order")["who"]) == ("done", "Katrin")
    assert desk("wizard", "tick", TICKET, "offboarding", "order", "--undo").code == 0
    assert item(desk, "order")["state"] == "open"
    done = desk("wizard", "tick", TICKET, "offboarding", "licences", "--not-needed", "läuft ohnehin aus")
    assert "[-] licences" in done.out
    assert item(desk, "licences")["reason"] == "läuft ohnehin aus"
    assert desk("wizard", "tick", TICKET, "offboarding", "keys", "--note", "Schlüssel 12 fehlt").code == 0
    assert (item(desk, "keys")["note"], item(desk, "keys")["state"]) == ("Schlüssel 12 fehlt", "open")


def test_ticks_says_by_its_code_whether_something_is_open(desk: Runner) -> None:
    shown = desk("wizard", "ticks", TICKET, "offboarding", "--json")
    assert (shown.code, shown.json["list"]["missing"]) == (1, 23)
    for one in shown.json["list"]["items"]:
        desk("wizard", "tick", TICKET, shown.json["list"]["run"], str(one["id"]))
    assert desk("wizard", "ticks", TICKET, "offboarding").code == 0


def test_ticket_is_not_closed_over_an_open_list(desk: Runner) -> None:
    refused = desk("ticket", "close", TICKET)
    assert refused.code == 4
    assert "„Person verlässt die Firma: Austritt“" in refused.err
    assert "23" in refused.err
    assert desk("wizard", "detach", TICKET, "offboarding").code == 2
    assert desk("wizard", "detach", TICKET, "offboarding", "--reason", "bleibt doch").code == 0
    assert "bleibt doch" in desk("ticket", "show", TICKET).out
    assert desk("ticket", "close", TICKET).code == 0


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("wizard", "tick", TICKET, "offboarding", "nothing"), 4),
        (("wizard", "tick", TICKET, "onboarding", "order"), 4),
        (("wizard", "tick", TICKET, "offboarding", "order", "--not-needed", " "), 2),
        (("wizard", "tick", TICKET, "offboarding", "order", "--undo", "--note", "x"), 2),
        (("wizard", "attach", TICKET, "no-internet"), 2),
        (("wizard", "attach", "A-1999-0001", "offboarding"), 2),
        (("wizard", "run", "offboarding"), 4),
    ],
)
def test_what_does_not_fit_is_refused_with_three_sentences(desk: Runner, argv: tuple[str, ...], code: int) -> None:
    ran = desk(*argv)
    assert ran.code == code
    assert "error." not in ran.err


def test_show_names_the_list_and_how_far_it_is(desk: Runner) -> None:
    desk("wizard", "tick", TICKET, "offboarding", "order")
    assert "Liste „Person verlässt die Firma: Austritt“: 1 von 24" in desk("ticket", "show", TICKET).out
    shown = desk("wizard", "show", "offboarding")
    assert "Zur vereinbarten Uhrzeit sperren" in shown.out
    assert "sessions" in shown.out
