"""The register: duties, successors, regional deadlines"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

agency = sa.table('agency', sa.column('expected', sa.Boolean), sa.column('duty', sa.String))


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    op.add_column('agency', sa.Column('former_names', sa.JSON(), server_default='[]', nullable=False))
    op.add_column('agency', sa.Column('heir_of', sa.JSON(), server_default='[]', nullable=False))
    op.add_column('agency', sa.Column('duty', text, server_default='required', nullable=False))
    op.add_column('agency', sa.Column('since', sa.Date(), nullable=True))
    op.add_column('agency', sa.Column('until', sa.Date(), nullable=True))
    op.add_column('agency', sa.Column('successor', text, nullable=True))
    op.create_index('ix_agency_successor', 'agency', ['successor'], unique=False)
    op.execute(agency.update().where(sa.not_(agency.c.expected)).values(duty='exempt'))
    op.drop_column('agency', 'expected')


def downgrade() -> None:
    op.add_column('agency', sa.Column('expected', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute(agency.update().where(agency.c.duty != 'required').values(expected=False))
    op.drop_index('ix_agency_successor', 'agency')
    for name in ('successor', 'until', 'since', 'duty', 'heir_of', 'former_names'):
        op.drop_column('agency', name)
