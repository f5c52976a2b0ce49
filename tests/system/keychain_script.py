"""Does one thing with the real keychain and prints how it went; started by the tests in a session of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.system.secrets import SecretStore, open_secrets

SEED = bytes(range(32))


def taken(store: SecretStore, step: str) -> str:
    """Take one step and return how it went, in one word."""
    try:
        if step == "get":
            found = store.get("org.box")
            return "none" if found is None else "same" if found == SEED else "other"
        if step == "put":
            store.put("org.box", SEED)
        else:
            store.delete("org.box")
    except AppError as error:
        return error.code
    return "done"


seeds = open_secrets(Home.under(Path(sys.argv[1])))
sys.stdout.write("\n".join(taken(seeds, one) for one in sys.argv[2:]))
sys.stdout.write("\n")
