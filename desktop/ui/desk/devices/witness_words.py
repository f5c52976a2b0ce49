"""The fleet as witness in words: who else has a fault, and what they share that the others have not."""

from __future__ import annotations

from desktop.base.texts import Texts
from desktop.diagnostics.change_words import fact_words, path_title
from desktop.domain.witness import FindingWitness, SharedFact
from desktop.ui.common.safe_text import one_line

_NAMES, _FACTS = 8, 5  # so many are named


def witness_lines(found: FindingWitness, device: str, texts: Texts) -> tuple[str, ...]:
    """Return who else has the fault and the facts that distinguish them; `device` is the one that is looked at."""
    others = [one_line(one, 40) for one in found.devices if one != device]
    if not others:
        return (texts.plural("device.witness.alone", found.without),) if found.without else ()
    named, more = ", ".join(others[:_NAMES]), len(others) - _NAMES
    code = "device.witness.more" if more > 0 else "device.witness.also"
    first = texts.text(code, names=named, count=max(0, more))
    facts = [_fact(one, texts) for one in found.facts[:_FACTS]]
    return (first, *([texts.text("device.witness.shared"), *facts] if facts else ()))


def _fact(one: SharedFact, texts: Texts) -> str:
    title = path_title(one.path, texts, subject=one.subject, field=one.path.field)
    value = fact_words(one.path.probe, one.path.table, one.path.field, one.value, texts)
    counts = {
        "having": one.having.count, "of": one.having.of, "lacking": one.lacking.count, "others": one.lacking.of,
    }  # fmt: skip
    code = "device.witness.fact" if value else "device.witness.there"
    return texts.text(code, title=one_line(title, 120), value=one_line(value, 80), **counts)
