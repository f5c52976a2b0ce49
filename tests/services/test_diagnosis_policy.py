"""What the company sets for its PCs: checked, taken back, told to every PC once and to later ones as well."""

from __future__ import annotations

import json

import pytest

from desktop.base.errors import AppError
from desktop.diagnostics.pseudonyms import wifi_mark
from desktop.diagnostics.targets import DEFAULT_TARGETS, MAX_OF_A_KIND, CompanyTarget, TargetKind, read_targets
from desktop.domain.payloads import Policy
from desktop.models.audit_chain import verify
from desktop.services.diagnosis_policy import (
    add_target,
    read_diagnosis_policy,
    remove_target,
    reset_targets,
    set_level,
    set_names,
    set_switches,
    set_wifi,
)
from desktop.services.finding_limits import change_finding
from desktop.services.intake import import_mailbox
from desktop.services.outgoing import count_undelivered, deliver
from desktop.services.policy_rows import read_policy
from tests.services.conftest import Desk, Pc

FILES = CompanyTarget(TargetKind.FILE, "Dateiserver", "files.ahornblick.example", 445)


def policies(desk: Desk, pc: Pc) -> list[Policy]:
    """Deliver, and return the policies that the PC takes in."""
    deliver(desk.work, desk.open.post)
    report = pc.post.sync()
    pc.post.confirm([one for one, _ in report.received])
    pc.post.sync()
    return [payload for _, payload in report.received if isinstance(payload, Policy)]


@pytest.fixture
def pc(desk: Desk) -> Pc:
    """Return a PC that is let in."""
    made = desk.pc()
    made.enrol()
    import_mailbox(desk.work, desk.open.post)
    assert policies(desk, made) == []
    return made


def test_at_first_the_programs_own_values_hold(desk: Desk, pc: Pc) -> None:
    policy = read_diagnosis_policy(desk.work)
    assert (policy.targets, policy.level) == (DEFAULT_TARGETS, "full")
    assert count_undelivered(desk.work) == 0


def test_many_changes_are_one_message(desk: Desk, pc: Pc) -> None:
    add_target(desk.work, FILES._replace(name="  Datei server "))
    add_target(desk.work, FILES)
    set_switches(desk.work, asks_third_parties=False)
    change_finding(desk.work, "uptime.long", {"uptime_s": 3})
    set_level(desk.work, "basic")
    assert count_undelivered(desk.work) == 1
    (told,) = policies(desk, pc)
    assert told.level == "basic"
    assert told.findings is not None
    assert told.targets is not None
    targets = read_targets(told.targets)
    assert [one.name for one in targets.company] == ["Datei server", "Dateiserver"]
    assert targets.asks_third_parties is False
    assert policies(desk, pc) == []


def test_a_pc_let_in_later_is_told_as_well(desk: Desk, pc: Pc) -> None:
    add_target(desk.work, FILES)
    assert len(policies(desk, pc)) == 1
    later = desk.pc("AHB-PC-015")
    later.enrol()
    import_mailbox(desk.work, desk.open.post)
    assert len(policies(desk, later)) == 1
    assert policies(desk, pc) == []


def test_every_change_can_be_taken_back(desk: Desk, pc: Pc) -> None:
    first = add_target(desk.work, FILES)
    removed = remove_target(desk.work, "DATEISERVER")
    assert removed.result.targets.company == ()
    assert removed.undo is not None
    back = removed.undo.run(desk.work).result
    assert back == first.result
    reset = reset_targets(desk.work)
    assert reset.result.targets == DEFAULT_TARGETS
    assert reset.undo is not None
    change_finding(desk.work, "uptime.long", {"uptime_s": 3})
    assert reset.undo.run(desk.work).result == first.result
    with desk.work.store.reading() as connection:
        assert set(read_policy(connection)) == {"findings", "targets"}  # what others changed since stays
        assert verify(connection).broken_at == 0


def test_a_clock_set_back_makes_no_change_look_old(desk: Desk, pc: Pc) -> None:
    """The time of a change is later than that of the one before, whatever the clock says."""
    set_level(desk.work, "none")
    (first,) = policies(desk, pc)
    desk.clock.forward(days=-400)
    set_level(desk.work, "basic")
    desk.clock.forward(days=400)
    (second,) = policies(desk, pc)
    assert (first.level, second.level) == ("none", "basic")
    assert first.created_at < second.created_at


def test_what_changes_nothing_is_told_to_nobody(desk: Desk, pc: Pc) -> None:
    set_switches(desk.work, asks_portal=True)
    assert set_level(desk.work, "full").changes.items  # it is written down now, also where it is what we ship
    policies(desk, pc)
    assert not set_level(desk.work, "full").changes.items
    assert policies(desk, pc) == []


def test_the_name_of_the_wifi_is_kept_nowhere(desk: Desk, pc: Pc) -> None:
    targets = set_wifi(desk.work, ("Ahornblick intern",)).result.targets
    assert targets.wifi_marks == (wifi_mark("Ahornblick intern", bytes.fromhex(targets.wifi_key)),)
    again = set_wifi(desk.work, ("Ahornblick intern", "Lager")).result.targets
    assert again.wifi_key == targets.wifi_key
    assert again.wifi_marks[0] == targets.wifi_marks[0]
    (told,) = policies(desk, pc)
    assert "Ahornblick" not in json.dumps(told.targets)
    assert b"Ahornblick intern" not in (desk.home.data / "ersthelfer.db").read_bytes()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (FILES._replace(name="  "), "targets.name"),
        (FILES._replace(name="x" * 61), "targets.name"),
        (FILES._replace(host="http://files/"), "targets.host"),
        (FILES._replace(host="files.example:445"), "targets.host"),
        (FILES._replace(host=r"\\files\share"), "targets.host"),
        (FILES._replace(host="192.168.300.1"), "targets.host"),
        (FILES._replace(host=""), "targets.host"),
        (FILES._replace(port=0), "targets.port"),
        (FILES._replace(port=65536), "targets.port"),
    ],
)
def test_a_slip_is_refused(desk: Desk, target: CompanyTarget, code: str) -> None:
    with pytest.raises(AppError, match=code):
        add_target(desk.work, target)
    assert read_diagnosis_policy(desk.work).targets == DEFAULT_TARGETS


@pytest.mark.parametrize("host", ["fd00::1", "192.168.1.7", "nas", "FILES.ahornblick.example.", "drucker_2.intern"])
def test_names_and_addresses(desk: Desk, host: str) -> None:
    (target,) = add_target(desk.work, FILES._replace(host=f" {host} ")).result.targets.company
    assert target.host == host.removesuffix(".")


def test_there_is_a_limit(desk: Desk) -> None:
    for number in range(MAX_OF_A_KIND):
        add_target(desk.work, FILES._replace(name=f"Server {number}"))
    with pytest.raises(AppError, match=r"targets\.many"):
        add_target(desk.work, FILES)
    add_target(desk.work, FILES._replace(name="SERVER 3", port=446))
    with pytest.raises(AppError, match=r"targets\.unknown"):
        remove_target(desk.work, "nichts")
    with pytest.raises(AppError, match=r"targets\.host"):
        set_names(desk.work, ("gut.example", "nicht gut"))
    with pytest.raises(AppError, match=r"targets\.level"):
        set_level(desk.work, "alles")
