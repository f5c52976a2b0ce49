"""Reads a Windows PC through the registry, system libraries and one PowerShell process.

One module a subject; `probes` declares what they return and loads them when asked, so that no other system pays for
them. Must not know the declarations. Start in `pc`, then `system`.
"""
