"""Columns that moved and what was proposed, whose they are, and since when their length is usual"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

TEXTS = ('found_url', 'proposed_url', 'id_code')
INSTANTS = ('found_at', 'proposed_at', 'sought_at', 'usual_since')


def upgrade() -> None:
    with op.batch_alter_table('sitecolumn', schema=None) as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        for name in INSTANTS:
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('sitecolumn', schema=None) as batch_op:
        for name in (*TEXTS, *INSTANTS):
            batch_op.drop_column(name)
