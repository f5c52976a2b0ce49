"""The tour as a user takes it, in a process of its own; then its database, its files and the text of its PDF."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.base.texts import load_texts
from desktop.entry.tour import STEPS
from desktop.entry.tour_loop import TASK


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Take the tour once for all tests here."""
    out = tmp_path_factory.mktemp("tour")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ERSTHELFER_LANGUAGE": "de"}
    command = [str(Path(sys.executable).with_name("ersthelfer")), "tour", "--out", str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {**json.loads(done.stdout), "out": out}


pytestmark = pytest.mark.timeout(420)


def database(tour: dict[str, Any]) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{tour['out']}/home/desk/data/ersthelfer.db?mode=ro", uri=True)


def test_every_step_was_taken(tour: dict[str, Any]) -> None:
    assert [one["step"] for one in tour["steps"]] == list(STEPS)
    assert tour["ok"] is True


def test_the_ticket_in_the_database_is_handed_over_solved_and_rated(tour: dict[str, Any]) -> None:
    connection = database(tour)
    try:
        query = "SELECT id, state_type, level, rating, channel FROM tickets WHERE number = ?"
        ticket, *rest = connection.execute(query, (tour["ticket"],)).fetchone()
        assert rest == ["closed", 3, 1, "tray"]
        kinds = {row[0] for row in connection.execute("SELECT kind FROM events WHERE ticket_id = ?", (ticket,))}
        assert {"created", "assigned", "replied", "followed_up", "handed_over", "waiting", "solved", "rated"} <= kinds
        runs = connection.execute("SELECT audience FROM wizard_runs WHERE ticket_id = ?", (ticket,)).fetchall()
        assert sorted(row[0] for row in runs) == ["employee", "technician"]
        assert connection.execute("SELECT count(*) FROM handovers WHERE ticket_id = ?", (ticket,)).fetchone() == (1,)
        open_rows = "SELECT count(*) FROM outbox WHERE ticket_id = ? AND acknowledged_at IS NULL"
        assert connection.execute(open_rows, (ticket,)).fetchone() == (0,)
    finally:
        connection.close()


def test_the_mailbox_is_empty_of_requests(tour: dict[str, Any]) -> None:
    assert not [one for one in (tour["out"] / "home" / "mailbox" / "in").rglob("*.ehr") if one.stat().st_size > 2500]


def test_the_pdf_says_what_the_other_side_needs(tour: dict[str, Any]) -> None:
    pdf = next(Path(tour["handover"]).glob("*.pdf"))
    reader = PdfReader(pdf)
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (f"Übergabe {tour['ticket']}", TASK, "ZD421-0815", "Sabine Oswald", "Durchwahl 214", "<b>eilig</b>"):
        assert words in text
    assert f"{tour['ticket']} · Seite 1 von {len(reader.pages)}" in text


def test_the_json_beside_it_can_be_read_by_machines(tour: dict[str, Any]) -> None:
    document = json.loads(next(Path(tour["handover"]).glob("*.json")).read_text(encoding="utf-8"))
    assert document["schema"] == "ersthelfer-handover/1"
    assert document["missing"] == []
    assert document["device"]["snapshot"]["probes"]
    assert document["steps_tried"]
    assert len(document["wizard_runs"]) == 2


def test_there_is_a_picture_of_every_window_in_both_schemes(tour: dict[str, Any]) -> None:
    pictures = {one.stem: one for one in (tour["out"] / "pictures").glob("*.png")}
    windows = {name.rpartition("-")[0] for name in pictures}
    assert {"desk", "device", "phone", "handover", "settings", "setup-1", "E03-topic", "E07-consent"} <= windows
    for name in windows:
        light, dark = (pictures[f"{name}-{scheme}"].read_bytes() for scheme in ("light", "dark"))
        assert light != dark, name
        width, height = struct.unpack(">II", light[16:24])
        assert width > 300, name
        assert height > 250, name


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_step_has_a_name(language: str) -> None:
    texts = load_texts(language)
    assert not [one for one in STEPS if not texts.has(f"tour.step.{one}")]
