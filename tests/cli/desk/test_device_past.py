"""`device` over time: list with filters, show, diff, pin, set and export on the demo company."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.common.program import Streams
from desktop.entry.command_line import run

Answer = tuple[int, Any, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the home of a demo company."""
    root = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ERSTHELFER_HOME", str(root / "home"))
        patch.setenv("ERSTHELFER_KEYS", "file")
        patch.setenv("ERSTHELFER_PASSPHRASE", "test")
        code, _, err = ask("init", "--company", "Werk", "--mailbox", str(root / "mailbox"), "--demo")
        assert code == 0, err
        yield root


def ask(*argv: str) -> Answer:
    out, err = StringIO(), StringIO()
    code = run([*argv, "--json"], Streams(StringIO(), out, err))
    return code, json.loads(out.getvalue() or "{}"), err.getvalue()


def said(*argv: str) -> str:
    out = StringIO()
    run(argv, Streams(StringIO(), out, StringIO()))
    return out.getvalue()


def test_every_filter_finds_some_but_not_all(folder: Path) -> None:
    _, found, _ = ask("device", "list")
    assert found["total"] == 43
    wanted = {"not_seen", "os_unsupported", "disk_full", "unencrypted", "antivirus_off", "restart_pending",
              "warranty_ends", "old"}  # fmt: skip
    for name in wanted:
        few = [one for one in found["devices"] if name in one["flags"]]
        assert 0 < len(few) == found["counts"][name] < 30, name
    _, away, _ = ask("device", "list", "--filter", "not_seen")
    assert [one["flags"].count("not_seen") for one in away["devices"]] == [1]
    assert "Tage still" in said("device", "list", "--filter", "not_seen", "--language", "de")
    assert said("device", "list", "--language", "de").count("still") == 1
    _, mac, _ = ask("device", "list", "--query", "macbook")
    assert [one["inventory"]["manufacturer"] for one in mac["devices"]] == ["Apple"]


def test_the_new_driver_of_yesterday_explains_the_printer(folder: Path) -> None:
    code, found, _ = ask("device", "diff", "AHB-PC-108")
    assert (code, found["basis"]) == (0, "healthy")
    driver = next(one for one in found["changes"] if one["field"] == "driver_version")
    assert driver["relevance"] == "direct"
    assert "printer.offline" in driver["feeds"]
    assert (driver["elsewhere"], driver["others"]) == (2, 42)
    assert driver["rank"] <= 3
    assert "10.6.14.28216" in said("device", "diff", "AHB-PC-108", "--language", "de")
    code, other, _ = ask("device", "diff", "AHB-PC-108", "--with", "AHB-PC-109")
    assert (other["basis"], other["other"]) == ("device", "AHB-PC-109")
    assert ask("device", "diff", "AHB-PC-108", "--with", "AHB-PC-109", "--against", "x")[0] == 2
    assert ask("device", "diff", "AHB-PC-108", "--since", "gestern")[0] == 2


def test_a_device_is_shown_with_its_past(folder: Path) -> None:
    code, found, _ = ask("device", "show", "AHB-PC-014")
    assert code == 0
    assert "disk.low" in {one["id"] for one in found["findings"] if one["state"] == "present"}
    free = next(one for one in found["series"] if one["id"] == "disk.free_bytes")
    assert len(free["points"]) > 5
    assert free["points"][-1]["value"] < free["low"]
    assert found["inventory"]["asset"]["inventory_number"]
    assert found["changes"]["changes"]
    lines = said("device", "show", "AHB-PC-014", "--language", "en")
    assert "(usual: " in lines


def test_a_baseline_is_pinned_and_released(folder: Path) -> None:
    _, shown, _ = ask("device", "show", "AHB-PC-103")
    oldest = shown["snapshots"][-1]["id"]
    code, pinned, _ = ask("device", "pin", "AHB-PC-103", "--snapshot", oldest)
    assert (code, pinned["baseline"]) == (0, oldest)
    assert ask("device", "pin", "AHB-PC-103", "--snapshot", oldest)[0] == 1
    assert ask("device", "diff", "AHB-PC-103")[1]["basis"] == "pinned"
    assert ask("device", "unpin", "AHB-PC-103")[0] == 0
    assert ask("device", "unpin", "AHB-PC-103")[0] == 1
    assert ask("device", "pin", "AHB-PC-103", "--snapshot", "nichts")[0] == 2


def test_details_are_set_once(folder: Path) -> None:
    code, found, _ = ask("device", "set", "AHB-PC-104", "--warranty-until", "31.12.2031", "--location", "Lager")
    asset = found["device"]["asset"]
    assert (code, asset["warranty_until"], asset["location"]) == (0, "2031-12-31", "Lager")
    assert ask("device", "set", "AHB-PC-104", "--location", "Lager")[0] == 1
    assert ask("device", "set", "AHB-PC-104")[0] == 2
    assert ask("device", "set", "AHB-PC-104", "--warranty-until", "bald")[0] == 4


def test_the_inventory_is_written_in_three_forms(folder: Path) -> None:
    for kind, name in (("csv", "a.csv"), ("xlsx", "a.xlsx"), ("glpi", "a.zip")):
        code, found, err = ask("device", "export", "--format", kind, "--out", str(folder / name))
        assert (code, found["devices"]) == (0, 43), err
    assert len(zipfile.ZipFile(folder / "a.zip").namelist()) == 43
    few = ask("device", "export", "--filter", "unencrypted", "--out", str(folder / "b.csv"))[1]
    assert 0 < few["devices"] < 10
    one = ask("device", "export", "AHB-PC-105", "--format", "glpi", "--out", str(folder / "c.json"))[1]
    assert one["devices"] == 1
    assert json.loads((folder / "c.json").read_text())["content"]["operatingsystem"]["name"] == "OS X"
    assert ask("device", "export", "--out", str(folder / "fehlt" / "a.csv"))[0] == 3
