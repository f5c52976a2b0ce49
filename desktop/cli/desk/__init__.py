"""The commands of the Desk, one module each: `declare` names its arguments, `run` does the work.

Only the module of the named command is imported, and what it needs is imported inside its functions. Start in `ticket`.
"""
