"""The floors: the least a Python program with Qt can do. Each is run as a process beside ours.

They know nothing of Ersthelfer. Start in `bare_window`.
"""
