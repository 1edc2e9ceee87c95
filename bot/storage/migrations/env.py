"""Read by Alembic: runs the migrations on the connection, and in the transaction, that `database.migrate` gives."""

from alembic import context

from bot.storage.models import Base

VERSIONS = "assistant_schema"  # the table that says how far the tables are: the database may hold others' too

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSIONS,
)
with context.begin_transaction():
    context.run_migrations()
