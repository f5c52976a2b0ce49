"""The declared commands hold together: texts in both languages, no key twice, a use case behind each."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop.base.texts import load_texts
from desktop.domain.ticket import StateType
from desktop.domain.views import VIEWS
from desktop.services import tickets
from desktop.ui.common.glyphs import GLYPHS
from desktop.ui.desk import use_cases
from desktop.ui.desk.actions import Situation
from desktop.ui.desk.commands import COMMANDS, Menu, Needs, find_command
from desktop.ui.desk.composer import _AFTER
from desktop.ui.desk.entries import _EVENT_ICONS
from desktop.ui.desk.menus import MENUS

LANGUAGES = pytest.mark.parametrize("language", ["de", "en"])
GROUPS = (
    "overdue",
    "today",
    "tomorrow",
    "week",
    "next_week",
    "later",
    "undated",
    "done_today",
    "done_week",
    "done_earlier",
)


@LANGUAGES
def test_every_computed_code_has_its_text(language: str) -> None:
    texts = load_texts(language)
    codes = [
        *(f"command.{one.id}" for one in COMMANDS),
        *(f"menu.{one.value}" for one in Menu),
        *(f"view.{one.id}" for one in VIEWS),
        *(f"empty.{one.id}.{part}" for one in VIEWS for part in ("title", "text")),
        *(f"list.group.{one}" for one in GROUPS),
        *(f"composer.after.{one.value}" for one in _AFTER),
        *(f"message.kind.{one}" for one in ("request", "reply", "note")),
        *(f"search.group.{one}" for one in ("command", "ticket", "message", "person", "device")),
    ]
    assert [one for one in codes if not texts.has(one)] == []


def test_the_menus_of_the_first_picture_are_those_of_the_commands() -> None:
    assert tuple(one.value for one in Menu) == MENUS


def test_no_key_means_two_things() -> None:
    assert [key for key, count in Counter(one.shortcut for one in COMMANDS if one.shortcut).items() if count > 1] == []
    assert [key for key, count in Counter(one.list_key for one in COMMANDS if one.list_key).items() if count > 1] == []
    assert not any(one.shortcut.startswith("Ctrl+Alt") for one in COMMANDS)


def test_the_views_have_the_keys_one_to_seven() -> None:
    assert [find_command(f"view.{one.id}").shortcut for one in VIEWS] == [f"Ctrl+{place}" for place in range(1, 8)]


def test_every_named_icon_exists() -> None:
    named = {one.icon for one in COMMANDS if one.icon} | set(_EVENT_ICONS.values()) | {one.icon for one in VIEWS}
    assert named <= GLYPHS.keys()


def test_every_use_case_behind_a_command_exists() -> None:
    assert all(callable(getattr(tickets, name)) for name in use_cases._USE_CASES.values())


def test_commands_are_offered_only_where_they_make_sense() -> None:
    nothing, done = Situation(), Situation(state=StateType.SOLVED, has_device=True)
    assert nothing.allows(Needs.NOTHING)
    assert not any(nothing.allows(one) for one in Needs if one is not Needs.NOTHING)
    assert done.allows(Needs.DONE)
    assert not done.allows(Needs.ACTIVE)
