"""Every code that the exchange and the secrets can raise has its sentences, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.base.texts import load_texts
from desktop.exchange.framing import BadReason

DESKTOP = Path(__file__).parents[2] / "desktop"
# f"secrets.{reason}" and the like, spelled out
SECRETS = "locked no_keychain no_passphrase damaged damaged_file unreadable unwritable missing wrong_passphrase"
COMPUTED = {f"secrets.{one}" for one in SECRETS.split()} | {f"recovery.{one}" for one in ("count", "word", "checksum")}
CODE = re.compile(r'(?<!step\()"((?:mailbox|outbox|invitation|envelope|secrets|recovery)\.[a-z_]+)"')


def error_codes() -> set[str]:
    files = [*(DESKTOP / "exchange").glob("*.py"), *(DESKTOP / "system").glob("*.py")]
    return COMPUTED | {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))} - {
        "recovery.box"
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_fault_has_three_sentences(language: str) -> None:
    texts = load_texts(language)
    codes = error_codes()
    assert len(codes) > 20
    missing = [
        f"{code}.{part}" for code in codes for part in ("what", "data", "do") if not texts.has(f"error.{code}.{part}")
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_reason_has_a_sentence(language: str) -> None:
    texts = load_texts(language)
    codes = [f"quarantine.{one.value}" for one in BadReason]
    codes += [f"intake.{one}" for one in ("incomplete", "denied", "too_new", "quota")]
    assert [code for code in codes if not texts.has(code)] == []
