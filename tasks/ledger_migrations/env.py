"""How Alembic reaches the ledger: over the connection that `deployments.migrate` opened. Logging is left alone."""

from alembic import context

from tasks import ledger_feedback_tables  # noqa: F401 - its tables are among those of Table.metadata
from tasks.ledger_tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    compare_type=True,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a column by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
