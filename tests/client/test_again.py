"""A PC that was shut out comes back with a new invitation, under new keys, and old messages do not haunt it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.enrolment import EnrolPc, Machine, enrol, open_post
from desktop.client.identity import AdmissionState, Person, load_identity
from desktop.client.overview import overview
from desktop.client.policy import load_policy
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.rows import Stage
from desktop.client.status import list_requests
from desktop.client.sync import sync
from desktop.client.wizards import library_in_force
from desktop.domain.payloads import Admission, Enrol, Policy, Request, Wizards
from tests.client.test_kill import World
from tests.services.own_files import own as lift_stuck


def look(world: World) -> list[object]:
    """Take in everything as a Desk does that accepts all, and return what came."""
    found: list[object] = []
    for one in list(world.desk.scan()):
        found.append(one.payload)
        if one.signer is not None:
            world.desk.acknowledge(one.signer, [one.id])
        world.desk.remove(one)
    return found


def test_a_refused_pc_is_enrolled_anew(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.sync()
    signer, _ = world.read()
    send_request(world.client, prepare_request(world.client, SendRequest(text="Alt")))
    world.desk.send(signer, Admission(False, world.org.org_id, "Möbelwerk"), world.org.org_id)
    world.desk.deliver()
    world.sync()
    assert load_identity(world.client).state is AdmissionState.REFUSED
    for path in world.mailbox.incoming.rglob("*.ehr"):
        path.unlink()
    machine = Machine("ANNA-PC", "anna", "linux", "1")
    enrol(world.client, EnrolPc(world.invitation.to_code(), Person("Anna"), machine), world.secrets)
    assert list_requests(world.client)[0].stage is Stage.REFUSED
    assert overview(world.client).waiting == 1  # the new enrolment
    send_request(world.client, prepare_request(world.client, SendRequest(text="Neu")))
    for _ in range(2):
        sync(world.client, open_post(world.client, world.secrets, world.pc))
    came = look(world)
    assert [one.text for one in came if isinstance(one, Request)] == ["Neu"]
    assert len([one for one in came if isinstance(one, Enrol)]) == 1
    assert load_identity(world.client).device_folder != signer.id8
    world.store.close()


@pytest.mark.parametrize("is_other_company", [True, False])
def test_another_companys_policy_and_checklists_are_forgotten(tmp_path: Path, is_other_company: bool) -> None:
    """A PC that was shut out and goes to another company judges by that one's values, also before it hears of any."""
    for name in ("own", "foreign"):
        (tmp_path / name).mkdir()
    own, foreign = World(tmp_path / "own"), World(tmp_path / "foreign")
    own.sync()
    signer, _ = own.read()
    own.desk.send(signer, Policy(7, "2026-11-23T09:00:00.000000Z", level="none"), new_id())
    own.desk.send(signer, Wizards(7, "2026-11-23T09:00:00.000000Z", {"lift-stuck": lift_stuck().decode()}), new_id())
    own.desk.send(signer, Admission(False, own.org.org_id, "Möbelwerk"), own.org.org_id)
    own.desk.deliver()
    own.sync()
    next_one = foreign if is_other_company else own
    enrol(
        own.client,
        EnrolPc(next_one.invitation.to_code(), Person("Anna"), Machine("PC", "a", "linux", "1")),
        own.secrets,
    )
    assert (load_policy(own.client) is None) is is_other_company
    assert ("lift-stuck" not in library_in_force(own.client).wizards) is is_other_company
    own.store.close()
    foreign.store.close()


def test_a_pc_of_one_company_is_not_taken_by_another(tmp_path: Path) -> None:
    for name in ("own", "foreign"):
        (tmp_path / name).mkdir()
    own, foreign = World(tmp_path / "own"), World(tmp_path / "foreign")
    before = load_identity(own.client)
    machine = Machine("ANNA-PC", "anna", "linux", "1")
    with pytest.raises(AppError, match=r"enrolment\.already") as caught:
        enrol(own.client, EnrolPc(foreign.invitation.to_code(), Person("Anna"), machine), own.secrets)
    assert caught.value.parameters["company"] == before.company
    assert load_identity(own.client) == before
    own.store.close()
    foreign.store.close()
