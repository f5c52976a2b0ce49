"""Use cases of the Desk: one module per subject, one named function per thing a person can do.

Knows no Qt. Every change returns `Done(result, changes, undo)`. Start in `tickets`.
"""
