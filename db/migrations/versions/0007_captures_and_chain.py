"""Captured answers, what visits saw, and the daily chain over the event log"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('capture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('url', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=False),
    sa.Column('file', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('offset', sa.Integer(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('request_length', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_capture'))
    )
    op.create_index('ix_capture_key_id', 'capture', ['key', 'id'], unique=False)
    op.create_index('ix_capture_sha256', 'capture', ['sha256'], unique=False)
    op.create_index('ix_capture_file', 'capture', ['file'], unique=False)
    op.create_table('seen',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seen')),
    sa.UniqueConstraint('digest', name=op.f('uq_seen_digest'))
    )
    op.create_table('chainday',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('first_event_id', sa.Integer(), nullable=False),
    sa.Column('last_event_id', sa.Integer(), nullable=False),
    sa.Column('hashes', sa.LargeBinary(), nullable=False),
    sa.Column('events_sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_chainday'))
    )
    # A column that may be empty is added in place: the table of visits is the largest of all.
    for name in ('pages_seen_id', 'entries_seen_id'):
        op.execute(f'ALTER TABLE visit ADD COLUMN {name} INTEGER '
                   f'CONSTRAINT fk_visit_{name} REFERENCES seen (id)')


def downgrade() -> None:
    with op.batch_alter_table('visit') as batch:
        for name in ('pages_seen_id', 'entries_seen_id'):
            batch.drop_constraint(f'fk_visit_{name}', type_='foreignkey')
            batch.drop_column(name)
    for table in ('chainday', 'seen', 'capture'):
        op.drop_table(table)
