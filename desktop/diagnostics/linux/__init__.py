"""Reads a Linux machine through /proc, /sys and the tools that distributions ship.

One module a subject, the same names for each system; `probes` declares what they return and loads them when
asked. Must not know the declarations. Start in `programs`.
"""
