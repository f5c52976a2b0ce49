"""The company's own checklists by commands: what one prints, another one sees, and the PCs are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.paths import Home
from desktop.client.context import Client
from desktop.client.store import ClientStore, store_path
from desktop.client.wizards import library_in_force
from tests.cli.desk.conftest import Runner
from tests.e2e.test_command_line_loop import Side, run_hilfe
from tests.services.own_files import SHIPPED, changed, own


@pytest.fixture
def lift(tmp_path: Path) -> Path:
    path = tmp_path / "aufzug.toml"
    path.write_bytes(own())
    return path


def ids(company: Runner, key: str) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in company("wizard", "list", "--json").json[key]}


def test_without_a_company_the_shipped_ones_are_listed(ersthelfer: Runner) -> None:
    done = ersthelfer("wizard", "list", "--json")
    assert (done.code, done.json["others"]) == (0, [])
    assert {one["origin"] for one in done.json["wizards"]} == {"builtin"}
    assert ersthelfer("wizard", "versions", SHIPPED).code == 3


def test_a_file_is_taken_in_published_and_withdrawn(company: Runner, lift: Path) -> None:
    taken = company("wizard", "import", str(lift), "--json")
    assert taken.code == 0, taken.err
    assert taken.json["wizard"]["draft"]
    assert not any(one["is_error"] for one in taken.json["wizard"]["problems"])
    assert company("wizard", "show", "lift-stuck").code == 4
    assert ids(company, "others")["lift-stuck"]["origin"] == "own"
    assert company("wizard", "import", str(lift)).code == 2
    assert company("wizard", "import", str(lift), "--replace").code == 1  # it says the same
    published = company("wizard", "publish", "lift-stuck", "--note", "für den Neubau", "--json")
    assert published.code == 0, published.err
    assert [one["note"] for one in published.json["wizard"]["versions"]] == ["für den Neubau"]
    assert ids(company, "wizards")["lift-stuck"]["number"] == 1
    assert "Aufzug" in company("wizard", "show", "lift-stuck").out
    answers = lift.with_name("answers.json")
    answers.write_text('{"stuck": "no"}')
    assert company("wizard", "run", "lift-stuck", "--answers", str(answers)).code == 0
    assert company("wizard", "withdraw", "lift-stuck").code == 0
    assert company("wizard", "show", "lift-stuck").code == 4
    assert company("wizard", "withdraw", "lift-stuck").code == 2
    (version,) = company("wizard", "versions", "lift-stuck", "--json").json["versions"]
    assert (version["state"], version["by"], version["number"]) == ("withdrawn", "Katrin", 1)


def test_errors_are_named_and_refused(company: Runner, lift: Path) -> None:
    lift.write_bytes(own(jump="nowhere"))
    taken = company("wizard", "import", str(lift))
    assert taken.code == 0
    assert "[jump]" in taken.out
    refused = company("wizard", "publish", "lift-stuck", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (4, "own_wizard.problems")
    assert "[jump]" in refused.json["error"]["detail"]
    lift.write_bytes(b"no toml")
    assert company("wizard", "import", str(lift), "--json").json["error"]["code"] == "own_wizard.unreadable"
    assert company("wizard", "import", str(lift.parent / "gone.toml")).code == 3
    assert company("wizard", "discard", "lift-stuck", "--json").json == {"wizard": None}
    assert company("wizard", "discard", "lift-stuck").code == 2


def test_a_file_goes_out_as_it_is(company: Runner, tmp_path: Path, lift: Path) -> None:
    out = tmp_path / "out.toml"
    done = company("wizard", "export", SHIPPED, "--out", str(out), "--json")
    assert done.json == {"id": SHIPPED, "path": str(out)}
    assert SHIPPED in out.read_text(encoding="utf-8")
    company("wizard", "import", str(lift))
    company("wizard", "export", "lift-stuck", "--draft", "--out", str(out))
    assert out.read_bytes() == own()
    assert company("wizard", "export", "lift-stuck").out == own().decode()
    assert company("wizard", "export", SHIPPED, "--draft").code == 2
    assert company("wizard", "export", SHIPPED, "--out", str(tmp_path / "no" / "x")).code == 3


def test_earlier_and_shipped_states_come_back_as_drafts(company: Runner, lift: Path) -> None:
    for title in ("Eins", "Zwei"):
        lift.write_bytes(changed(title))
        assert company("wizard", "import", str(lift), "--replace").code == 0
        assert company("wizard", "publish", SHIPPED).code == 0
    assert company("wizard", "restore", SHIPPED, "1").code == 0
    assert "Eins" in company("wizard", "export", SHIPPED, "--draft").out
    assert company("wizard", "adopt", SHIPPED).code == 2
    assert company("wizard", "adopt", SHIPPED, "--replace").code == 0
    assert company("wizard", "keep", SHIPPED).code == 1  # nothing has moved
    listed = ids(company, "wizards")[SHIPPED]
    assert (listed["origin"], listed["number"], listed["version"], listed["draft"]) == ("changed", 2, 3, True)
    assert "geändert" in company("wizard", "list").out


def test_the_pcs_are_told_when_the_command_ends(company: Runner, lift: Path, tmp_path: Path) -> None:
    pc = Side(run_hilfe, tmp_path / "pc")
    pc.ask("enrol", company("invite", "--json").json["invitation"])
    company("inbox", "import")
    company("wizard", "import", str(lift))
    company("wizard", "publish", "lift-stuck")
    pc.ask("sync")
    store = ClientStore(store_path(Home.under(tmp_path / "pc")))
    assert "lift-stuck" in library_in_force(Client(store)).wizards
    company("wizard", "withdraw", "lift-stuck")
    pc.ask("sync")
    assert "lift-stuck" not in library_in_force(Client(store)).wizards
    store.close()


def test_check_counts_them(company: Runner, lift: Path) -> None:
    company("wizard", "import", str(lift))
    company("wizard", "publish", "lift-stuck")
    (part,) = [one for one in company("check", "--json").json["checks"] if one["name"] == "wizards"]
    assert part == {"name": "wizards", "ok": True, "detail": "1"}
