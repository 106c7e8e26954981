"""What the feedback sweep remembers: how far it read, what waits, what it drafted, and customers' codenames."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds tables, and touches none that is there."""
    op.create_table(
        "watermark",
        sa.Column("ritual", sa.String(100), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("ts", sa.String(20), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ritual", "channel", name=op.f("pk_watermark")),
    )
    op.create_table(
        "open_conversation",
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("root", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "root", name=op.f("pk_open_conversation")),
    )
    op.create_table(
        "request_draft",
        sa.Column("key", sa.String(12), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("contents", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_draft")),
    )
    op.create_table(
        "codename",
        sa.Column("account_id", sa.String(18), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("assigned_by", sa.Text, nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_codename")),
        sa.UniqueConstraint("name", name=op.f("uq_codename_name")),
    )
