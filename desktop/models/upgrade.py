"""Runs the migrations with Alembic inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from desktop.models.version import APPLICATION_ID, SCHEMA_VERSION

FOLDER = Path(__file__).resolve().parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest version and note it where the fast check reads it."""
    command.upgrade(migration_config(connection), "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def migration_config(connection: Connection) -> Config:
    """Return Alembic's configuration for our folder of migrations and an open connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
