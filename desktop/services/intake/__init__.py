"""Takes in what waits in the mailbox: one transaction per batch, then acknowledged, then deleted.

Whatever moment the program ends at, the next look finishes the work and doubles nothing. Start in `importing`.
"""

from desktop.services.intake.importing import import_mailbox
from desktop.services.intake.report import ImportedMessage, ImportReport

__all__ = ["ImportReport", "ImportedMessage", "import_mailbox"]
