"""What a finding says in the reader's language; of another version than our texts, its bare id and nothing more."""

from __future__ import annotations

from desktop.diagnostics.evidence import Part, finding_text
from desktop.domain.snapshot import Finding
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line


def finding_words(look: Look, finding: Finding, part: Part) -> str:
    """Return one sentence about a finding as plain text; empty where it cannot be said."""
    texts = look.texts
    if not texts.has(f"finding.{finding.id}.title"):
        return one_line(finding.id, 100) if part == "title" else ""
    try:
        said = finding_text(finding, part, texts)
    except (KeyError, IndexError, ValueError):
        return ""
    is_unfilled = not finding.evidence and "{" in said
    return "" if is_unfilled else one_line(said, 400)
