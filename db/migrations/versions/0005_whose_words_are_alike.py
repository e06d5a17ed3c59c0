"""The index of narratives, and copies of a report that differ"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('narrative',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('region', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('grams', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['agency_key'], ['agency.key'], name=op.f('fk_narrative_agency_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative')),
    sqlite_autoincrement=True
    )
    op.create_index('uq_narrative_agency_key_year', 'narrative', ['agency_key', 'year'], unique=True)
    op.create_index('ix_narrative_region_year', 'narrative', ['region', 'year'], unique=False)
    op.create_table('narrativegram',
    sa.Column('gram', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('narrative_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('gram', 'narrative_id', name=op.f('pk_narrativegram')),
    sqlite_with_rowid=False
    )
    op.create_table('reportcopy',
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('agency_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('reader_version', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['agency_key'], ['agency.key'], name=op.f('fk_reportcopy_agency_key')),
    sa.ForeignKeyConstraint(['link_id'], ['link.id'], name=op.f('fk_reportcopy_link_id')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_reportcopy_snapshot_id')),
    sa.PrimaryKeyConstraint('link_id', name=op.f('pk_reportcopy'))
    )
    op.create_index('ix_reportcopy_agency_key_year', 'reportcopy', ['agency_key', 'year'], unique=False)


def downgrade() -> None:
    op.drop_table('reportcopy')
    op.drop_table('narrativegram')
    op.drop_table('narrative')
