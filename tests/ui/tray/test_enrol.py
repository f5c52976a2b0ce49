"""Enrolment by file and by code; wrong, expired and foreign invitations; words that differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.clock import utc_now
from desktop.base.ids import new_id
from desktop.client.identity import AdmissionState, load_identity, set_phone_within
from desktop.client.overview import overview
from desktop.client.sync import sync
from desktop.domain.payloads import Enrol
from desktop.exchange.invitation import Invitation, make_invitation
from desktop.exchange.keys import OrgKeys, RecoveryKey
from desktop.ui.tray.help_window import HelpWindow
from tests.ui.tray.conftest import Bench, shown


def invitation(tmp_path: Path, *, age: timedelta = timedelta(0)) -> Invitation:
    """Make an invitation that is `age` old."""
    keys = OrgKeys.generate()
    org = keys.public(new_id(), RecoveryKey.generate().box.public)
    where = str(tmp_path / "mailbox")
    return make_invitation(keys, org, company="IT Möbelwerk", mailbox=where, devices=5, clock=lambda: utc_now() - age)


@pytest.fixture
def fresh(make_bench: Callable[[str], Bench], qtbot) -> tuple[HelpWindow, Bench]:
    """Open the help window on a PC nobody has invited."""
    bench = make_bench("")
    window = HelpWindow(bench.tools)
    window.show_overview(overview(bench.client), None)
    shown(qtbot, window)
    return window, bench


@pytest.mark.parametrize("way", ["file", "code"])
def test_an_invitation_is_accepted(fresh: tuple[HelpWindow, Bench], tmp_path: Path, qtbot, way: str) -> None:
    """Company and words are shown; connecting stores the identity and queues the enrolment."""
    window, bench = fresh
    assert window.pages.current == "enrol"
    made = invitation(tmp_path)
    if way == "file":
        path = tmp_path / "firma.ersthelfer"
        path.write_bytes(made.to_file_bytes())
        window.enrol.read(path)
    else:
        window.enrol.code.setPlainText(made.to_code().lower())
        window.enrol.next.click()
    qtbot.waitUntil(lambda: "IT Möbelwerk" in window.enrol.company.text())
    assert all(word in window.enrol.words.text() for word in made.fingerprint("de"))
    window.enrol.name.setText("Anna Oswald")
    with qtbot.waitSignals([window.changed, window.autostart_wanted]):
        window.enrol.connect_button.click()
    identity = load_identity(bench.client)
    assert (identity.state, identity.person_name) == (AdmissionState.WAITING, "Anna Oswald")
    sync(bench.client, bench.post)
    (payload, _), *_ = bench.post.outbox.values()
    assert isinstance(payload, Enrol)
    assert payload.token_mac
    window.show_overview(overview(bench.client), None)
    assert window.pages.current == "topic"
    assert window.standing.isVisible()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda made, path: path.write_bytes(made.to_file_bytes()[:-20]), "Einladung"),
        (lambda made, path: path.write_bytes(b"MZ\x90" * 999), "Einladung"),
        (lambda made, path: None, "Einladung"),
    ],
)
def test_a_wrong_file_is_refused(fresh: tuple[HelpWindow, Bench], tmp_path: Path, qtbot, spoil, words: str) -> None:
    """Torn, foreign and missing files end in a sentence, and nothing is stored."""
    window, bench = fresh
    path = tmp_path / "firma.ersthelfer"
    spoil(invitation(tmp_path), path)
    window.enrol.read(path)
    qtbot.waitUntil(lambda: words in window.enrol.notice.words)
    assert load_identity(bench.client).state is AdmissionState.NONE


def test_an_expired_invitation_is_refused(fresh: tuple[HelpWindow, Bench], tmp_path: Path, qtbot) -> None:
    """An old invitation says since when."""
    window, _ = fresh
    window.enrol.read(invitation(tmp_path, age=timedelta(days=31)).to_code())
    qtbot.waitUntil(window.enrol.notice.isVisible)


def test_words_that_differ_connect_nothing(fresh: tuple[HelpWindow, Bench], tmp_path: Path, qtbot) -> None:
    """Refusing leads back and says what to do."""
    window, bench = fresh
    window.enrol.read(invitation(tmp_path).to_code())
    qtbot.waitUntil(window.enrol.refuse.isVisible)
    window.enrol.refuse.click()
    assert "nicht verbunden" in window.enrol.notice.words
    assert load_identity(bench.client).state is AdmissionState.NONE


def test_a_name_is_needed(fresh: tuple[HelpWindow, Bench], tmp_path: Path, qtbot) -> None:
    """Without a name nothing is sent, and the keyboard is in the field."""
    window, bench = fresh
    window.enrol.read(invitation(tmp_path).to_code())
    qtbot.waitUntil(window.enrol.connect_button.isVisible)
    window.enrol.name.clear()
    window.enrol.connect_button.click()
    qtbot.waitUntil(window.enrol.check_notice.isVisible)
    assert load_identity(bench.client).state is AdmissionState.NONE


def test_a_new_invitation_can_be_read_in_peace(make_bench: Callable[[str], Bench], qtbot) -> None:
    """On a PC that was refused, polling does not take the page away, and there is a way back."""
    bench = make_bench("refused")
    window = HelpWindow(bench.tools)
    window.show_overview(overview(bench.client), None)
    shown(qtbot, window)
    window.standing.enrol_wanted.emit()
    window.show_overview(overview(bench.client), None)
    assert window.pages.current == "enrol"
    window.enrol.back_wanted.emit()
    assert window.pages.current == "topic"


def test_a_second_invitation_asks_nothing_twice(make_bench: Callable[[str], Bench], tmp_path: Path, qtbot) -> None:
    """Name and number of a PC that was enrolled before stand there already."""
    bench = make_bench("refused")
    with bench.client.store.write() as db:
        set_phone_within(db, "214")
    window = HelpWindow(bench.tools)
    window.show_overview(overview(bench.client), None)
    shown(qtbot, window)
    window.standing.enrol_wanted.emit()
    path = tmp_path / "firma.ersthelfer"
    path.write_bytes(invitation(tmp_path).to_file_bytes())
    window.enrol.read(path)
    qtbot.waitUntil(lambda: bool(window.enrol.company.text()))
    assert (window.enrol.name.text(), window.enrol.phone.text()) == ("Anna Oswald", "214")
