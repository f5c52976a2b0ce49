"""Loads Qt without the hook that PySide puts into every `import`."""

from __future__ import annotations

import builtins
from importlib import import_module


def load_qt() -> None:
    """Load PySide's core, then have Python import by itself again.

    PySide takes the place of `__import__` to offer its `__feature__` switch, which we do not use: it reads the source
    of every module that is imported after it, 7 ms of a start and more for whatever is loaded later.
    """
    import_module("PySide6.QtCore")
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
