"""Validators and rules that the conditional sweep remembers"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hostrules',
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('robots_status', sa.Integer(), nullable=True),
    sa.Column('robots_body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('robots_etag', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('robots_modified', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('robots_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('paused_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('paused_as', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.PrimaryKeyConstraint('origin', name=op.f('pk_hostrules'))
    )
    op.create_table('columnlisting',
    sa.Column('column_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('plan_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('pages', sa.JSON(), nullable=False),
    sa.Column('links', sa.Integer(), nullable=False),
    sa.Column('candidates', sa.Integer(), nullable=False),
    sa.Column('whole_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['column_key'], ['sitecolumn.key'], name=op.f('fk_columnlisting_column_key')),
    sa.PrimaryKeyConstraint('column_key', name=op.f('pk_columnlisting'))
    )
    op.add_column('resource', sa.Column('full_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('resource', 'full_at')
    op.drop_table('columnlisting')
    op.drop_table('hostrules')
