"""Write the schemas in docs from the code: of a snapshot and of a wizard; tests tell when they are no longer true."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop.base.texts import load_texts
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.schema import snapshot_schema
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.schema import wizard_schema
from desktop.system.actions.listing import action_ids
from desktop.system.opening import page_ids

DOCS = Path(__file__).resolve().parent.parent / "docs"


def schemas() -> Mapping[str, object]:
    """Return the schemas by file name."""
    rules = load_rules()
    known = Known(
        findings=frozenset(one.id for one in rules),
        probes=frozenset(one.id for one in PROBES),
        actions=action_ids(),
        pages=page_ids(),
    )
    return {
        "snapshot.schema.json": snapshot_schema(rules, load_texts("en")),
        "wizard.schema.json": wizard_schema(known),
    }


if __name__ == "__main__":
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    sys.exit(0)
