"""Theme, icons, safe text, buttons and lanes for all windows.

Knows no ticket and no store. Start in `theme`.
"""
