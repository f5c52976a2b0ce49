from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select

from desktop.base.clock import to_text, utc_now
from desktop.base.ids import new_id
from desktop.exchange.invitation import read_invitation
from desktop.models import tables
from desktop.services.devices import list_devices, show_device
from desktop.services.work import Work
from desktop.ui.common.errors import ErrorPanel
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.invite_dialog import InviteDialog

LEFT = Qt.MouseButton.LeftButton
Opened = Callable[[DeskContext], InviteDialog]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    def make(context: DeskContext) -> InviteDialog:
        dialog = InviteDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def texts(dialog: InviteDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def add_waiting(work: Work, name: str) -> str:
    device_id = new_id()
    now = to_text(utc_now())
    key = {"verify_key": device_id.encode()[:32], "box_key": b"b" * 32, "device_id": device_id, "created_at": now}
    with work.store.writing() as connection:
        connection.execute(insert(tables.devices).values(id=device_id, name=name, status="waiting", created_at=now))
        connection.execute(insert(tables.device_keys).values(**key))
    return device_id


def button(dialog: InviteDialog, name: str) -> QAbstractButton:
    return next(one for one in dialog.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible())


def test_the_saved_file_is_an_invitation_with_the_chosen_limits(
    qtbot: QtBot, opened: Opened, company_context: DeskContext, work: Work, tmp_path: Path
) -> None:
    dialog = opened(company_context)
    for choice, wanted in ((dialog.days, "1"), (dialog.devices, "10")):
        next(one for one in choice.menu().actions() if one.data() == wanted).trigger()
    dialog.save(tmp_path / "a.ersthelfer")
    qtbot.waitUntil(lambda: "Gespeichert" in texts(dialog))
    found = read_invitation(tmp_path / "a.ersthelfer")
    assert (found.company, found.devices) == ("Möbelwerk Ahornblick", 10)
    assert found.expires_at - utc_now() <= timedelta(days=1)
    with work.store.reading() as connection:
        assert found.token in {bytes(one) for one in connection.execute(select(tables.invitations.c.token)).scalars()}


def test_the_code_on_the_clipboard_is_the_same_invitation(
    qtbot: QtBot, opened: Opened, company_context: DeskContext
) -> None:
    dialog = opened(company_context)
    qtbot.mouseClick(dialog.cards["code"], LEFT)
    assert dialog.make.accessibleName() == "Code kopieren"
    qtbot.mouseClick(dialog.make, LEFT)
    qtbot.waitUntil(lambda: "Zwischenablage" in texts(dialog))
    assert read_invitation(QApplication.clipboard().text()).company == "Möbelwerk Ahornblick"


def test_both_sides_show_the_same_words(
    qtbot: QtBot, opened: Opened, company_context: DeskContext, tmp_path: Path
) -> None:
    dialog = opened(company_context)
    dialog.save(tmp_path / "a.ersthelfer")
    qtbot.waitUntil((tmp_path / "a.ersthelfer").exists)
    words = " · ".join(read_invitation(tmp_path / "a.ersthelfer").fingerprint("de"))
    qtbot.waitUntil(lambda: words in texts(dialog))


def test_waiting_pcs_show_their_words_and_are_let_in_or_refused(
    qtbot: QtBot, opened: Opened, company_context: DeskContext, work: Work
) -> None:
    first, second = add_waiting(work, "AHB-NB-015"), add_waiting(work, "AHB-PC-041")
    dialog = opened(company_context)
    qtbot.waitUntil(lambda: " · ".join(show_device(work, first).words) in texts(dialog))
    qtbot.waitUntil(lambda: "AHB-NB-015 freigeben" in buttons(dialog))
    qtbot.mouseClick(button(dialog, "AHB-NB-015 freigeben"), LEFT)
    qtbot.waitUntil(lambda: show_device(work, first).row.status == "approved")
    qtbot.waitUntil(lambda: not [one for one in buttons(dialog) if one == "AHB-NB-015 freigeben"])
    qtbot.waitUntil(lambda: "AHB-PC-041 ablehnen" in buttons(dialog))  # the list is built anew
    qtbot.mouseClick(button(dialog, "AHB-PC-041 ablehnen"), LEFT)
    qtbot.waitUntil(lambda: show_device(work, second).row.status == "revoked")
    qtbot.waitUntil(lambda: "1 Gerät verbunden" in texts(dialog))


def buttons(dialog: InviteDialog) -> list[str]:
    return [one.accessibleName() for one in dialog.findChildren(QAbstractButton) if one.isVisible()]


def test_all_waiting_pcs_are_let_in_at_once(
    qtbot: QtBot, opened: Opened, company_context: DeskContext, work: Work
) -> None:
    add_waiting(work, "A")
    add_waiting(work, "B")
    dialog = opened(company_context)
    qtbot.waitUntil(lambda: "Alle 2 freigeben" in buttons(dialog))
    qtbot.mouseClick(button(dialog, "Alle 2 freigeben"), LEFT)
    qtbot.waitUntil(lambda: "Alle 2 freigeben" not in buttons(dialog))
    assert all(one.status == "approved" for one in list_devices(work))


def test_without_keys_and_without_room_it_says_so(
    qtbot: QtBot, opened: Opened, context: DeskContext, company: object, tmp_path: Path
) -> None:
    dialog = opened(context)
    dialog.save(tmp_path / "a.ersthelfer")
    qtbot.waitUntil(lambda: dialog.findChild(ErrorPanel) is not None)
    assert not (tmp_path / "a.ersthelfer").exists()


def test_a_folder_that_is_gone_loses_nothing(
    qtbot: QtBot, opened: Opened, company_context: DeskContext, tmp_path: Path
) -> None:
    dialog = opened(company_context)
    dialog.save(tmp_path / "fehlt" / "a.ersthelfer")
    qtbot.waitUntil(lambda: dialog.findChild(ErrorPanel) is not None)
    assert "lässt sich nicht schreiben" in texts(dialog)
