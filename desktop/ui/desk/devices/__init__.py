"""The company's PCs: the list with filters, and one device with findings, facts, raw data and tickets.

Knows no probe by name: titles and fields come from the probes' declarations. Start in `page`.
"""
