"""The folders of both programs: named ones win, the platform's own are apart."""

from __future__ import annotations

from pathlib import Path

from desktop.base.paths import Home
from desktop.system.folders import find_home


def test_named_home_holds_everything(tmp_path: Path) -> None:
    """`--home` wins over the environment, and both put everything under one folder."""
    environ = {"ERSTHELFER_HOME": str(tmp_path / "environment")}
    assert find_home("hilfe", str(tmp_path / "named"), environ) == Home.under(tmp_path / "named")
    assert find_home("desk", None, environ) == Home.under(tmp_path / "environment")


def test_nothing_is_created_by_looking(tmp_path: Path) -> None:
    """Finding a home leaves no trace on the disk."""
    find_home("hilfe", str(tmp_path / "named"), {})
    assert not (tmp_path / "named").exists()


def test_a_relative_home_does_not_follow_the_working_folder(tmp_path: Path, monkeypatch) -> None:
    """A relative `--home` is fixed at once, so that a later change of folder cannot move the data."""
    monkeypatch.chdir(tmp_path)
    found = find_home("desk", "here", {})
    assert found.data == tmp_path / "here" / "data"


def test_the_programs_never_share_folders(tmp_path: Path, monkeypatch) -> None:
    """Desk and Hilfe of one user keep their things apart."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    desk, hilfe = find_home("desk", None, {}), find_home("hilfe", None, {})
    assert {desk.data, desk.settings, desk.logs}.isdisjoint({hilfe.data, hilfe.settings, hilfe.logs})
