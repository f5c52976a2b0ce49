"""The probes, a module per subject: each reads the machine it is given and returns its declared facts.

Must not judge (rules do), must not read command lines, environments or document names. Start in `load`.
"""
