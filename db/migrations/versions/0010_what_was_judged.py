"""What a standing was derived from, and how often the links of a column changed"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('obligation', sa.Column('mark', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
    op.add_column('sitecolumn', sa.Column('links_revision', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('sitecolumn', 'links_revision')
    op.drop_column('obligation', 'mark')
