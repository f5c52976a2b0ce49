"""Qt's palette from our tokens, so that everything Fusion draws by itself fits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette

_ROLES = {
    QPalette.ColorRole.Window: "win",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface2",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.WindowText: "t1",
    QPalette.ColorRole.Text: "t1",
    QPalette.ColorRole.ButtonText: "t1",
    QPalette.ColorRole.PlaceholderText: "t3",
    QPalette.ColorRole.Highlight: "acc",
    QPalette.ColorRole.HighlightedText: "onacc",
    QPalette.ColorRole.Accent: "acc",
    QPalette.ColorRole.Link: "acc",
    QPalette.ColorRole.LinkVisited: "acc",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "t1",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "line2",
    QPalette.ColorRole.Shadow: "line2",
    QPalette.ColorRole.BrightText: "red",
}
_LETTERS = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def make_palette(tokens: Mapping[str, str]) -> QPalette:
    """Return the palette of a scheme with every role set, the disabled group too."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in _LETTERS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["t3"]))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(tokens["line2"]))
    return palette
