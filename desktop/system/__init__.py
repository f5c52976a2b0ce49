"""One module per operating-system matter: folders, secrets, autostart, opening things.

Knows nothing of tickets. Start in `folders`.
"""
