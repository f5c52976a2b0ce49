"""What would quietly lose data is refused: an emptied database, another company's mailbox, a flood of torn files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.client.store import ClientStore
from desktop.domain.payloads import Admission
from desktop.services import company
from desktop.services.attachments import read_new
from desktop.services.intake import import_mailbox
from desktop.services.lists import open_ticket
from desktop.services.outgoing import deliver
from desktop.services.tickets import AddNote, CreateTicket, add_note, create_ticket
from desktop.services.work import database_path, open_work
from tests.services.conftest import MemorySecrets

if TYPE_CHECKING:
    from tests.services.conftest import Desk, Pc

MIB = 2**20


def told(desk: Desk, pc: Pc) -> list[object]:
    """Let the PC fetch what the Desk has for it, as Hilfe does."""
    deliver(desk.work, desk.open.post)
    report = pc.post.sync()
    pc.post.confirm([*(one for one, _ in report.received), *report.acknowledged])
    return [payload for _, payload in report.received]


@pytest.mark.parametrize("is_gone", [True, False])
def test_an_emptied_database_is_damage_and_never_a_new_company(desk: Desk, is_gone: bool) -> None:
    desk.open.close()
    for path in desk.home.data.glob("ersthelfer.db*"):
        path.unlink()
    if not is_gone:
        database_path(desk.home).touch()
    before = dict(desk.secrets.seeds)
    with pytest.raises(AppError, match=r"store\.damaged"):
        open_work(desk.home, desk.clock)
    again = company.CreateCompany("Möbelwerk", desk.root / "mailbox2", "Katrin")
    with pytest.raises(AppError, match=r"store\.damaged"):
        company.create_company(desk.home, desk.secrets, again)
    assert desk.secrets.seeds == before


def test_an_emptied_store_of_a_pc_is_damage(tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    (tmp_path / "hilfe.db").touch()
    store = ClientStore(tmp_path / "hilfe.db")
    with pytest.raises(AppError, match=r"hilfe\.store_damaged"), store.read():
        pass
    assert (tmp_path / "hilfe.db").stat().st_size == 0


def test_a_mailbox_of_another_company_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    card = (desk.root / "mailbox" / "org.json").read_bytes()
    other = company.CreateCompany("Andere", desk.root / "mailbox", "Jemand")
    with pytest.raises(AppError, match=r"mailbox\.taken"):
        company.create_company(Home.under(tmp_path / "other"), MemorySecrets(), other)
    assert (desk.root / "mailbox" / "org.json").read_bytes() == card


def test_a_set_up_that_was_cut_off_can_be_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = company.CreateCompany("Möbelwerk", tmp_path / "mailbox", "Katrin")
    home, secrets = Home.under(tmp_path / "desk"), MemorySecrets()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(company, "_insert", cut)
        with pytest.raises(KeyboardInterrupt):
            company.create_company(home, secrets, command)
    assert company.create_company(home, secrets, command).company.name == "Möbelwerk"


def test_the_database_never_lies_in_the_mailbox(tmp_path: Path) -> None:
    inside = Home.under(tmp_path / "mailbox" / "desk")
    command = company.CreateCompany("Möbelwerk", tmp_path / "mailbox", "Katrin")
    with pytest.raises(AppError, match=r"company\.data_in_mailbox"):
        company.create_company(inside, MemorySecrets(), command)
    assert not (tmp_path / "mailbox").exists()


def test_a_home_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match=r"store\.unreachable"):
        open_work(Home.under(tmp_path / "file" / "desk"))


def test_big_torn_files_do_not_starve_the_others(desk: Desk) -> None:
    pc = desk.pc()
    for number in range(3):
        with (desk.root / "mailbox" / "in" / f"a{number}.ehr").open("wb") as stream:
            stream.write(b"EHENV01\n")
            stream.truncate(40 * MIB)
    pc.enrol()
    pc.ask()
    for _ in range(2):
        import_mailbox(desk.work, desk.open.post)
    assert not [one for one in desk.incoming() if one.parent.name != "in"]


def test_junk_does_not_put_off_what_lies_behind_it(desk: Desk) -> None:
    pc = desk.pc()
    pc.enrol()
    for number in range(60):
        (desk.root / "mailbox" / "in" / f"{number:03}.ehr").write_bytes(b"kein Umschlag " * 20)
    pc.ask()
    import_mailbox(desk.work, desk.open.post)
    assert desk.incoming() == []


def test_a_new_phone_number_reaches_the_pcs(desk: Desk) -> None:
    pc = desk.pc()
    pc.enrol()
    import_mailbox(desk.work, desk.open.post)
    assert [one.help_phone for one in told(desk, pc) if isinstance(one, Admission)] == ["300"]
    company.update_company(desk.work, help_phone="301")
    assert [one.help_phone for one in told(desk, pc) if isinstance(one, Admission)] == ["301"]
    company.update_company(desk.work, help_phone="301")
    assert told(desk, pc) == []


def test_a_text_that_is_too_long_is_refused_and_never_cut(desk: Desk) -> None:
    work = desk.work
    ticket = create_ticket(work, CreateTicket("Langer Bericht")).result
    with pytest.raises(AppError) as caught:
        add_note(work, AddNote(ticket.id, "x" * 200_001))
    assert caught.value.code == "message.too_long"
    assert not open_ticket(work, ticket.id).messages


def test_a_pipe_is_no_file_to_attach(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AppError) as caught:
        read_new(tmp_path / "pipe")
    assert caught.value.code == "attachment.unreadable"
