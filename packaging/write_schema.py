"""Write docs/snapshot.schema.json from the declarations of the probes; a test tells when it is no longer true."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.base.texts import load_texts
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.schema import snapshot_schema

FILE = Path(__file__).resolve().parent.parent / "docs" / "snapshot.schema.json"


def schema_text() -> str:
    """Return the file's content."""
    return json.dumps(snapshot_schema(load_rules(), load_texts("en")), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8", newline="\n")
    sys.exit(0)
