"""Collects a machine's facts in a short-lived process and judges them by rules.

Must not know who asks or where the facts go; psutil and the standard library only. Start in `runner`.
"""
