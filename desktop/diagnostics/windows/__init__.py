"""Reads a Windows PC through the registry, system libraries and one PowerShell process.

One module a subject, the same names for each system; `probes` declares what they return and loads them when
asked. Must not know the declarations. Start in `programs`.
"""
