"""Since when the answers of a link break off"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('link', sa.Column('broken_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('link', 'broken_since')
