"""Alembic's environment: runs the frozen steps on the connection that the upgrade opened."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
