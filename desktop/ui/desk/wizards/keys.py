"""The keys of a checklist's page, for the page itself and for the list of all keys."""

from __future__ import annotations

NEXT_KEYS = ("Ctrl+Return", "Ctrl+Enter")
BACK_KEYS, PAUSE_KEYS, SKIP_KEYS, STEPS_KEYS = "Alt+Left", "Ctrl+Shift+U", "Ctrl+Shift+K", "Ctrl+Shift+F"

LISTED = (
    ("checklist.key.next", NEXT_KEYS[0]),
    ("wizard.back", BACK_KEYS),
    ("wizard.pause", PAUSE_KEYS),
    ("wizard.skip", SKIP_KEYS),
    ("checklist.steps.search", STEPS_KEYS),
)
"""What each key does, by the code of its text."""
