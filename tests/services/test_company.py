"""A company is made once, opened every day and examined honestly."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.domain.commands import CreateTicket, NewAttachment
from desktop.domain.desk_settings import settings_path
from desktop.exchange.invitation import read_invitation
from desktop.services import company, people, technicians, tickets
from desktop.services.attachments import blob_path, read_attachment
from desktop.services.check import check
from desktop.services.lists import open_ticket
from desktop.services.people import SavePerson
from desktop.services.work import database_path, open_work

if TYPE_CHECKING:
    from tests.services.conftest import Desk


def test_a_company_has_everything_it_needs(desk: Desk) -> None:
    assert desk.made.database == database_path(desk.home)
    assert (desk.root / "mailbox" / "org.json").is_file()
    assert len(desk.made.recovery_words) == 24
    found = read_invitation(desk.made.invitation, clock=desk.clock)
    assert (found.company, found.devices) == ("Möbelwerk Ahornblick", 2)
    assert [one.name for one in technicians.list_technicians(desk.work) if one.is_me] == ["Katrin Velden"]
    assert company.read_company(desk.work).help_phone == "300"
    assert company.update_company(desk.work, help_phone=" 301 ").result.help_phone == "301"
    more = company.make_invitation(desk.work, desk.secrets, devices=0, out=desk.root / "weitere.ersthelfer").result
    assert read_invitation(more, clock=desk.clock).devices == 0


def test_a_second_company_in_the_same_place_is_refused(desk: Desk) -> None:
    command = company.CreateCompany("Andere", desk.root / "mailbox2", "Jemand")
    with pytest.raises(AppError, match=r"company\.exists"):
        company.create_company(desk.home, desk.secrets, command)
    assert company.read_company(desk.work).name == "Möbelwerk Ahornblick"


def test_without_keys_or_company_the_reason_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.secrets.delete("org.sign")
    with pytest.raises(AppError, match=r"secrets\.missing"):
        company.open_company(desk.home, desk.secrets)
    with pytest.raises(AppError, match=r"company\.none"):
        company.open_company(Home.under(tmp_path / "leer"), desk.secrets)


def test_the_examination_finds_each_damage(desk: Desk) -> None:
    files = (NewAttachment("klein.txt", b"klein"), NewAttachment("groß.bin", b"g" * 300_000))
    made = tickets.create_ticket(desk.work, CreateTicket("Mit Anhang", attachments=files)).result
    assert check(desk.work, desk.home).ok
    large = open_ticket(desk.work, made.id).messages[0].attachments[1]
    blob_path(desk.work.files, large.sha256).write_bytes(b"anders")
    raw = sqlite3.connect(desk.made.database)
    raw.execute("DELETE FROM search_tickets")
    raw.execute("UPDATE audit_details SET detail = '{\"x\": 1}' WHERE seq = 1")
    raw.commit()
    raw.close()
    settings_path(desk.home).write_text('{"theme": "neon"}', encoding="utf-8")
    report = check(desk.work, desk.home)
    assert {one.name: one.ok for one in report.checks} == {
        "database": True,
        "search": False,
        "audit": False,
        "attachments": False,
        "settings": False,
        "wizards": True,
    }
    assert next(one.detail for one in report.checks if one.name == "settings") == "theme"
    with pytest.raises(AppError, match=r"attachments\.lost"):
        read_attachment(desk.work, large.id)


def test_the_same_file_is_kept_once(desk: Desk) -> None:
    for number in range(3):
        tickets.create_ticket(desk.work, CreateTicket(f"T{number}", attachments=(NewAttachment("a.txt", b"gleich"),)))
    raw = sqlite3.connect(desk.made.database)
    assert raw.execute("SELECT count(*) FROM blobs").fetchone() == (1,)
    raw.close()


def test_people_are_kept_and_found(desk: Desk) -> None:
    made = people.save_person(desk.work, SavePerson("Jürgen Weiß", department="Versand", phone="214")).result
    assert (made.department, made.phone) == ("Versand", "214")
    assert [one.id for one in people.list_people(desk.work, "juergen versand")] == [made.id]
    with pytest.raises(AppError, match=r"person\.name"):
        people.save_person(desk.work, SavePerson("  "))


def test_the_command_line_works_beside_an_open_desk(desk: Desk) -> None:
    beside = open_work(desk.home, desk.clock)
    made = tickets.create_ticket(beside, CreateTicket("Von nebenan")).result
    assert open_ticket(desk.work, made.number).row.title == "Von nebenan"
    beside.store.close()
