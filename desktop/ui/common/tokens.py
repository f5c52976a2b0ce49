"""The colours of the light and of the dark scheme: one name, two values, and how well they can be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "win": "#F3F5F4",
        "side": "#ECEFEE",
        "surface": "#FFFFFF",
        "surface2": "#F7F9F8",
        "hover": "#EDF1F0",
        "sel": "#D5E9F0",
        "line": "#DFE4E2",
        "line2": "#CBD2CF",
        "ctl": "#7E8987",
        "t1": "#182023",
        "t2": "#434E53",
        "t3": "#5C676B",
        "acc": "#0E6680",
        "acch": "#0A5268",
        "accbg": "#E3F1F5",
        "accln": "#B9DCE6",
        "onacc": "#FFFFFF",
        "red": "#B3202C",
        "redbg": "#FCEBEB",
        "redln": "#EFC4C6",
        "amb": "#8A5200",
        "ambbg": "#FDF3DF",
        "ambln": "#EBD09A",
        "grn": "#1A6B41",
        "grnbg": "#E5F4EB",
        "grnln": "#B5DBC4",
        "vio": "#6445A0",
        "viobg": "#F0ECF9",
        "violn": "#D3C6EC",
        "note": "#FFF9E6",
        "noteln": "#E6D28F",
    }
)
"""Colours on light ground; `…bg` is a ground and `…ln` a line of the state of that name."""

DARK: Mapping[str, str] = MappingProxyType(
    {
        "win": "#171A1C",
        "side": "#1C2022",
        "surface": "#202527",
        "surface2": "#262B2E",
        "hover": "#2C3235",
        "sel": "#1D4452",
        "line": "#343B3E",
        "line2": "#454D51",
        "ctl": "#7C878B",
        "t1": "#ECEFEF",
        "t2": "#BAC3C6",
        "t3": "#A6B1B5",
        "acc": "#67C3DB",
        "acch": "#8AD3E6",
        "accbg": "#1B3841",
        "accln": "#2C5A68",
        "onacc": "#06232C",
        "red": "#FF9A98",
        "redbg": "#43252A",
        "redln": "#6B363B",
        "amb": "#F2BB62",
        "ambbg": "#3D3119",
        "ambln": "#6A5423",
        "grn": "#76D29D",
        "grnbg": "#1D3A2B",
        "grnln": "#2F6047",
        "vio": "#C0ABEF",
        "viobg": "#332C47",
        "violn": "#54477A",
        "note": "#332E1C",
        "noteln": "#5E5229",
    }
)
"""The same names on dark ground."""

TEXT = ("t1", "t2", "t3", "acc", "red", "amb", "grn", "vio")
"""Tokens that letters are drawn in."""

GROUND = ("win", "side", "surface", "surface2", "hover", "sel", "accbg", "note")
"""Tokens that letters of any colour may stand on; state grounds carry only their own colour."""


def contrast(first: str, second: str) -> float:
    """Return the contrast of two #RRGGBB colours, 1 to 21, by the formula of WCAG 2.2."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
