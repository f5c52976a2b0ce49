"""Performance as ratios: every case runs in turn with its floor twin, raw sqlite3 or a bare Qt program.

Knows the program from outside and through its public use cases. Start in `__main__`, cases live in `cases/`.
"""
