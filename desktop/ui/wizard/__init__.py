"""The player that leads employees and technicians through a checklist.

Knows the pure engine only. Start in `player`.
"""
