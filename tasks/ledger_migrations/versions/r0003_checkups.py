"""What the Salesforce check remembers: what differed, and which links were opened."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds tables, and touches none that is there."""
    op.create_table(
        "checkup",
        sa.Column("scope", sa.String(300), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("discrepancies", sa.JSON, nullable=False),
        sa.Column("statuses", sa.JSON, nullable=False),
        sa.Column("looked_at", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "day", name=op.f("pk_checkup")),
    )
    op.create_table(
        "link",
        sa.Column("address_sha", sa.String(64), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_sha", name=op.f("pk_link")),
    )
