"""A Desk in a process of its own that takes in the mailbox and dies at a named step; run by test_crashes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from desktop.base.paths import Home
from desktop.services.company import open_company
from desktop.services.intake import import_mailbox
from desktop.services.outgoing import deliver


class FileSeeds:
    """Seeds from a plain file, for a test only."""

    def __init__(self, path: Path) -> None:
        self._seeds = {name: bytes.fromhex(seed) for name, seed in json.loads(path.read_text()).items()}

    def get(self, name: str) -> bytes | None:
        return self._seeds.get(name)

    def put(self, name: str, seed: bytes) -> None:
        self._seeds[name] = seed

    def delete(self, name: str) -> None:
        self._seeds.pop(name, None)


def main(root: str, fatal_step: str, occurrence: int) -> None:
    """Take in, deliver and print every step; `os._exit` at the wanted one leaves no time for tidying."""
    left = [occurrence]

    def step(name: str) -> None:
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        if name == fatal_step:
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)

    desk = open_company(Home.under(Path(root)), FileSeeds(Path(root) / "seeds.json"), step=step)
    import_mailbox(desk.work, desk.post, step=step)
    deliver(desk.work, desk.post, step=step)
    desk.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
