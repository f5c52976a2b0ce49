"""Checklists at the Desk: the technician's page, what leads there from a ticket, and what comes back into it.

Knows no store: pages get rows and hand documents on. Start in `flow`, then `page`.
"""
