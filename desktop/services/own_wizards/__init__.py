"""The checklists the company writes itself: drafts, publishing, versions kept for ever, and what was shipped.

Knows no windows and no mailbox; PCs are told by `services.wizard_post`. Start in `drafts`, then `publishing`.
"""

from desktop.domain.wizard_rows import (
    Origin,
    Publish,
    SaveDraft,
    VersionRow,
    VersionState,
    WizardFile,
    WizardRefusedError,
    WizardRow,
)
from desktop.services.own_wizards.carrying import export_wizard, import_wizard
from desktop.services.own_wizards.drafts import discard_draft, save_draft
from desktop.services.own_wizards.listing import list_wizards
from desktop.services.own_wizards.opening import open_wizard, read_version
from desktop.services.own_wizards.originals import adopt_original, keep_own, restore_version
from desktop.services.own_wizards.publishing import publish, withdraw

__all__ = [
    "Origin",
    "Publish",
    "SaveDraft",
    "VersionRow",
    "VersionState",
    "WizardFile",
    "WizardRefusedError",
    "WizardRow",
    "adopt_original",
    "discard_draft",
    "export_wizard",
    "import_wizard",
    "keep_own",
    "list_wizards",
    "open_wizard",
    "publish",
    "read_version",
    "restore_version",
    "save_draft",
    "withdraw",
]
