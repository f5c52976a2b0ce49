"""Wizards: reading a file, checking it, walking through it, and keeping a run that survives a restart.

Knows no Qt, no probes, no clock: findings come in a `Snapshot`, times in events. Start in `definition`, then `engine`.
"""
