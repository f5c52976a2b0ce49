"""Settings pages: every page wizards name exists, the first installed program is started, nothing else ever."""

from __future__ import annotations

import re

import pytest

from desktop.base.paths import resources
from desktop.system.opening import PAGES, can_open, open_page, page_ids


def test_every_page_of_our_wizards_is_on_the_list() -> None:
    """A wizard file names pages; each must lead somewhere on every system."""
    named = {
        page
        for path in (resources() / "wizards").glob("*.toml")
        for page in re.findall(r'^open = "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= page_ids()


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize("platform", ["linux", "windows", "macos"])
def test_every_page_is_declared_for_every_system(page: str, platform: str) -> None:
    """With everything installed each page opens; with nothing none does."""
    started: list[object] = []
    assert open_page(page, platform=platform, find=lambda name: f"/bin/{name}", start=started.append)
    assert len(started) == 1
    assert not can_open(page, platform=platform, find=lambda name: None)
    assert not open_page(page, platform=platform, find=lambda name: None, start=started.append)
    assert len(started) == 1


def test_the_first_installed_program_is_taken() -> None:
    """KDE's settings open where GNOME's are not installed."""
    started: list[object] = []
    only_kde = {"systemsettings": "/usr/bin/systemsettings"}.get
    open_page("settings.wifi", platform="linux", find=only_kde, start=started.append)
    assert started == [("/usr/bin/systemsettings", "kcm_networkmanagement")]


def test_an_unknown_page_starts_nothing() -> None:
    """A name that is not on the list is no command."""
    assert not open_page("rm -rf /", find=lambda name: name, start=lambda command: pytest.fail(str(command)))
