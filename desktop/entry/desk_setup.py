"""The first start: shows the set-up and makes the company from its answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base.clock import utc_now
from desktop.base.lanes import ThreadLane
from desktop.base.paths import Home
from desktop.cli.common.program import Common
from desktop.cli.common.secret_source import keys_mode
from desktop.exchange.folder_check import check_folder
from desktop.exchange.keys import RecoveryKey
from desktop.exchange.words import to_words
from desktop.models.places import check_place
from desktop.services.company import CreateCompany, create_company
from desktop.system.folders import remember_data_folder
from desktop.system.secrets import open_secrets
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.look import Look
from desktop.ui.desk.setup.tools import SetupAnswers, SetupTools
from desktop.ui.desk.setup.wizard import SetupWizard

if TYPE_CHECKING:
    from collections.abc import Mapping


def set_up(look: Look, home: Home, common: Common, environment: Mapping[str, str]) -> Home | None:
    """Ask, make the company, and return where its data lies; None where the user gave up."""
    recovery = RecoveryKey.generate()
    mode = keys_mode(common.keys, environment)
    made: list[Home] = []

    def create(answers: SetupAnswers) -> Home:
        place = replace(home, data=answers.data).ensure()
        secrets = open_secrets(place, mode, lambda: answers.passphrase)
        command = CreateCompany(
            answers.company,
            answers.mailbox,
            answers.technician,
            answers.help_phone,
            language=look.texts.language,
            recovery=recovery,
        )
        answers.mailbox.mkdir(parents=True, exist_ok=True)
        create_company(place, secrets, command)
        if place.data != home.data:
            remember_data_folder(home, place.data)
        if answers.with_sample:
            _fill(place)
        return place

    io = ThreadLane("setup", threads=2)
    tools = SetupTools(
        data=home.data,
        recovery_words=to_words(recovery.box.seed, look.texts.language),
        needs_passphrase=mode == "file",
        check_place=lambda path: check_place(path / "ersthelfer.db"),
        check_folder=lambda path: check_folder(path, clock=utc_now),
        create=create,
        dispatcher=Dispatcher(),
        io=io,
        clock=utc_now,
    )
    wizard = SetupWizard(look, tools)
    wizard.finished_setup.connect(made.append)
    try:
        wizard.exec()
    finally:
        io.close()
    return made[0] if made else None


def _fill(home: Home) -> None:
    from desktop.services.demo import fill_demo
    from desktop.services.work import open_work

    work = open_work(home)
    try:
        fill_demo(work)
    finally:
        work.store.close()
