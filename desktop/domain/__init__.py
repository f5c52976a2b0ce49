"""Pure rules and values: ticket, request, snapshot, wizard engine, hand-over.

No input or output, no clock of its own, no Qt, no database. Start in `ticket`.
"""
