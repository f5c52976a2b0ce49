"""Nothing leaves that should stay: withheld groups, tags for names, and canaries seeded everywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.diagnostics.privacy import (
    GROUPS,
    PERSONAL_ONLY,
    default_off,
    preview,
    pseudonymise,
    withhold,
)
from desktop.diagnostics.probe import Field, Kind
from desktop.diagnostics.pseudonyms import pseudonym
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.scrubber import OwnNames, Scrubber
from desktop.domain.payloads import Request, to_document
from desktop.domain.snapshot import Finding, FindingState, Privacy, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.exchange.strict_json import canonical

KEY = bytes(range(32))
OWN = OwnNames(hosts=("AHB-PC-014",), users=("sabine.oswald",))
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAcanary\n-----END RSA PRIVATE KEY-----"
# Each secret beside a text in which it hides. None of them is real.
SEEDS = {
    "canary-pw-1": "password=canary-pw-1",
    "canary-pw-2": 'Kennwort: "canary-pw-2"',
    "canary-pw-3": "DB_PASSWORD=canary-pw-3;Server=x",
    "canary-pw-4": "https://svc:canary-pw-4@intranet.example/x",
    "canary-pw-5": "tool --password canary-pw-5 --quiet",
    "canary-token-6": "Authorization: Bearer canary-token-6",
    "canary-key-7": "api_key = 'canary-key-7'",
    "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl": "token eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl end",
    "AKIAIOSFODNN7CANARY1": "id AKIAIOSFODNN7CANARY1.",
    "ghp_canary0123456789abcdefghij": "push ghp_canary0123456789abcdefghij",
    "xoxb-123456789012-canary": "hook xoxb-123456789012-canary",
    "MIIEowIBAAKCAQEAcanary": PEM,
    "123456-234567-345678-456789-567890-678901-789012-890123": (
        "key 123456-234567-345678-456789-567890-678901-789012-890123"
    ),
    "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY": "Windows ABCDE-FGHIJ-KLMNO-PQRST-UVWXY",
    "canary@ahornblick.example": "mail canary@ahornblick.example",
    "DE89370400440532013000": "an DE89370400440532013000",
    "DE89 3704 0044 0532 0130 00": "an DE89 3704 0044 0532 0130 00.",
    "a4:bb:6d:11:22:33": "adapter a4:bb:6d:11:22:33",
    "A4-BB-6D-11-22-33": "adapter A4-BB-6D-11-22-33",
    "canaryhome": "/home/canaryhome/Dokumente",
    "canarywin": "C:\\Users\\canarywin\\AppData",
    "AHB-PC-014": "Queue auf AHB-PC-014",
    "ahb-pc-014": "ahb-pc-014.local",
    "sabine.oswald": "owner sabine.oswald",
}


@pytest.mark.parametrize(("secret", "text"), SEEDS.items(), ids=lambda one: one[:24])
def test_the_scrubber_finds_the_seeded_case(secret: str, text: str) -> None:
    """Each secret is gone; the text around it is not."""
    assert secret not in Scrubber(KEY, OWN).clean(text)


@pytest.mark.parametrize(
    "text",
    ["getty@tty1.service",
     "Debian GNU/Linux 12 (bookworm)", "eth0", "10:42:17", "ThinkPad T14 Gen 3", "media-empty-error", "", "ext4",
     "2026-11-22T10:00:00Z", "Versand-Etiketten", "Intel(R) Core(TM) i5-1245U", "fe80::1", "root", "Drucker im Flur"],
)  # fmt: skip
def test_the_scrubber_leaves_ordinary_facts_alone(text: str) -> None:
    """A net that catches everything would make the facts worthless."""
    assert Scrubber(KEY, OwnNames(hosts=("PC", "localhost"), users=("root",))).clean(text) == text


def _seeded(field: Field, text: str) -> Any:
    if field.kind is Kind.TABLE:
        return [{one.name: _seeded(one, text) for one in field.columns} | {"undeclared": text}]
    if field.kind in (Kind.TEXTS, Kind.NUMBERS):
        return [text]
    return text


def _canary(text: str) -> Snapshot:
    """A snapshot with the text in every field, undeclared ones, reasons and the evidence of every finding there is."""
    states = (ProbeStatus.OK, ProbeStatus.PARTIAL, ProbeStatus.DENIED)
    probes = {
        one.id: ProbeResult(
            states[number % len(states)],
            {field.name: _seeded(field, text) for field in one.fields} | {"undeclared": text},
            reason=text,
            source=text,
        )
        for number, one in enumerate(PROBES)
    }
    probes["unheard_of"] = ProbeResult(ProbeStatus.OK, {"anything": text})
    evidence = {"text": text, "list": [text, [text]], "object": {"a": text}}
    findings = tuple(
        Finding(one.id, FindingState.PRESENT, Severity.WARN, evidence | dict.fromkeys(one.show, text))
        for one in load_rules()
    )
    return Snapshot("2026-11-22T10:00:00.000000Z", "full", probes, findings)


def test_the_canary_sits_in_every_field_of_every_probe() -> None:
    """Also in the columns of every table; a new kind of field would otherwise be left out unnoticed."""
    facts = _canary("seed").probes
    for probe in PROBES:
        for field in probe.fields:
            value = facts[probe.id].facts[field.name]
            rows = value if field.kind is Kind.TABLE else [{field.name: value}]
            columns = field.columns if field.kind is Kind.TABLE else (field,)
            assert columns
            assert all("seed" in json.dumps(row[column.name]) for row in rows for column in columns)


@pytest.mark.parametrize("hide", [PERSONAL_ONLY, None], ids=["own_admin", "others"])
@pytest.mark.parametrize(("secret", "text"), SEEDS.items(), ids=lambda one: one[:24])
def test_canaries_seeded_into_every_field_come_out_clean(
    secret: str, text: str, hide: frozenset[Privacy] | None
) -> None:
    """No secret survives anywhere, for our own administrator or for others."""
    canary = _canary(text)
    assert json.dumps(secret)[1:-1] in preview(canary).decode(), "the canary must be seeded"
    clean = pseudonymise(canary, KEY, own=OWN) if hide is None else pseudonymise(canary, KEY, hide=hide, own=OWN)
    assert json.dumps(secret)[1:-1] not in preview(clean).decode()
    assert "unheard_of" not in clean.probes
    assert "undeclared" not in preview(clean).decode()


def test_the_same_name_gets_the_same_tag_and_another_key_another() -> None:
    """Two tickets of one machine can be told to be that; without the key nobody can tell which."""
    snapshot = Snapshot("t", "basic", {"os": ProbeResult(ProbeStatus.OK, {"host": "AHB-PC-014", "name": "Windows 11"})})
    first, second = (pseudonymise(snapshot, key).probes["os"].facts for key in (KEY, KEY[::-1]))
    assert first == pseudonymise(snapshot, KEY).probes["os"].facts
    assert first["host"] == pseudonym("host", "ahb-pc-014", KEY) != second["host"]
    assert first["name"] == "Windows 11"


def test_our_own_administrator_sees_internal_names_and_no_personal_ones() -> None:
    """The company's own IT needs addresses and printer names; hardware addresses and accounts stay tags."""
    facts = {"user": "sabine.oswald", "is_admin": False, "is_remote": False, "other_users": 1}
    link = {"interfaces": [{"name": "eth0", "mac": "a4:bb:6d:11:22:33", "vendor_prefix": "a4:bb:6d"}]}
    address = {"addresses": [{"interface": "eth0", "address": "192.168.4.7"}]}
    probes = {"sessions": facts, "net_link": link, "net_ip": address}
    snapshot = Snapshot("t", "basic", {name: ProbeResult(ProbeStatus.OK, one) for name, one in probes.items()})
    inside = pseudonymise(snapshot, KEY, hide=PERSONAL_ONLY).probes
    assert inside["net_ip"].facts["addresses"][0]["address"] == "192.168.4.7"
    assert inside["sessions"].facts["user"].startswith("<user-")
    assert inside["net_link"].facts["interfaces"][0] == {
        "name": "eth0", "mac": pseudonym("mac", "a4:bb:6d:11:22:33", KEY), "vendor_prefix": "a4:bb:6d",
    }  # fmt: skip
    outside = pseudonymise(snapshot, KEY).probes["net_ip"].facts["addresses"][0]["address"]
    assert outside.startswith("<ip-")


def test_evidence_gets_the_tag_of_its_fact() -> None:
    """What a finding repeats is hidden like the fact itself, and the finding stays present."""
    facts = {"printers": [{"name": "Versand", "is_paused": True}], "default": "Versand"}
    finding = Finding("printer.paused", FindingState.PRESENT, Severity.WARN, {"printer": "Versand"})
    snapshot = Snapshot("t", "basic", {"printers": ProbeResult(ProbeStatus.OK, facts)}, (finding,))
    hidden = pseudonymise(snapshot, KEY)
    assert hidden.findings[0].evidence["printer"] == pseudonym("printer", "Versand", KEY)
    assert hidden.finding("printer.paused") is FindingState.PRESENT
    assert b"Versand" not in preview(hidden)


def test_withheld_groups_lose_their_facts_and_their_findings() -> None:
    """No fact and no conclusion of a withheld group remains; the others are untouched."""
    probes = {name: ProbeResult(ProbeStatus.OK, {"a": name}) for name in ("printers", "disks", "os")}
    findings = tuple(
        Finding(name, FindingState.PRESENT, Severity.WARN, {"who": "Versand"})
        for name in ("printer.paused", "disk.low")
    )
    snapshot = withhold(Snapshot("t", "basic", probes, findings), {"printers"})
    assert snapshot.probes["printers"] == ProbeResult(ProbeStatus.WITHHELD)
    assert snapshot.probes["disks"].facts == {"a": "disks"}
    assert snapshot.finding("printer.paused") is FindingState.UNKNOWN
    assert snapshot.finding("disk.low") is FindingState.PRESENT
    assert not snapshot.findings[0].evidence


def test_a_finding_without_a_rule_rests_on_everything() -> None:
    """Nobody can say what an unknown finding was made of, so it goes with the first group that goes."""
    probes = {"printers": ProbeResult(ProbeStatus.OK, {})}
    strange = Finding("strange.one", FindingState.PRESENT, Severity.WARN)
    assert (
        withhold(Snapshot("t", "basic", probes, (strange,)), {"printers"}).finding("strange.one")
        is FindingState.UNKNOWN
    )


def test_nothing_withheld_changes_nothing() -> None:
    """No group off, or one whose probes were not collected."""
    snapshot = Snapshot("t", "basic", {"os": ProbeResult(ProbeStatus.OK, {})})
    assert withhold(snapshot, set()) is snapshot
    assert withhold(snapshot, {"printers"}) is snapshot


def test_running_programs_are_off_until_somebody_agrees() -> None:
    """The names of programs can be personal."""
    assert default_off() == {"programs"}
    assert len(GROUPS) == 6


def test_the_preview_is_canonical_and_reads_back() -> None:
    """The same snapshot gives the same bytes, whatever the order of its keys, and they read back as it."""
    one = ProbeResult(ProbeStatus.OK, {"b": 1, "a": "ü"})
    other = ProbeResult(ProbeStatus.OK, {"a": "ü", "b": 1})
    first, second = (Snapshot("t", "basic", {"os": result}) for result in (one, other))
    assert preview(first) == preview(second)
    assert "ü".encode() in preview(first)
    assert Snapshot.from_document(json.loads(preview(first))) == first


def test_a_plain_name_in_any_hidden_field_is_gone() -> None:
    """What no pattern could find is hidden by the declaration of its field alone."""

    def named(field: Field) -> Any:
        if field.kind is Kind.TABLE:
            return [{one.name: named(one) for one in field.columns}]
        name = None if field.privacy is Privacy.PUBLIC else "Canary Flur 3"
        return [name] if field.kind is Kind.TEXTS else name

    facts = {one.id: {field.name: named(field) for field in one.fields} for one in PROBES}
    snapshot = Snapshot("t", "full", {name: ProbeResult(ProbeStatus.OK, one) for name, one in facts.items()})
    seeded = preview(snapshot).count(b"Canary")
    assert seeded == preview(pseudonymise(snapshot, KEY)).count(b"<") > 10
    assert b"Canary" not in preview(pseudonymise(snapshot, KEY))


def test_the_previewed_bytes_are_the_bytes_that_travel() -> None:
    """A request carries the snapshot exactly as it was shown."""
    facts = {"volumes": [{"mount": "/höhe", "free_percent": 3.5, "free_bytes": None}], "network_mounts": 2}
    snapshot = Snapshot("t", "basic", {"disks": ProbeResult(ProbeStatus.OK, facts, 1.25, 0.06)})
    request = Request(
        request_id="x", reference="H-7K3F", text="Hilfe", category="", impact="me", urgency="normal", created_at="t",
        person_name="Anna", snapshot=snapshot.to_document(),
    )  # fmt: skip
    assert b'"snapshot":' + preview(snapshot) in canonical(to_document(request))
