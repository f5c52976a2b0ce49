"""Use cases of Hilfe on an employee's PC: enrol, diagnose, send, sync, reply, rate.

No SQLAlchemy, no Desk tables; its own small store is plain sqlite3. Start in `requests`.
"""
