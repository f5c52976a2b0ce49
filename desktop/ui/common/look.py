"""What every widget needs to show anything: colours, texts and formats, handed to its constructor."""

from __future__ import annotations

from typing import NamedTuple

from desktop.base.texts import Texts
from desktop.ui.common.formats import Formats
from desktop.ui.common.theme import Theme


class Look(NamedTuple):
    """The look of a program: made once in `entry`, passed to every widget's constructor."""

    theme: Theme
    texts: Texts
    formats: Formats

    def text(self, code: str, **parameters: object) -> str:
        """Return a text in the reader's language; short for `look.texts.text`."""
        return self.texts.text(code, **parameters)
