"""Checklists the company writes itself, lists of ticks that can keep a ticket open, and what each step came to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('wizard_files',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('wizard', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), server_default='0', nullable=False),
    sa.Column('state', sa.Text(), server_default='', nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('base_version', sa.Integer(), server_default='0', nullable=False),
    sa.Column('base_hash', sa.Text(), server_default='', nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('actor_id', sa.Text(), server_default='', nullable=False),
    sa.Column('actor', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wizard_files'))
    )
    op.create_index('ix_wizard_files_wizard', 'wizard_files', ['wizard', 'number'], unique=True)
    op.add_column('wizard_runs', sa.Column('mode', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_runs', sa.Column('blocks', sa.Integer(), server_default='0', nullable=False))
    op.add_column('wizard_runs', sa.Column('last_wizard', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_runs', sa.Column('last_step', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_runs', sa.Column('platform', sa.Text(), server_default='', nullable=False))
    op.create_index('ix_wizard_runs_wizard', 'wizard_runs', ['wizard', 'started_at'], unique=False)
    op.add_column('wizard_steps', sa.Column('wizard', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_steps', sa.Column('wizard_version', sa.Integer(), server_default='0', nullable=False))
    op.add_column('wizard_steps', sa.Column('entered_at', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_steps', sa.Column('exit', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_steps', sa.Column('verify_before', sa.Text(), server_default='', nullable=False))
    op.add_column('wizard_steps', sa.Column('verify_after', sa.Text(), server_default='', nullable=False))
    op.create_index('ix_wizard_steps_wizard', 'wizard_steps', ['wizard', 'step'], unique=False)
    op.add_column('devices', sa.Column('wizards_version', sa.Integer(), server_default='0', nullable=False))
