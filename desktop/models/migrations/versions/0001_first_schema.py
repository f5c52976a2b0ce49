"""The first schema: everything the way from a request to a solved or handed-over ticket needs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    create_tables()
    fill_states()
    if op.get_bind().dialect.name == "sqlite":
        protect_history()
        create_search()


def create_tables():
    op.create_table('audit',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Text(), server_default='', nullable=False),
    sa.Column('action', sa.Text(), server_default='', nullable=False),
    sa.Column('object_id', sa.Text(), server_default='', nullable=False),
    sa.Column('detail_hash', sa.Text(), server_default='', nullable=False),
    sa.Column('prev', sa.Text(), server_default='', nullable=False),
    sa.Column('hash', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit'))
    )
    op.create_table('audit_details',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('salt', sa.Text(), server_default='', nullable=False),
    sa.Column('detail', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_details'))
    )
    op.create_table('blobs',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), server_default='0', nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('company',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('mailbox', sa.Text(), server_default='', nullable=False),
    sa.Column('help_phone', sa.Text(), server_default='', nullable=False),
    sa.Column('box_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_key', sa.LargeBinary(), nullable=False),
    sa.Column('recovery_key', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company'))
    )
    op.create_table('counters',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('departments',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_departments')),
    sa.UniqueConstraint('name', name=op.f('uq_departments_name'))
    )
    op.create_table('drafts',
    sa.Column('ticket_id', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('ticket_id', 'author_id', 'kind', name=op.f('pk_drafts'))
    )
    op.create_table('invitations',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('token', sa.LargeBinary(), nullable=False),
    sa.Column('devices', sa.Integer(), server_default='0', nullable=False),
    sa.Column('used', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations'))
    )
    op.create_table('partners',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('level', sa.Integer(), server_default='2', nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('address', sa.Text(), server_default='', nullable=False),
    sa.Column('topics', sa.Text(), server_default='', nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('is_active', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partners'))
    )
    op.create_table('search_words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_words')),
    sa.UniqueConstraint('word', name=op.f('uq_search_words_word'))
    )
    op.create_table('seen',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('fate', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), server_default='', nullable=False),
    sa.Column('device_id', sa.Text(), nullable=True),
    sa.Column('ticket_id', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seen'))
    )
    op.create_index('ix_seen_at', 'seen', ['at'], unique=False)
    op.create_table('technicians',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('email', sa.Text(), server_default='', nullable=False),
    sa.Column('is_active', sa.Integer(), server_default='1', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_technicians'))
    )
    op.create_table('ticket_states',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), server_default='', nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_states'))
    )
    op.create_table('waiting_room',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('verify_key', sa.LargeBinary(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('person_name', sa.Text(), server_default='', nullable=False),
    sa.Column('host', sa.Text(), server_default='', nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiting_room'))
    )
    op.create_index('ix_waiting_room_verify_key', 'waiting_room', ['verify_key'], unique=False)
    op.create_table('wizard_steps',
    sa.Column('run_id', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('step', sa.Text(), server_default='', nullable=False),
    sa.Column('answer', sa.Text(), server_default='', nullable=False),
    sa.Column('source', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.Text(), server_default='', nullable=False)
    )
    op.create_index('ix_wizard_steps_run_id', 'wizard_steps', ['run_id', 'position'], unique=True)
    op.create_table('people',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('department_id', sa.Text(), nullable=True),
    sa.Column('room', sa.Text(), server_default='', nullable=False),
    sa.Column('phone', sa.Text(), server_default='', nullable=False),
    sa.Column('email', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_people_department_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people'))
    )
    op.create_index('ix_people_name', 'people', ['name'], unique=False)
    op.create_table('devices',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('person_id', sa.Text(), nullable=True),
    sa.Column('os_user', sa.Text(), server_default='', nullable=False),
    sa.Column('platform', sa.Text(), server_default='', nullable=False),
    sa.Column('program_version', sa.Text(), server_default='', nullable=False),
    sa.Column('status', sa.Text(), server_default='', nullable=False),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('decided_at', sa.Text(), nullable=True),
    sa.Column('snapshot_id', sa.Text(), nullable=True),
    sa.Column('snapshot_at', sa.Text(), nullable=True),
    sa.Column('hints', sa.Integer(), server_default='0', nullable=False),
    sa.Column('worst', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('seen_at', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['technicians.id'], name=op.f('fk_devices_decided_by')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_devices_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_devices'))
    )
    op.create_index('ix_devices_name', 'devices', ['name'], unique=False)
    op.create_index('ix_devices_person_id', 'devices', ['person_id'], unique=False)
    op.create_table('device_keys',
    sa.Column('verify_key', sa.LargeBinary(), nullable=False),
    sa.Column('box_key', sa.LargeBinary(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('revoked_at', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_device_keys_device_id')),
    sa.PrimaryKeyConstraint('verify_key', name=op.f('pk_device_keys'))
    )
    op.create_index('ix_device_keys_device_id', 'device_keys', ['device_id'], unique=False)
    op.create_table('tickets',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('title', sa.Text(), server_default='', nullable=False),
    sa.Column('state_id', sa.Text(), nullable=False),
    sa.Column('state_type', sa.Text(), server_default='', nullable=False),
    sa.Column('waiting_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('waiting_since', sa.Text(), nullable=True),
    sa.Column('wake_at', sa.Text(), nullable=True),
    sa.Column('paused_seconds', sa.Integer(), server_default='0', nullable=False),
    sa.Column('level', sa.Integer(), server_default='1', nullable=False),
    sa.Column('impact', sa.Text(), server_default='', nullable=False),
    sa.Column('urgency', sa.Text(), server_default='', nullable=False),
    sa.Column('priority', sa.Integer(), server_default='3', nullable=False),
    sa.Column('proposed_priority', sa.Integer(), server_default='3', nullable=False),
    sa.Column('priority_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('priority_by', sa.Text(), nullable=True),
    sa.Column('category', sa.Text(), server_default='', nullable=False),
    sa.Column('person_id', sa.Text(), nullable=True),
    sa.Column('device_id', sa.Text(), nullable=True),
    sa.Column('assignee_id', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('request_id', sa.Text(), server_default='', nullable=False),
    sa.Column('request_device_id', sa.Text(), nullable=True),
    sa.Column('reachable', sa.Text(), server_default='', nullable=False),
    sa.Column('parent_id', sa.Text(), nullable=True),
    sa.Column('duplicate_of', sa.Text(), nullable=True),
    sa.Column('snapshot_id', sa.Text(), nullable=True),
    sa.Column('rating', sa.Integer(), server_default='0', nullable=False),
    sa.Column('minutes', sa.Integer(), server_default='0', nullable=False),
    sa.Column('has_news', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.Text(), nullable=False),
    sa.Column('changed_by', sa.Text(), server_default='', nullable=False),
    sa.Column('first_reply_at', sa.Text(), nullable=True),
    sa.Column('solved_at', sa.Text(), nullable=True),
    sa.Column('closed_at', sa.Text(), nullable=True),
    sa.Column('due_at', sa.Text(), nullable=False),
    sa.Column('sort_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['assignee_id'], ['technicians.id'], name=op.f('fk_tickets_assignee_id')),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_tickets_device_id')),
    sa.ForeignKeyConstraint(['duplicate_of'], ['tickets.id'], name=op.f('fk_tickets_duplicate_of')),
    sa.ForeignKeyConstraint(['parent_id'], ['tickets.id'], name=op.f('fk_tickets_parent_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_tickets_person_id')),
    sa.ForeignKeyConstraint(['priority_by'], ['technicians.id'], name=op.f('fk_tickets_priority_by')),
    sa.ForeignKeyConstraint(['request_device_id'], ['devices.id'], name=op.f('fk_tickets_request_device_id')),
    sa.ForeignKeyConstraint(['state_id'], ['ticket_states.id'], name=op.f('fk_tickets_state_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_tickets')),
    sa.UniqueConstraint('id', name=op.f('uq_tickets_id')),
    sa.UniqueConstraint('number', name=op.f('uq_tickets_number'))
    )
    op.create_index('ix_tickets_active', 'tickets', ['sort_at', 'seq', 'state_type'], unique=False, sqlite_where=sa.text("state_type IN ('new', 'open', 'waiting')"), postgresql_where=sa.text("state_type IN ('new', 'open', 'waiting')"))
    op.create_index('ix_tickets_assigned', 'tickets', ['assignee_id', 'sort_at', 'seq', 'state_type'], unique=False, sqlite_where=sa.text("state_type IN ('new', 'open', 'waiting')"), postgresql_where=sa.text("state_type IN ('new', 'open', 'waiting')"))
    op.create_index('ix_tickets_device_id', 'tickets', ['device_id'], unique=False)
    op.create_index('ix_tickets_done', 'tickets', ['sort_at', 'seq', 'state_type'], unique=False, sqlite_where=sa.text("state_type IN ('solved', 'closed', 'merged')"), postgresql_where=sa.text("state_type IN ('solved', 'closed', 'merged')"))
    op.create_index('ix_tickets_handed_over', 'tickets', ['sort_at', 'seq', 'state_type', 'level'], unique=False, sqlite_where=sa.text("state_type IN ('new', 'open', 'waiting') AND level > 1"), postgresql_where=sa.text("state_type IN ('new', 'open', 'waiting') AND level > 1"))
    op.create_index('ix_tickets_inbox', 'tickets', ['sort_at', 'seq', 'state_type', 'has_news'], unique=False, sqlite_where=sa.text("(state_type = 'new' OR has_news = 1)"), postgresql_where=sa.text("(state_type = 'new' OR has_news = 1)"))
    op.create_index('ix_tickets_person_id', 'tickets', ['person_id', 'state_type'], unique=False)
    op.create_index('ix_tickets_request_id', 'tickets', ['request_id'], unique=False)
    op.create_index('ix_tickets_running', 'tickets', ['sort_at', 'seq', 'state_type'], unique=False, sqlite_where=sa.text("state_type IN ('new', 'open')"), postgresql_where=sa.text("state_type IN ('new', 'open')"))
    op.create_index('ix_tickets_waiting', 'tickets', ['sort_at', 'seq', 'state_type'], unique=False, sqlite_where=sa.text("state_type = 'waiting'"), postgresql_where=sa.text("state_type = 'waiting'"))
    op.create_table('events',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('actor_id', sa.Text(), server_default='', nullable=False),
    sa.Column('actor', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), server_default='{}', nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_events_ticket_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_events')),
    sa.UniqueConstraint('id', name=op.f('uq_events_id'))
    )
    op.create_index('ix_events_ticket_id', 'events', ['ticket_id', 'seq'], unique=False)
    op.create_table('handovers',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=False),
    sa.Column('partner_id', sa.Text(), nullable=True),
    sa.Column('partner_name', sa.Text(), server_default='', nullable=False),
    sa.Column('level', sa.Integer(), server_default='2', nullable=False),
    sa.Column('actor_id', sa.Text(), server_default='', nullable=False),
    sa.Column('actor', sa.Text(), server_default='', nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('task', sa.Text(), server_default='', nullable=False),
    sa.Column('language', sa.Text(), server_default='', nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('path', sa.Text(), server_default='', nullable=False),
    sa.Column('files', sa.Text(), server_default='[]', nullable=False),
    sa.Column('missing', sa.Text(), server_default='[]', nullable=False),
    sa.Column('answered_at', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_handovers_partner_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_handovers_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers'))
    )
    op.create_index('ix_handovers_ticket_id', 'handovers', ['ticket_id'], unique=False)
    op.create_table('messages',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('author_id', sa.Text(), server_default='', nullable=False),
    sa.Column('author', sa.Text(), server_default='', nullable=False),
    sa.Column('author_role', sa.Text(), server_default='', nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.Column('device_seq', sa.Integer(), server_default='0', nullable=False),
    sa.Column('outbox_id', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_messages_ticket_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_messages')),
    sa.UniqueConstraint('id', name=op.f('uq_messages_id'))
    )
    op.create_index('ix_messages_ticket_id', 'messages', ['ticket_id', 'seq'], unique=False)
    op.create_table('outbox',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('delivered_at', sa.Text(), nullable=True),
    sa.Column('acknowledged_at', sa.Text(), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('problem', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_outbox_device_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_outbox_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    op.create_index('ix_outbox_open', 'outbox', ['id'], unique=False, sqlite_where=sa.text('acknowledged_at IS NULL'), postgresql_where=sa.text('acknowledged_at IS NULL'))
    op.create_index('ix_outbox_ticket_id', 'outbox', ['ticket_id'], unique=False)
    op.create_table('snapshots',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=True),
    sa.Column('taken_at', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), server_default='', nullable=False),
    sa.Column('size', sa.Integer(), server_default='0', nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_snapshots_device_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_snapshots_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshots'))
    )
    op.create_index('ix_snapshots_device_id', 'snapshots', ['device_id', 'taken_at'], unique=False)
    op.create_index('ix_snapshots_ticket_id', 'snapshots', ['ticket_id'], unique=False)
    op.create_table('wizard_runs',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=True),
    sa.Column('device_id', sa.Text(), nullable=True),
    sa.Column('wizard', sa.Text(), server_default='', nullable=False),
    sa.Column('audience', sa.Text(), server_default='', nullable=False),
    sa.Column('state', sa.Text(), server_default='', nullable=False),
    sa.Column('outcome', sa.Text(), server_default='', nullable=False),
    sa.Column('started_at', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), server_default='', nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_wizard_runs_device_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_wizard_runs_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wizard_runs'))
    )
    op.create_index('ix_wizard_runs_ticket_id', 'wizard_runs', ['ticket_id'], unique=False)
    op.create_table('attachments',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('size', sa.Integer(), server_default='0', nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_attachments_message_id')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_attachments_sha256')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_attachments_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments'))
    )
    op.create_index('ix_attachments_sha256', 'attachments', ['sha256'], unique=False)
    op.create_index('ix_attachments_ticket_id', 'attachments', ['ticket_id'], unique=False)
    op.create_table('findings',
    sa.Column('snapshot_id', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), server_default='0', nullable=False),
    sa.Column('finding', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='', nullable=False),
    sa.Column('severity', sa.Text(), server_default='', nullable=False),
    sa.Column('evidence', sa.Text(), server_default='{}', nullable=False),
    sa.Column('wizard', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshots.id'], name=op.f('fk_findings_snapshot_id'))
    )
    op.create_index('ix_findings_finding', 'findings', ['finding', 'state'], unique=False)
    op.create_index('ix_findings_snapshot_id', 'findings', ['snapshot_id', 'position'], unique=True)


def fill_states():
    for position, state in enumerate(("new", "open", "waiting", "solved", "closed", "merged")):
        op.execute(
            "INSERT INTO ticket_states (id, type, name, position) VALUES ('%s', '%s', '', %d)" % (state, state, position)
        )


def protect_history():
    """What happened stays: neither the history nor the audit chain can be changed or deleted by ordinary statements."""
    for table in ("events", "audit"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def create_search():
    """Folded words come from the program, so the plain ascii tokenizer only has to split at blanks."""
    op.execute(
        "CREATE VIRTUAL TABLE search_tickets USING fts5(head, body, also, tokenize='ascii', prefix='2 3 4 5')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_parts USING fts5"
        "(word, content='search_words', content_rowid='id', tokenize='trigram', detail='full')"
    )


def downgrade():
    raise NotImplementedError("a copy is made before every upgrade; go back to that")

