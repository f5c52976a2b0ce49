"""The outbox: durable, patient with jitter, and never confused by what a crash left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.exchange.outbox import RETRY_SECONDS, Entry, Outbox
from desktop.exchange.reports import SendState
from desktop.exchange.seen import SeenIds


@pytest.fixture
def clock(company):
    return company.clock


def filled(folder: Path, clock, **options) -> tuple[Outbox, str]:
    outbox, message_id = Outbox(folder, clock=clock, **options), new_id()
    outbox.put(Entry(message_id, f"{message_id}.ehr"), b"sealed")
    return outbox, message_id


def test_put_twice_keeps_the_first(tmp_path: Path, clock) -> None:
    outbox, message_id = filled(tmp_path, clock)
    outbox.put(Entry(message_id, "other.ehr"), b"different")
    assert outbox.content(message_id) == b"sealed"
    assert [one.file for one in outbox.entries()] == [f"{message_id}.ehr"]


def test_schedule_grows_with_jitter_and_survives_a_restart(tmp_path: Path, clock) -> None:
    for chance, factor in ((0.0, 0.8), (1.0, 1.2), (0.5, 1.0)):
        outbox, message_id = filled(tmp_path / str(chance), clock, chance=lambda chance=chance: chance)
        for seconds in (*RETRY_SECONDS, RETRY_SECONDS[-1]):
            entry = outbox.entry(message_id)
            assert entry is not None
            assert entry.is_due(clock())
            outbox.postponed(entry)
            again = Outbox(tmp_path / str(chance), clock=clock).entry(message_id)
            assert again is not None
            clock.forward(seconds=seconds * factor - 0.01)
            assert not again.is_due(clock())
            clock.forward(seconds=0.02)
            assert again.is_due(clock())


def test_wrong_clock_does_not_silence_a_message(tmp_path: Path, clock) -> None:
    outbox, message_id = filled(tmp_path, clock)
    clock.forward(days=3650)
    outbox.postponed(outbox.entry(message_id))
    clock.forward(days=-3650)
    assert outbox.entry(message_id).is_due(clock())


def test_states_from_queue_to_sent(tmp_path: Path, clock) -> None:
    outbox, message_id = filled(tmp_path, clock)
    assert outbox.state(message_id) is SendState.QUEUED
    outbox.delivered(outbox.entry(message_id))
    assert outbox.state(message_id) is SendState.DELIVERED
    outbox.finish(message_id)
    assert outbox.state(message_id) is SendState.DELIVERED  # nothing finishes without an acknowledgement
    assert outbox.acknowledged(message_id)
    outbox.finish(message_id)
    assert outbox.state(message_id) is SendState.ACKNOWLEDGED
    assert outbox.entries() == []
    assert outbox.content(message_id) == b"sealed"
    assert not outbox.acknowledged(new_id())


def test_sent_message_can_be_asked_for_again(tmp_path: Path, clock) -> None:
    outbox, message_id = filled(tmp_path, clock)
    outbox.acknowledged(message_id)
    outbox.finish(message_id)
    assert outbox.due_now(message_id)
    assert outbox.entry(message_id).is_due(clock())
    assert not outbox.due_now(new_id())


def test_sent_messages_go_after_thirty_days(tmp_path: Path, clock) -> None:
    import os

    outbox, message_id = filled(tmp_path, clock)
    outbox.acknowledged(message_id)
    outbox.finish(message_id)
    os.utime(tmp_path / "sent" / f"{message_id}.ehr", (clock().timestamp(),) * 2)
    clock.forward(days=29)
    outbox.tidy()
    assert outbox.content(message_id) == b"sealed"
    clock.forward(days=2)
    outbox.tidy()
    with pytest.raises(AppError, match=r"outbox\.unknown"):
        outbox.content(message_id)


def test_lost_or_torn_schedule_makes_the_message_due(tmp_path: Path, clock) -> None:
    outbox, message_id = filled(tmp_path, clock)
    for content in (b"", b"{", b"[]", b'{"unknown": 1}', b"null"):
        (tmp_path / f"{message_id}.json").write_bytes(content)
        assert outbox.entry(message_id).is_due(clock())


def test_full_or_missing_disk_is_said_so(tmp_path: Path, clock) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AppError, match=r"outbox\.unwritable"):
        filled(tmp_path / "file", clock)


def test_seen_ids_survive_a_torn_line_and_old_ones_go(tmp_path: Path, clock) -> None:
    first, second, third = new_id(), new_id(), new_id()
    seen = SeenIds(tmp_path / "seen.txt", clock=clock)
    seen.add([first])
    with (tmp_path / "seen.txt").open("ab") as stream:
        stream.write(b"\n0195a000-0000-7000-80")  # a crash in the middle of a line
    clock.forward(days=300)
    again = SeenIds(tmp_path / "seen.txt", clock=clock)
    again.add([second])
    assert first in again
    assert second in SeenIds(tmp_path / "seen.txt", clock=clock)
    assert third not in again
    clock.forward(days=101)
    again.tidy()
    left = SeenIds(tmp_path / "seen.txt", clock=clock)
    assert first not in left
    assert second in left
