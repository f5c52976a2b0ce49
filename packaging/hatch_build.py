"""Compiles the texts before a wheel is made, so that an installed program can speak."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTexts(BuildHookInterface):  # type: ignore[type-arg]
    """Hatch calls this before every build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues in place; the wheel's `artifacts` pick them up."""
        runpy.run_path(str(Path(self.root) / "packaging" / "compile_texts.py"))["compile_texts"]()
