"""The Desk's store: tables by subject, engine, migrations, queries that return frozen rows.

Must not know who calls. Only `services` uses it. Start in `tables`.
"""
