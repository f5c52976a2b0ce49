"""Connects what a field says to what happens then, with the type of what is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SignalInstance


def on_text(signal: SignalInstance, act: Callable[[str], object]) -> None:
    """Call `act` with the text or value that a field hands over."""
    signal.connect(act)


def on_switch(signal: SignalInstance, act: Callable[[bool], object]) -> None:
    """Call `act` with the state of a switch or a box."""
    signal.connect(act)


def on_number(signal: SignalInstance, act: Callable[[int], object]) -> None:
    """Call `act` with the number of a field."""
    signal.connect(act)
