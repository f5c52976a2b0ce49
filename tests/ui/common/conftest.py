"""A look in German, light, at 100 %, put back after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.base.texts import load_texts
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """Dress the application and hand over its look."""
    theme, texts = Theme(), load_texts("de")
    theme.apply(qapp, "light", 100)
    yield Look(theme, texts, Formats(texts))
    theme.apply(qapp, "light", 100)
