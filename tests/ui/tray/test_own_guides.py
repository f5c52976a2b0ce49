"""Guides the company wrote itself come, change and go while the window is open, and never under anybody's hands."""

from __future__ import annotations

import pytest

from desktop.base.ids import new_id
from desktop.client.overview import overview
from desktop.client.sync import sync
from desktop.domain.payloads import Wizards
from desktop.ui.tray.check_window import CheckWindow
from desktop.ui.tray.help_window import HelpWindow
from tests.services.own_files import own
from tests.ui.tray.conftest import Bench, shown

LIFT = "lift-stuck"


@pytest.fixture
def window(bench: Bench, qtbot) -> HelpWindow:
    """Open the help window on a PC that was let in."""
    made = HelpWindow(bench.tools)
    made.show_overview(overview(bench.client), None)
    shown(qtbot, made)
    qtbot.waitUntil(lambda: bool(made.library.wizards) and made.flow.is_loaded)
    return made


def send(window: HelpWindow | None, bench: Bench, *contents: bytes) -> None:
    """Let the company send these, and tell the window as the program does."""
    files = dict(zip([LIFT], map(bytes.decode, contents), strict=False))
    bench.post.inbox = {new_id(): Wizards(version=1, created_at=bench.client.now(), files=files)}
    changes = sync(bench.client, bench.post).changes
    if window is not None:
        window.apply(changes)


def test_a_new_guide_is_offered_without_a_new_start(window: HelpWindow, bench: Bench, qtbot) -> None:
    assert LIFT not in window.library.wizards
    send(window, bench, own())
    qtbot.waitUntil(lambda: LIFT in window.library.wizards)
    window.begin_guide(LIFT)
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    assert window.flow.draft.wizard == LIFT


def test_what_a_command_fetched_holds_when_the_window_is_opened_next(window: HelpWindow, bench: Bench, qtbot) -> None:
    window.close()
    send(None, bench, own())
    window.show()
    qtbot.waitUntil(lambda: LIFT in window.library.wizards)


def test_a_run_goes_on_when_its_guide_is_withdrawn(window: HelpWindow, bench: Bench, qtbot) -> None:
    send(window, bench, own())
    qtbot.waitUntil(lambda: LIFT in window.library.wizards)
    window.begin_guide(LIFT)
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    player = window.self_help.player
    send(window, bench)
    qtbot.waitUntil(lambda: LIFT not in window.library.wizards)
    assert window.self_help.player is player
    player.session.answer("no")
    assert player.session.state.step == "end"
    assert player.session.state.phase.is_over


def test_a_guide_withdrawn_while_it_is_offered_leads_to_the_description(
    window: HelpWindow, bench: Bench, qtbot
) -> None:
    window.guides.guide_chosen.emit("gone-since")
    assert window.pages.current == "describe"


def test_a_guide_withdrawn_while_the_pc_is_looked_at_leads_to_the_description(
    window: HelpWindow, bench: Bench, qtbot
) -> None:
    send(window, bench, own())
    qtbot.waitUntil(lambda: LIFT in window.library.wizards)
    bench.gate.clear()
    window.begin_guide(LIFT)
    send(window, bench)
    qtbot.waitUntil(lambda: LIFT not in window.library.wizards)
    bench.gate.set()
    qtbot.waitUntil(lambda: window.pages.current == "describe")


def test_the_pc_check_knows_the_guides_of_the_day(bench: Bench, qtbot) -> None:
    window = CheckWindow(bench.tools)
    shown(qtbot, window)
    qtbot.waitUntil(lambda: bool(window._guides))
    window.hide()
    send(None, bench, own())
    window.show()
    qtbot.waitUntil(lambda: LIFT in window._guides)
