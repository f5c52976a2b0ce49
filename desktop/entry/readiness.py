"""Says once that a program is ready, to whoever measures its start from outside."""

from __future__ import annotations

import os
import time

READY = "ERSTHELFER_BENCH_READY"  # names a file to be written; set by bench/ only


def tell_ready() -> None:
    """Write the processor time so far, in seconds, for the program that measures; does nothing in everyday use."""
    if path := os.environ.get(READY):
        with open(path, "w", encoding="ascii") as ready:  # noqa: PTH123 - a start must not pay for the measuring
            ready.write(f"{time.process_time():.6f}\n")
