"""Sealed messages between PCs and the Desk: keys, envelope, outbox, mailbox folder.

Knows payload bytes, not tickets; no database of the Desk. Start in `envelope`.
"""
