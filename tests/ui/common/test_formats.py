"""Times as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.base.texts import load_texts
from desktop.ui.common.formats import Formats

NOW = datetime(2026, 11, 25, 9, 42, tzinfo=UTC)  # a Wednesday, 10:42 in Berlin


def formats(language: str = "de") -> Formats:
    """Return formats at a fixed moment in Berlin."""
    return Formats(load_texts(language), lambda: NOW, ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(minutes=18), "seit 18 min"),
        (timedelta(hours=1, minutes=35), "seit 1 h 35 min"),
        (timedelta(hours=20), "seit gestern"),
        (timedelta(days=3), "seit 3 Tagen"),
        (timedelta(days=20), "seit 05.11.2026"),
    ],
)
def test_how_long(ago: timedelta, text: str) -> None:
    assert formats().since(NOW - ago) == text


@pytest.mark.parametrize(
    ("ahead", "text", "tone"),
    [
        (timedelta(minutes=-25), "25 min überfällig", "red"),
        (timedelta(minutes=48), "noch 48 min", "amb"),
        (timedelta(hours=3, minutes=54), "noch 3 h 54 min", "t3"),
        (timedelta(days=1), "bis morgen, 10:42", "t3"),
        (timedelta(days=2), "bis Fr, 10:42", "t3"),
    ],
)
def test_due(ahead: timedelta, text: str, tone: str) -> None:
    due = formats().due(NOW + ahead)
    assert (due.text, due.tone) == (text, tone)


def test_moments_in_both_languages() -> None:
    assert formats().moment(NOW) == "10:42"
    assert formats().moment(NOW - timedelta(days=1)) == "gestern, 10:42"
    assert formats("en").moment(NOW - timedelta(days=1)) == "yesterday, 10:42"
    assert formats().size(7_800_000_000) == "7,8 GB"
    assert formats().number(1234567) == "1.234.567"
