"""What the activity review remembers: its months, and coaching talks with what was decided of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds tables, and touches none that is there. There is no way back: a ledger that forgets books twice."""
    _months()
    _talks()
    _bookings()


def _months() -> None:
    numbers = ("reps", "touches", "automated", "people", "answered", "over", "waiting", "forgotten", "talks")
    op.create_table(
        "month",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("window_days", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in numbers),
        sa.Column("people_over", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", "window_days", name=op.f("pk_month")),
    )


def _talks() -> None:
    op.create_table(
        "talk",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("report_key", sa.String(300), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("rep_id", sa.Text, nullable=False),
        sa.Column("rep", sa.Text, nullable=False),
        sa.Column("manager_id", sa.Text, nullable=False),
        sa.Column("manager", sa.Text, nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("agenda", sa.JSON, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("instead_of", sa.Text, nullable=False),
        sa.Column("superseded_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
    )
    op.create_index("ix_talk_report_key", "talk", ["report_key"])
    op.create_index("ix_talk_rep_id", "talk", ["rep_id"])


def _bookings() -> None:
    op.create_table(
        "booking",
        sa.Column("talk_id", sa.String(100), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_booking_talk_id")),
        sa.PrimaryKeyConstraint("talk_id", name=op.f("pk_booking")),
    )
    op.create_table(
        "talk_result",
        sa.Column("talk_id", sa.String(100), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["booking.talk_id"], name=op.f("fk_talk_result_talk_id")),
        sa.PrimaryKeyConstraint("talk_id", name=op.f("pk_talk_result")),
    )
