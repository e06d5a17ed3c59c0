"""Findings that a person dismissed, and the version of the rule that found each"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dismissal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rule_version', sa.Integer(), nullable=False),
    sa.Column('severity', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('expected', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('actual', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('message_zh', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('message_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('basis_zh', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('basis_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('dismissed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('dismissed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reopened_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('reopened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['agency_key'], ['agency.key'], name=op.f('fk_dismissal_agency_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dismissal'))
    )
    with op.batch_alter_table('dismissal', schema=None) as batch_op:
        batch_op.create_index('ix_dismissal_agency_year_fingerprint', ['agency_key', 'year', 'fingerprint'], unique=False)

    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rule_version', sa.Integer(), nullable=False, server_default='1'))


def downgrade() -> None:
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_column('rule_version')
    op.drop_table('dismissal')
