"""Hilfe: tray icon, help window and its pages.

Never sees the Desk, models or services. Start in `program`.
"""
