"""A keychain for tests: one file per seed, readable by another process."""

from __future__ import annotations

from pathlib import Path


class FolderSecrets:
    """Keeps each seed in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        path = self._folder / f"{name}.seed"
        return path.read_bytes() if path.exists() else None

    def put(self, name: str, seed: bytes) -> None:
        (self._folder / f"{name}.seed").write_bytes(seed)

    def delete(self, name: str) -> None:
        (self._folder / f"{name}.seed").unlink(missing_ok=True)
