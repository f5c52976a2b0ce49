"""Whatever arrives is hostile until it has been read: right documents come back equal, wrong ones are refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain import payloads as p

REQUEST = p.Request(
    request_id=new_id(),
    reference="H-7K3F",
    text="Drucker druckt leer",
    category="printer",
    impact="me",
    urgency="limited",
    created_at="2026-11-23T10:00:00Z",
    person_name="Sabine Oswald",
    attachments=[p.AttachmentInfo(name="foto.jpg", size=3, sha256="00", part=0)],
    consent={"network": True},
    snapshot={"schema": 1},
)
EXAMPLES: list[p.Payload] = [
    REQUEST,
    p.Enrol(host="AHB-PC-014", user="so", person_name="Sabine Oswald"),
    p.FollowUp(request_id=new_id(), message_id=new_id(), text="Geht wieder nicht", created_at="2026-11-23T10:00:00Z"),
    p.Verdict(request_id=new_id(), solved=True, created_at="2026-11-23T10:00:00Z", rating=1),
    p.Receipt(ids=[new_id()]),
]


@pytest.mark.parametrize("payload", EXAMPLES, ids=lambda one: one.kind)
def test_a_document_comes_back_equal(payload: p.Payload) -> None:
    assert p.from_document(p.to_document(payload), p.FROM_DEVICE) == payload


def test_a_pc_cannot_send_what_only_the_desk_may() -> None:
    reply = p.Reply(request_id=new_id(), message_id=new_id(), author="IT", text="x", created_at="2026")
    with pytest.raises(AppError):
        p.from_document(p.to_document(reply), p.FROM_DEVICE)


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", 7), ("text", "x" * 200_001), ("category", "x" * 501), ("request_id", "../../etc"), ("consent", {"a": 1}),
     ("attachments", [7]), ("attachments", "x"), ("snapshot", []), ("device_seq", True), ("wizard_runs", [[]])],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name(key: str, value: object) -> None:
    with pytest.raises(AppError) as caught:
        p.from_document({**p.to_document(REQUEST), key: value}, p.FROM_DEVICE)
    assert caught.value.parameters["key"] == key


def test_a_missing_key_is_refused_and_an_unknown_one_ignored() -> None:
    document = p.to_document(REQUEST)
    assert p.from_document({**document, "of_a_newer_version": 1}, p.FROM_DEVICE) == REQUEST
    del document["text"]
    with pytest.raises(AppError):
        p.from_document(document, p.FROM_DEVICE)


WIZARDS = p.Wizards(version=3, created_at="2026-11-23T10:00:00Z", files={"lift-stuck": "format = 1"})


def test_checklists_come_back_equal_and_only_from_the_desk() -> None:
    assert p.from_document(p.to_document(WIZARDS), p.FROM_DESK) == WIZARDS
    with pytest.raises(AppError):
        p.from_document(p.to_document(WIZARDS), p.FROM_DEVICE)


@pytest.mark.parametrize(
    "files",
    [None, [], {"a": 7}, {"a": "x" * (p.MAX_FILE + 1)}, {"x" * 501: ""}, {str(one): "" for one in range(401)}],
)
def test_files_that_are_none_are_refused(files: object) -> None:
    with pytest.raises(AppError) as caught:
        p.from_document({**p.to_document(WIZARDS), "files": files}, p.FROM_DESK)
    assert caught.value.parameters["key"] == "files"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(EXAMPLES), st.data())
def test_no_document_raises_anything_else(payload: p.Payload, data: st.DataObject) -> None:
    document: dict[str, Any] = p.to_document(payload)
    document[data.draw(st.sampled_from(sorted(document)))] = data.draw(json_values)
    assert outcome(document) in ("read", "payload.invalid")


def outcome(document: dict[str, Any]) -> str:
    try:
        p.from_document(document, p.FROM_DEVICE)
    except AppError as error:
        return error.code
    return "read"
