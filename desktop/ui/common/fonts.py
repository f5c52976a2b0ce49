"""The system's font on Windows and macOS, the bundled Inter elsewhere; sizes follow the chosen text size.

Inter comes as one file whose weights lie on a variable axis, so a weight is set with `setVariableAxis`: style sheets
and `setWeight` would only smear the regular letters.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

REGULAR, MEDIUM, BOLD = 400, 500, 600
SIZES = {"caption": 11, "meta": 12, "body": 13, "reading": 14, "pane": 16, "title": 20, "step": 24}
"""Names of the text sizes in logical pixels at 100 %."""

_WEIGHT = QFont.Tag("wght")
_OPTICAL = QFont.Tag("opsz")
_OPTICAL_RANGE = (14.0, 32.0)  # Inter 4's axis


def package_file(package: str, *parts: str) -> Path:
    """Return a file inside an installed package without importing the package. Raises FileNotFoundError."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise FileNotFoundError(package)
    return Path(found.origin).parent.joinpath(*parts)


def load_family() -> str:
    """Return the family to write in: empty means the system's own, "Inter" the bundled one after loading it."""
    if sys.platform in ("win32", "darwin"):
        return ""
    number = QFontDatabase.addApplicationFont(str(package_file("fontpkg_inter", "files", "Inter[opsz,wght].ttf")))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def make_font(family: str, pixels: int, weight: int) -> QFont:
    """Return a font; `pixels` are logical, `weight` is 400, 500 or 600."""
    if family:
        font = QFont(family)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setVariableAxis(_WEIGHT, float(weight))
        font.setVariableAxis(_OPTICAL, min(max(float(pixels), _OPTICAL_RANGE[0]), _OPTICAL_RANGE[1]))
    else:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setWeight(QFont.Weight(weight))
    font.setPixelSize(pixels)
    return font
