"""The only wiring: builds objects and hands them over, one module per program.

Everything may be imported here, and only when its program needs it. Start in `desk` or `tray`.
"""
