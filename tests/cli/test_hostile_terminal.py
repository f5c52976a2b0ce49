"""Whatever a ticket, a file name or a shell holds: the terminal gets no control characters and the command no stack."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.base.catalogues import Catalogues
from desktop.base.errors import AppError
from desktop.base.file_names import safe_name
from desktop.base.texts import Texts, load_texts
from desktop.cli.common.terminal import one_line, shown, whole
from desktop.cli.context import Context, json_text
from desktop.cli.hilfe.opened import tell
from desktop.client.files import read_file

HOSTILE = "\x1b[31mROT\x1b]0;t\x07 \x9b31m \u202egnp.exe \x7f \x00 ä€😀"


def is_harmless(text: str) -> bool:
    return not any(one in text for one in "\x1b\x07\x9b\u202e\x7f\x00")


def test_json_is_harmless_on_a_terminal_and_the_same_for_a_script() -> None:
    written = json_text({"text": HOSTILE, "half": "\ud800"})
    assert is_harmless(written)
    assert json.loads(written) == {"text": HOSTILE, "half": "\ud800"}
    assert "ä€😀" in written
    assert is_harmless(shown(HOSTILE))
    assert is_harmless(one_line(HOSTILE))


def test_half_characters_become_whole() -> None:
    assert whole("Grüße") == "Grüße"
    whole("x\udcffy").encode()
    safe_name("bad\udcff.txt").encode()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_read_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AppError, match=r"my_file\.unreadable"):
        read_file(tmp_path / "pipe")


@pytest.mark.skipif(sys.platform != "linux", reason="arguments of any bytes exist on Linux only")
def test_arguments_in_another_encoding_end_no_command(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from desktop.entry.tray import main; sys.exit(main())"]
    given = ["--home", str(tmp_path), "send", "--text", b"x\xff\x1b", "--attach", b"bad\xff.txt"]
    done = subprocess.run([*command, *given], capture_output=True, timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    assert b"Traceback" not in done.stderr
    done.stderr.decode()


def test_no_answer_and_no_word_on_the_way_steers_a_terminal() -> None:
    """Whichever command prints it: only what is painted on purpose has sequences."""
    out, err = io.StringIO(), io.StringIO()
    texts = Texts("de", Catalogues())
    given: dict[str, Any] = {"home": None, "clock": None, "source": io.StringIO(), "secrets": None}
    context = Context(**given, texts=texts, as_json=False, out=out, err=err)
    context.answer({}, [HOSTILE])
    context.say(HOSTILE)
    assert is_harmless(out.getvalue() + err.getvalue())
    context.answer({}, ["\x1b[1mfett\x1b[0m"], is_painted=True)
    assert "\x1b[1mfett" in out.getvalue()


def test_a_folder_of_an_invitation_steers_no_terminal() -> None:
    """Its path comes from whoever wrote the invitation, and stands in every fault of the folder."""
    err = io.StringIO()
    given: dict[str, Any] = {
        "home": None,
        "clock": None,
        "source": io.StringIO(),
        "secrets": None,
        "out": io.StringIO(),
    }
    context = Context(**given, texts=load_texts("de"), as_json=False, err=err)
    tell(context, AppError("mailbox.unreachable", parameters={"path": HOSTILE}))
    assert "ROT" in err.getvalue()
    assert is_harmless(err.getvalue())
