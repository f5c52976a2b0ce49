"""Reads a Mac through property lists, tools that print them, and sysctl.

One module a subject, the same names for each system; `probes` declares what they return and loads them when
asked. Must not know the declarations. Start in `programs`.
"""
