"""A folder of wizards with things in it that are none: the good ones are there, the others harm nobody."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from desktop.base.paths import resources
from desktop.domain.wizard.library import load_library


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
@pytest.mark.timeout(20)
def test_pipes_folders_and_damage_leave_the_good_ones(tmp_path: Path) -> None:
    good = sorted((resources() / "wizards").glob("*.toml"))
    for one in good:
        shutil.copy(one, tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "nowhere.toml").symlink_to(tmp_path / "gone")
    (tmp_path / "binary.toml").write_bytes(os.urandom(4000))
    (tmp_path / "torn.toml").write_bytes(good[0].read_bytes()[:700])
    (tmp_path / "deep.toml").write_text("format = 1\na = " + "[" * 100_000)
    (tmp_path / "huge.toml").write_bytes(b"#" * 3_000_000)
    library = load_library(tmp_path)
    assert set(library.wizards) == {one.stem for one in good}
    assert {"binary", "torn", "deep", "huge"} <= set(library.problems)
