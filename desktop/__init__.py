"""Ersthelfer: first aid for computers in small companies, without a server.

Start reading in `desktop.entry`, which builds every object and hands it over; docs/architecture.md draws the layers.
"""

__version__ = "0.1.0"
