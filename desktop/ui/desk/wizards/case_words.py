"""What came of a scenario, in words, and the names of what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.wizard.cases import CaseResult, run_case
from desktop.domain.wizard.definition import Case, Wizard, Wording
from desktop.domain.wizard.trial import stand_in, walkable
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.step_words import step_title

_NAME = 80  # characters of a scenario's name in one line


class Scenarios:
    """Walks the scenarios of one draft; what is wrong with the draft does not stop them."""

    def __init__(self, wizard: Wizard, wizards: Mapping[str, Wizard]) -> None:
        self.wizard, self._wizards = wizard, wizards
        self._walked = walkable(wizard, wizards, Wording())
        self._nowhere = stand_in(wizard, self._walked)

    def run(self, case: Case) -> CaseResult:
        """Return what comes of a scenario."""
        return run_case(self._wizards, self._walked, case)

    def say(self, look: Look, result: CaseResult) -> str:
        """Return what came of it in a sentence."""
        case = result.case
        if result.is_as_said:
            return look.texts.plural("case.as_said", result.human, end=self.title(look, case.end))
        if not result.end:
            return look.text("case.stuck")
        if result.end == self._nowhere:
            return look.text("case.nowhere")
        if result.end == case.end:
            return look.text("case.too_long", count=result.human, limit=case.max_human)
        return look.text("case.other_end", end=self.title(look, result.end), wanted=self.title(look, case.end))

    def title(self, look: Look, step: str) -> str:
        """Return the heading of a step here or in a checklist that this one goes on in; else its id."""
        for wizard in (self.wizard, *self._wizards.values()):
            if step in wizard.steps:
                return step_title(look, wizard.steps[step])
        return one_line(step, _NAME) or look.text("case.no_end")


def case_name(look: Look, case: Case) -> str:
    """Return the name of a scenario in one line."""
    return one_line(case.name, _NAME) or look.text("case.unnamed")


def finding_title(look: Look, finding: str) -> str:
    """Return what a finding is called; its id where this version does not know it."""
    code = f"finding.{finding}.title"
    return look.text(code) if look.texts.has(code) else one_line(finding, _NAME)
