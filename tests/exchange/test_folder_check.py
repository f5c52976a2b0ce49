from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.clock import utc_now
from desktop.exchange import folder_check
from desktop.exchange.folder_check import Outcome, check_folder, is_usable


def codes(folder: Path, **options: object) -> list[str]:
    return [one.code for one in check_folder(folder, clock=utc_now)]


def test_a_good_folder_passes_and_stays_empty(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    checks = check_folder(tmp_path, clock=utc_now)
    assert [one.code for one in checks] == ["writable", "clock_right"]
    assert is_usable(checks)
    assert not list(tmp_path.iterdir())


def test_a_missing_or_relative_folder_or_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert codes(tmp_path / "no") == ["missing"]
    assert codes(tmp_path / "file") == ["missing"]
    assert codes(Path("here")) == ["not_absolute"]
    assert not is_usable(check_folder(tmp_path / "no", clock=utc_now))


def test_a_folder_all_may_read_is_only_a_hint(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    checks = check_folder(tmp_path, clock=utc_now)
    assert checks[-1].code == "open_to_all"
    assert is_usable(checks)


def test_a_clock_that_is_apart_is_named_in_minutes(tmp_path: Path) -> None:
    checks = check_folder(tmp_path, clock=lambda: utc_now() + timedelta(minutes=7))
    apart = next(one for one in checks if one.code == "clock_apart")
    assert apart.parameters == {"minutes": 7}


def test_a_long_path_is_a_hint(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    assert "long_path" in codes(folder)


@pytest.mark.parametrize(
    ("denied", "code", "outcome"),
    [
        ("open", "not_writable", Outcome.BAD),
        ("listdir", "not_readable", Outcome.BAD),
        ("rename", "no_rename", Outcome.HINT),
    ],
)
def test_a_folder_that_denies_a_step_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: str, code: str, outcome: Outcome
) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    where = Path if denied == "rename" else folder_check.os
    with monkeypatch.context() as patch:
        patch.setattr(where, denied, deny)
        first = check_folder(tmp_path, clock=utc_now)[0]
    assert (first.code, first.outcome) == (code, outcome)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_keeps_everything_is_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
        checks = check_folder(tmp_path, clock=utc_now)
    assert checks[0].code == "no_delete"
    assert is_usable(checks)
    assert list(tmp_path.iterdir())
