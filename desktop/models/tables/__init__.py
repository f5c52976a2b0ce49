"""All tables of the Desk, by subject; importing this package registers every one on `metadata`.

Knows no rules. Columns ending in `_at` hold `base.clock.to_text` moments, which sort as text. Start in `tickets`.
"""

from desktop.models.tables.assets import assets, inventory, series_points
from desktop.models.tables.common import metadata
from desktop.models.tables.diagnostics import asks, findings, policy, snapshots
from desktop.models.tables.exchange import invitations, outbox, seen, waiting_room
from desktop.models.tables.people import departments, device_keys, devices, people, technicians
from desktop.models.tables.records import audit, audit_details, company, counters, search_words
from desktop.models.tables.support import handovers, partners
from desktop.models.tables.tickets import attachments, blobs, drafts, events, messages, ticket_states, tickets
from desktop.models.tables.wizards import wizard_files, wizard_runs, wizard_steps

__all__ = [
    "asks",
    "assets",
    "attachments",
    "audit",
    "audit_details",
    "blobs",
    "company",
    "counters",
    "departments",
    "device_keys",
    "devices",
    "drafts",
    "events",
    "findings",
    "handovers",
    "inventory",
    "invitations",
    "messages",
    "metadata",
    "outbox",
    "partners",
    "people",
    "policy",
    "search_words",
    "seen",
    "series_points",
    "snapshots",
    "technicians",
    "ticket_states",
    "tickets",
    "waiting_room",
    "wizard_files",
    "wizard_runs",
    "wizard_steps",
]
