"""Diagnoses that PCs are asked for, and the policy of what every PC's diagnosis asks and sends."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('asks',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.Text(), nullable=True),
    sa.Column('level', sa.Text(), server_default='', nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('actor_id', sa.Text(), server_default='', nullable=False),
    sa.Column('actor', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='', nullable=False),
    sa.Column('answered_at', sa.Text(), nullable=True),
    sa.Column('comment', sa.Text(), server_default='', nullable=False),
    sa.Column('snapshot_id', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_asks_device_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_asks_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asks'))
    )
    op.create_index('ix_asks_device_id', 'asks', ['device_id', 'created_at'], unique=False)
    op.create_index('ix_asks_ticket_id', 'asks', ['ticket_id'], unique=False)
    op.create_table('policy',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('document', sa.Text(), server_default='{}', nullable=False),
    sa.Column('changed_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy'))
    )
    op.add_column('devices', sa.Column('policy_version', sa.Integer(), server_default='0', nullable=False))
