"""Sending this PC's facts on their own: as the answer to an ask or unasked, or declining with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.asks import settle_within
from desktop.client.context import Client
from desktop.client.habits import remember_within
from desktop.client.identity import enrolled_identity, next_sequence
from desktop.client.outgoing import queue
from desktop.domain.payloads import MAX_TEXT, Diagnosis
from desktop.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SendDiagnosis:
    """What the employee agrees to send; without a `snapshot` they decline. `ask_id` is empty where nobody asked."""

    ask_id: str = ""
    snapshot: Snapshot | None = None
    consent: Mapping[str, bool] = field(default_factory=dict[str, bool])
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PreparedDiagnosis:
    """A diagnosis with its id and time fixed: exactly this is previewed and exactly this is sealed."""

    payload: Diagnosis


def prepare_diagnosis(
    client: Client, command: SendDiagnosis, *, before: PreparedDiagnosis | None = None
) -> PreparedDiagnosis:
    """Fix what will be sent; `before` keeps id and time while the employee goes on choosing.

    Raises AppError `request.too_long`, `hilfe.not_enrolled`, or `diagnosis.nothing` where nobody asked.
    """
    enrolled_identity(client)
    comment = command.comment.strip()
    if len(comment) > MAX_TEXT:
        raise AppError("request.too_long", parameters={"limit": MAX_TEXT})
    if command.snapshot is None and not command.ask_id:
        raise AppError("diagnosis.nothing")
    payload = Diagnosis(
        diagnosis_id=before.payload.diagnosis_id if before else new_id(client.clock),
        created_at=before.payload.created_at if before else client.now(),
        answers=command.ask_id,
        is_declined=command.snapshot is None,
        comment=comment,
        snapshot=command.snapshot.to_document() if command.snapshot else None,
        consent=dict(command.consent) if command.snapshot else {},
        device_seq=before.payload.device_seq if before else next_sequence(client),
    )
    return PreparedDiagnosis(payload)


def send_diagnosis(client: Client, prepared: PreparedDiagnosis) -> Done[str]:
    """Store what has to go out and that the ask is answered, in one transaction; sending the same twice is once.

    Sealing and delivery follow in `sync`. Raises AppError `ask.gone` where the ask is over meanwhile.
    """
    payload = prepared.payload
    with client.store.write() as db:
        if db.execute("SELECT 1 FROM outgoing WHERE id = ?", (payload.diagnosis_id,)).fetchone() is None:
            if payload.answers:
                settle_within(db, payload.answers, "declined" if payload.is_declined else "answered")
            queue(db, payload, message_id=payload.diagnosis_id, request_id="", parts=(), at=payload.created_at)
            remember_within(db, payload)
        client.at_step("before_storing")
    client.at_step("stored")
    return Done(payload.diagnosis_id, Changes.of(Subject.DEVICE, "self"))


def decline(client: Client, ask_id: str, comment: str = "") -> Done[str]:
    """Answer an ask with no. Raises AppError `ask.gone`, `request.too_long`, `hilfe.not_enrolled`."""
    return send_diagnosis(client, prepare_diagnosis(client, SendDiagnosis(ask_id, comment=comment)))
