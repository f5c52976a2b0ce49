"""The first start: shows the set-up and makes the company from its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.clock import utc_now
from desktop.base.lanes import ThreadLane
from desktop.base.paths import Home
from desktop.cli.common.secret_source import PASSPHRASE_VARIABLE, keys_mode
from desktop.exchange.folder_check import check_folder
from desktop.exchange.keys import RecoveryKey
from desktop.exchange.words import to_words
from desktop.models.places import check_place
from desktop.services.company import CreateCompany, create_company
from desktop.system.folders import remember_data_folder
from desktop.system.secrets import Mode, has_keychain, open_secrets
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.look import Look
from desktop.ui.desk.setup.tools import SetupAnswers, SetupTools
from desktop.ui.desk.setup.wizard import SetupWizard

if TYPE_CHECKING:
    from collections.abc import Mapping


def set_up(look: Look, home: Home, keys: str, environment: Mapping[str, str]) -> tuple[Home, str] | None:
    """Ask (`keys` as on the command line) and make the company; None where the user gave up.

    Returns where its data lies and the passphrase that was chosen, so that nobody has to type it again.
    """
    recovery = RecoveryKey.generate()
    mode = keys_mode(keys, environment)
    if mode == "keychain" and not has_keychain():
        mode = "file"  # the page on storage asks for a passphrase then
    given = environment.get(PASSPHRASE_VARIABLE, "")
    making = _Making(look, home, mode, recovery, given)
    io = ThreadLane("setup", threads=2)
    tools = SetupTools(
        data=home.data,
        recovery_words=to_words(recovery.box.seed, look.texts.language),
        needs_passphrase=mode == "file" and not given,
        check_place=lambda path: check_place(path / "ersthelfer.db"),
        check_folder=lambda path: check_folder(path, clock=utc_now),
        create=making.create,
        dispatcher=Dispatcher(),
        io=io,
        clock=utc_now,
    )
    made: list[tuple[Home, str]] = []
    wizard = SetupWizard(look, tools)
    wizard.finished_setup.connect(made.append)
    try:
        wizard.exec()
    finally:
        io.close()
    return made[0] if made else None


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the company of the set-up's answers."""

    look: Look
    home: Home
    mode: Mode
    recovery: RecoveryKey
    passphrase: str

    def create(self, answers: SetupAnswers) -> tuple[Home, str]:
        """Make folders, keys, database and mailbox; returns where the data lies and the passphrase. Raises AppError."""
        place = self.home._replace(data=answers.data).ensure()
        secrets = open_secrets(place, self.mode, lambda: answers.passphrase or self.passphrase)
        answers.mailbox.mkdir(parents=True, exist_ok=True)
        command = CreateCompany(
            answers.company,
            answers.mailbox,
            answers.technician,
            answers.help_phone,
            language=self.look.texts.language,
            recovery=self.recovery,
        )
        create_company(place, secrets, command)
        if place.data != self.home.data:
            remember_data_folder(self.home, place.data)
        if answers.with_sample:
            _fill(place)
        return place, answers.passphrase


def _fill(home: Home) -> None:
    from desktop.services.demo import fill_demo
    from desktop.services.work import open_work

    work = open_work(home)
    try:
        fill_demo(work)
    finally:
        work.store.close()
