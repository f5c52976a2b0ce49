"""Who and what: technicians, departments, people, their devices and the devices' keys."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from desktop.models.tables.common import key, link, metadata, moment, number, version, words

technicians = Table(
    "technicians",
    metadata,
    key(),
    words("name"),
    words("email"),
    number("is_active", 1),
    moment("created_at"),
    version(),
)

departments = Table("departments", metadata, key(), Column("name", Text, nullable=False, unique=True))

people = Table(
    "people",
    metadata,
    key(),
    words("name"),
    link("department_id", "departments.id"),
    words("room"),
    words("phone"),
    words("email"),
    moment("created_at"),
    version(),
    Index("ix_people_name", "name"),
)

devices = Table(
    "devices",
    metadata,
    key(),
    words("name"),
    link("person_id", "people.id"),
    words("os_user"),
    words("platform"),
    words("program_version"),
    words("status"),  # waiting, approved or revoked
    link("decided_by", "technicians.id"),
    moment("decided_at", required=False),
    # What lists need of the newest snapshot, so that they never open its document.
    Column("snapshot_id", Text),
    moment("snapshot_at", required=False),
    Column("pinned_snapshot_id", Text),  # the healthy one that an administrator chose for comparing
    number("hints"),
    words("worst"),
    number("policy_version"),  # the policy it was told last; 0 where the program's own holds
    number("wizards_version"),  # the company's checklists it was told last; 0 where it has the built-in ones only
    moment("created_at"),
    moment("seen_at", required=False),
    version(),
    Index("ix_devices_person_id", "person_id"),
    Index("ix_devices_name", "name"),
)

device_keys = Table(
    "device_keys",
    metadata,
    Column("verify_key", LargeBinary, primary_key=True),
    Column("box_key", LargeBinary, nullable=False),
    link("device_id", "devices.id", required=True),
    moment("created_at"),
    moment("revoked_at", required=False),
    Index("ix_device_keys_device_id", "device_id"),
)
