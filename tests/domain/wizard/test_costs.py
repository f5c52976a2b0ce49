"""What hundreds of checklists, long ones, and files made to be slow may cost: counted, not timed."""

from __future__ import annotations

import pytest

from desktop.domain.wizard import graph, numbering
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.library import assemble
from desktop.domain.wizard.numbering import numbered
from desktop.domain.wizard.reader import Reading

TEXT = 'text = { de = "a", en = "b" }'
HEAD = """format = 1
category = "other"
mode = "read-do"
audience = "employee"
minutes = 5
start = "i_0"
title = { de = "a", en = "b" }
"""


def leading_on(number: int, count: int) -> bytes:
    """Return a checklist of fixes that leads on into the next five."""
    steps = [f'id = "w{number}"\n{HEAD}']
    for step in range(10):
        onward = f"i_{step + 1}" if step < 9 else "e_0"
        elsewhere = f"e_{step % 5}"
        go = f'{{ done = "{onward}", failed = "{onward}", cannot = "{elsewhere}" }}'
        steps.append(f'[step.i_{step}]\nkind = "instruction"\n{TEXT}\ngo = {go}\n')
    for end in range(5):
        target = number + end + 1
        kind = f'kind = "jump"\nwizard = "w{target}"' if target < count else 'kind = "outcome"\nresult = "resolved"'
        steps.append(f"[step.e_{end}]\n{kind}\n{TEXT}\n")
    return "".join(steps).encode()


def test_hundreds_that_lead_into_each_other_are_each_walked_once_or_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []
    before = graph.unasked_ways

    def counting(wizard: Wizard) -> dict[str, tuple[str, ...]]:
        walked.append(wizard.id)
        return before(wizard)

    monkeypatch.setattr(graph, "unasked_ways", counting)
    library = assemble({f"w{number}": leading_on(number, 60) for number in range(60)})
    assert len(library.wizards) == 60
    assert max(walked.count(f"w{number}") for number in range(60)) <= 3


def test_a_file_full_of_lines_that_look_like_its_version_is_not_read_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """They stand in a text of several lines; each is only found to be none by reading the whole file again."""
    decoy = "version = 1\n" * 5000
    content = f"{leading_on(0, 1).decode()}\n[[case]]\nname = '''{decoy}'''\nend = \"e_0\"\n"
    content = f"keywords.de = ['''\n{decoy}''']\nversion = 3\n{content}".encode()
    read: list[int] = []
    before = numbering.parse_wizard

    def counting(given: bytes) -> Reading:
        read.append(1)
        return before(given)

    monkeypatch.setattr(numbering, "parse_wizard", counting)
    with pytest.raises(ValueError, match="version"):
        numbered(content, 9)
    assert len(read) < 30
