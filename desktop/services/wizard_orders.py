"""Takes a proposed order of fixes into a draft, where a person looks at it and decides."""

from __future__ import annotations

from desktop.base.changes import Done
from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.ordering import OrderProposal, chains, reordered
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard.writer import write_wizard
from desktop.domain.wizard_rows import SaveDraft, WizardFile
from desktop.services.own_wizards import open_wizard, save_draft
from desktop.services.work import Work


def take_order(work: Work, proposal: OrderProposal) -> Done[WizardFile]:
    """Put the steps of the draft, or of what holds, in the proposed order; publishing stays the person's own step.

    Raises AppError `wizard.order_gone` where the checklist has changed since the figures were counted.
    """
    page = open_wizard(work, proposal.wizard)
    wizard = parse_wizard(page.content).wizard
    if wizard is None or not _has_chain(wizard, proposal.now):
        raise AppError("wizard.order_gone", parameters={"id": proposal.wizard})
    content = write_wizard(reordered(wizard, proposal.now, proposal.better))
    return save_draft(work, SaveDraft(proposal.wizard, content, page.hash))


def _has_chain(wizard: Wizard, steps: tuple[str, ...]) -> bool:
    return any(chain[: len(steps)] == steps for chain in chains(wizard))
