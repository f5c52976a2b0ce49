"""The commands of Hilfe, one module each: `declare` names its arguments, `run` does the work.

No Qt and no SQLAlchemy; keychain and sealing are loaded inside the commands that need them. Start in `send`.
"""
