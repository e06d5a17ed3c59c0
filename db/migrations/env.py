"""Runs the migrations on the connection that ``db.upgrade`` hands over."""

from __future__ import annotations

from alembic import context

from db import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
