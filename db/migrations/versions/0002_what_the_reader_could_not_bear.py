"""What the reader could not bear, which reader read a link, where a site holds its articles"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('readerfault',
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reader_version', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason_zh', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_readerfault'))
    )
    op.add_column('link', sa.Column('read_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column('site', sa.Column('article', sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    op.drop_column('site', 'article')
    op.drop_column('link', 'read_by')
    op.drop_table('readerfault')
