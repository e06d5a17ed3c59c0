"""What the page of a report says of itself, and what a body without a report turned out to be"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('link', sa.Column('found_as', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column('reportversion', sa.Column('page', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('reportversion', 'page')
    op.drop_column('link', 'found_as')
