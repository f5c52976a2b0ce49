"""`ersthelfer wizard …`: documents, lines and exit codes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.base.clock import utc_now
from desktop.base.paths import Home, resources
from desktop.cli.common.program import Common, Program, Streams, run_program
from desktop.cli.context import Context
from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot
from tests.domain.wizard.list_samples import list_text

PROGRAM = Program("ersthelfer", "desktop.cli.desk", "desk", ("wizard",))
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Return what runs a command and gives exit code, standard output and standard error."""

    def called(*argv: object, typed: str = "") -> tuple[int, str, str]:
        streams = Streams(io.StringIO(typed), io.StringIO(), io.StringIO())

        def make(common: Common, texts: Any, given: Streams) -> Context:
            home = Home.under(tmp_path)
            return Context(home, texts, utc_now, common.as_json, given.source, given.out, given.err, lambda: None)  # pyright: ignore

        code = run_program(PROGRAM, ["wizard", *map(str, argv)], make_context=make, streams=streams)
        return code, streams.out.getvalue(), streams.err.getvalue()

    return called


def test_list_names_the_shipped_ones(call: Call) -> None:
    code, out, _ = call("list", "--json")
    assert code == 0
    assert {"no-internet", "printer-no-print"} <= {one["id"] for one in json.loads(out)["wizards"]}


def test_check_passes_the_shipped_ones(call: Call) -> None:
    code, out, _ = call("check", *sorted((resources() / "wizards").glob("*.toml")), "--json")
    documents = json.loads(out)["files"]
    assert (code, [one["problems"] for one in documents]) == (0, [[] for _ in documents])


def test_check_names_file_rule_step_and_cure(call: Call, tmp_path: Path) -> None:
    bad = tmp_path / "no-internet.toml"
    text = (resources() / "wizards" / "no-internet.toml").read_text()
    bad.write_text(text.replace('no = "q_scope", unsure = "q_scope" }', 'no = "q_result", unsure = "q_scope" }', 1))
    code, out, _ = call("check", bad, "--json")
    found = json.loads(out)["files"][0]
    assert (code, found["file"], found["ok"]) == (1, str(bad), False)
    assert ("loop", "q_result") in {(one["rule"], one["step"]) for one in found["problems"]}
    assert "q_result" in call("check", bad)[1]


def test_check_of_binary_and_missing_files(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(bytes(range(256)))
    code, out, _ = call("check", tmp_path / "x.toml", "--json")
    assert (code, json.loads(out)["files"][0]["problems"][0]["rule"]) == (1, "encoding")
    assert call("check", tmp_path / "gone.toml")[0] == 3


def test_show_lists_the_steps(call: Call) -> None:
    code, out, _ = call("show", "no-internet", "--json")
    assert code == 0
    assert json.loads(out)["wizard"]["steps"][0]["id"] == "c_link"
    assert call("show", "nothing")[0] == 4


def test_check_judges_a_list_of_ticks(call: Call, tmp_path: Path) -> None:
    (tmp_path / "handout.toml").write_text(list_text().replace("backup.stale", "backup.unheard"))
    code, out, _ = call("check", tmp_path / "handout.toml", "--json")
    problems = {(one["rule"], one["step"]) for one in json.loads(out)["files"][0]["problems"]}
    assert (code, problems >= {("finding", "backup")}) == (1, True)


def snapshot_file(folder: Path, *present: str) -> Path:
    states = dict.fromkeys(("net.link_down", "net.no_address"), FindingState.ABSENT)
    states |= dict.fromkeys(present, FindingState.PRESENT)
    found = tuple(Finding(one, state, Severity.ERROR) for one, state in states.items())
    path = folder / "snapshot.json"
    path.write_text(json.dumps(Snapshot("2026-03-02T09:00:00.000000Z", "basic", {}, found).to_document()))
    return path


def test_run_with_snapshot_and_answers(call: Call, tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text('{"i_cable": "fixed", "medium": "cable", "works_now": "yes"}')
    facts = snapshot_file(tmp_path, "net.link_down")
    code, out, _ = call("run", "no-internet", "--snapshot", facts, "--answers", tmp_path / "answers.json", "--json")
    document = json.loads(out)
    assert (code, document["outcome"]["result"], document["human_steps"]) == (0, "resolved", 3)


def test_run_that_is_not_solved_ends_with_one(call: Call, tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text('{"scope": "me", "since": "gestern", "impact": "high"}')
    facts = snapshot_file(tmp_path, "net.gateway_unreachable")
    code, out, _ = call("run", "no-internet", "--snapshot", facts, "--answers", tmp_path / "answers.json", "--json")
    assert (code, json.loads(out)["answers"]["impact"]) == (1, "high")


@pytest.mark.parametrize("answers", ["{}", '{"medium": "banana"}', '{"medium": {"a": 1}}'])
def test_missing_or_wrong_answer_says_which(call: Call, tmp_path: Path, answers: str) -> None:
    (tmp_path / "answers.json").write_text(answers)
    code, _, err = call("run", "no-internet", "--answers", tmp_path / "answers.json")
    assert code == 4
    assert "cable, wifi" in err


@pytest.mark.parametrize("content", ["[1]", "{", "[" * 100_000])
def test_torn_answers_and_snapshots_are_refused(call: Call, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    assert call("run", "no-internet", "--answers", tmp_path / "x.json")[0] == 4
    assert call("run", "no-internet", "--snapshot", tmp_path / "x.json")[0] == 4


def test_run_asks_on_the_terminal_and_repeats_a_wrong_answer(call: Call) -> None:
    code, out, err = call("run", "no-internet", typed="kabel\ncable\ndone\nfixed\nyes\n")
    assert code == 0
    assert err.count("[cable/wifi/unsure]") == 2
    assert "Die Verbindung steht wieder" in out


def test_an_action_is_not_run_but_asked_for(call: Call) -> None:
    """Wi-Fi is switched on by hand; the command line itself touches nothing."""
    code, out, err = call("run", "no-internet", typed="wifi\ndone\nfixed\nyes\n")
    assert code == 0
    assert "Die Befehlszeile führt nichts aus." in err
    assert "WLAN einschalten" in out


def test_end_of_input_ends_with_a_sentence(call: Call) -> None:
    assert call("run", "no-internet", typed="cable\n")[0] == 4
