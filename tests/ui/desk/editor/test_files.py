"""Files that come in and go out: what is none says so and costs nothing, what goes out leaves no half behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.services.own_wizards import list_wizards, open_wizard
from desktop.services.work import Work
from desktop.ui.desk.editor.use_cases import exporting, importing


def refused(work: Work, path: Path) -> tuple[str, str]:
    """Return the code and the whole error in words."""
    before = {one.id for one in list_wizards(work)}
    with pytest.raises(AppError) as caught:
        importing(path, replaces=False)(work)
    assert {one.id for one in list_wizards(work)} == before
    said = load_texts("de").error(caught.value)
    assert all((said.what, said.data, said.do)), said
    assert "{" not in said.what + said.do
    return caught.value.code, f"{said.what} {said.do}"


def test_what_is_no_checklist_says_why(work: Work, tmp_path: Path) -> None:
    picture, newer, huge = tmp_path / "bild.toml", tmp_path / "neuer.toml", tmp_path / "gross.toml"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    content = open_wizard(work, "disk-full").content
    newer.write_bytes(content.replace(b"format = 1", b"format = 9"))
    huge.write_bytes(b"# " + b"x" * 1_000_000)
    code, said = refused(work, picture)
    assert (code, "wizard check" in said) == ("own_wizard.letters", False)
    code, said = refused(work, newer)
    assert code == "own_wizard.unreadable"
    assert "neuer" in said
    assert "Programm" in said  # what to do: the program has to be the newer one
    assert refused(work, huge)[0] == "own_wizard.too_big"
    assert refused(work, tmp_path)[0] == "wizard.file"
    assert refused(work, tmp_path / "weg.toml")[0] == "wizard.file"


def test_a_broken_file_names_its_place(work: Work, tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.toml"
    broken.write_text('format = 1\nid = "kaputt\n', encoding="utf-8")
    code, said = refused(work, broken)
    assert code == "own_wizard.unreadable"
    assert "Zeile 2" in said


def test_writing_over_a_file_is_whole_or_not_at_all(work: Work, tmp_path: Path) -> None:
    target = tmp_path / "ordner" / "hinaus.toml"
    target.parent.mkdir()
    target.write_bytes(b"alt")
    exporting("disk-full", target)(work)
    assert target.read_bytes() == open_wizard(work, "disk-full").content
    assert list(target.parent.iterdir()) == [target]
    with pytest.raises(AppError) as caught:
        exporting("disk-full", tmp_path / "weg" / "hinaus.toml")(work)
    assert caught.value.code == "wizard.unwritten"
    assert "schreiben" in load_texts("de").error(caught.value).what
