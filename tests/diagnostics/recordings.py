"""A Linux machine made of recorded files and tools that print recorded words."""

from __future__ import annotations

from pathlib import Path

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Probe
from desktop.diagnostics.runner import guarded

HOME = "/home/anna"


class RecordedMachine:
    """Lays files, links and tools below a folder; `machine` then finds nothing but them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._tools = root / "tools"
        self._tools.mkdir()

    @property
    def machine(self) -> Machine:
        """Return the machine as it is now."""
        return Machine(
            platform="linux", root=str(self.root), window=0.0, tool_folders=(str(self._tools),), home=HOME
        )  # fmt: skip

    def file(self, path: str, content: str = "") -> Path:
        """Lay a file where the machine's own would be."""
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    def folder(self, path: str) -> None:
        """Make a folder."""
        (self.root / path.lstrip("/")).mkdir(parents=True, exist_ok=True)

    def files(self, folder: str, **contents: str) -> None:
        """Lay several files into one folder."""
        for name, content in contents.items():
            self.file(f"{folder}/{name}", content)

    def link(self, path: str, target: str) -> None:
        """Lay a symbolic link; it need not lead anywhere."""
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    def tool(self, name: str, output: str, *, code: int = 0, when: str = "") -> None:
        """Lay a tool that prints `output`, only where its arguments contain `when`; a second call adds a case."""
        script = self._tools / name
        answer = self._tools / f"{name}.{len(list(self._tools.glob(f'{name}.*')))}"
        answer.write_text(output, encoding="utf-8")
        before = script.read_text(encoding="utf-8") if script.exists() else "#!/bin/sh\n"
        script.write_text(f'{before}case "$*" in *"{when}"*) cat "{answer}"; exit {code};; esac\n', encoding="utf-8")
        script.chmod(0o755)

    def answer(self, probe: Probe) -> dict:
        """Run a probe as the collector does and return its whole result."""
        return dict(guarded(probe, self.machine))

    def facts(self, probe: Probe) -> dict:
        """Run a probe and return its facts; it must have answered."""
        result = self.answer(probe)
        assert result["status"] in ("ok", "partial"), result
        return result["facts"]
