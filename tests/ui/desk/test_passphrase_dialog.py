from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.cli.common.secret_source import lie_in_file
from desktop.system.key_file import SMALLEST, FileSecrets
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.passphrase_dialog import PassphraseDialog

TypeIn = Callable[[QWidget, str], None]


def test_a_passphrase_that_does_not_fit_is_asked_for_again(
    qtbot: QtBot, context: DeskContext, tmp_path: Path, type_in: TypeIn
) -> None:
    path = tmp_path / "keys.bin"
    FileSecrets(path, lambda: "vier zufällige Wörter", cost=SMALLEST).put("org.sign", b"1" * 32)
    dialog = PassphraseDialog(context, lambda given: FileSecrets(path, lambda: given).get("org.sign"))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    assert dialog.field.error
    type_in(dialog.field.edit, "geraten")
    qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "passt nicht" in dialog.field.error)
    assert dialog.isVisible()
    dialog.field.edit.clear()
    type_in(dialog.field.edit, "vier zufällige Wörter")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    assert dialog.passphrase == "vier zufällige Wörter"


@pytest.mark.parametrize(
    ("chosen", "variable", "has_file", "expected"),
    [("", "", True, True), ("", "", False, False), ("", "file", False, True), ("keychain", "", True, False)],
)
def test_keys_in_a_file_are_found_without_being_told(
    tmp_path: Path, chosen: str, variable: str, has_file: bool, expected: bool
) -> None:
    home = Home.under(tmp_path).ensure()
    if has_file:
        (home.data / "keys.bin").write_bytes(b"any")
    assert lie_in_file(home, chosen, {"ERSTHELFER_KEYS": variable}) is expected
