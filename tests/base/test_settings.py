"""Settings are checked when set, forgiven when read, and never lose what a newer version wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.base.errors import AppError, ErrorKind
from desktop.base.settings import Setting, Settings

DECLARED = (
    Setting("theme", "system", "look", choices=("system", "light", "dark")),
    Setting("text_size", 100, "look", minimum=90, maximum=150),
    Setting("single_keys", default=True, section="keys"),
)


def test_a_set_value_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    assert Settings(path, DECLARED).set("theme", "dark") == "system"
    assert Settings(path, DECLARED).text("theme") == "dark"


@pytest.mark.parametrize(
    ("key", "value"), [("theme", "pink"), ("text_size", 200), ("text_size", 80), ("single_keys", 1)]
)
def test_a_value_that_does_not_fit_is_refused_and_changes_nothing(tmp_path: Path, key: str, value: object) -> None:
    settings = Settings(tmp_path / "settings.json", DECLARED)
    with pytest.raises(AppError) as caught:
        settings.set(key, value)  # type: ignore[arg-type]
    assert caught.value.code == "settings.value"
    assert settings.get(key) == settings.declared[key].default


def test_wrong_values_in_the_file_fall_back_and_foreign_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": 7, "text_size": 900, "of_a_newer_version": [1]}))
    settings = Settings(path, DECLARED)
    assert (settings.text("theme"), settings.number("text_size"), settings.is_on("single_keys")) == (
        "system",
        100,
        True,
    )
    assert settings.list_unfit() == ("theme", "text_size")
    settings.set("theme", "light")
    assert settings.list_unfit() == ("text_size",)
    assert json.loads(path.read_text())["of_a_newer_version"] == [1]


def test_a_damaged_file_is_an_error_of_the_environment_and_stays_untouched(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{torn")
    with pytest.raises(AppError) as caught:
        Settings(path, DECLARED)
    assert caught.value.kind is ErrorKind.ENVIRONMENT
    assert path.read_text() == "{torn"
