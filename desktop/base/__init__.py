"""What every layer may use: errors, ids, clock, paths, settings, texts, logs, lanes, changes.

Knows nothing of tickets, Qt or databases and imports the standard library only. Start in `errors` and `changes`.
"""
