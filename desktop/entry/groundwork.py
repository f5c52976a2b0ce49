"""What a start of the Desk does before Qt is loaded: folders, log, settings, texts, and the modules that read the list.

Apart from `desk_window`, and done first: what is wrong here is known before Qt is loaded, and its tests need none.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from desktop.base.clock import utc_now
from desktop.base.errors import AppError
from desktop.base.logs import start_logging
from desktop.base.paths import Home
from desktop.base.settings import Settings
from desktop.base.texts import Texts, load_texts
from desktop.domain.desk_settings import DESK_SETTINGS, settings_path
from desktop.services.first_page import FirstPage, first_page
from desktop.system.folders import find_home, make_home

START_VIEW = "inbox"
_FIRST_TEXTS = ("common", "desk", "tickets")  # the areas of the first picture


class Ground(NamedTuple):
    """What is known before there is a window."""

    home: Home
    settings: Settings
    texts: Texts
    keys: str = ""
    """Where the keys lie as the options say: keychain, file, or empty for what the environment says."""
    log: logging.Handler | None = None
    fault: AppError | None = None
    """Why there can be no window; the settings are the defaults then."""


def lay_ground(options: Mapping[str, str]) -> Ground:
    """Find folders and settings, begin the log and read the texts; takes `options.window_options`."""
    home = find_home("desk", options.get("home"), os.environ)
    log = fault = None
    try:
        log = start_logging(make_home(home).logs, "desk")
        settings = Settings(settings_path(home), DESK_SETTINGS)
    except AppError as error:
        fault, settings = error, Settings(Path(os.devnull) / "none", DESK_SETTINGS)
    language = options.get("language") or settings.text("language")
    texts = load_texts(None if language == "system" else language, first=_FIRST_TEXTS)
    return Ground(home, settings, texts, options.get("keys", ""), log, fault)


def read_first(ground: Ground) -> FirstPage:
    """Read what the first picture shows; an older database is brought up to date before. Raises AppError `store.*`."""
    path = ground.home.data / "ersthelfer.db"
    me = ground.settings.text("technician_id")
    found = first_page(path, view=START_VIEW, now=utc_now(), me=me)
    if not found.is_ready and path.exists():
        from desktop.services.work import open_store

        open_store(ground.home).close()
        return first_page(path, view=START_VIEW, now=utc_now(), me=me)
    return found
