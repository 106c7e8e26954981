"""The ledger: effects, proposals with what was decided of them, posts, and weeks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From an empty database. There is no way back: a ledger that forgets sends twice."""
    _effects()
    _proposals()
    _results()
    _posts()
    _weeks()


def _effects() -> None:
    op.create_table(
        "effect",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("payload_sha", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("remote_id", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'done') = (remote_id IS NOT NULL)", name=op.f("ck_effect_done")),
        sa.CheckConstraint("state IN ('planned', 'sending', 'done', 'refused')", name=op.f("ck_effect_state")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_effect")),
    )
    op.create_table(
        "effect_event",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_event")),
    )
    op.create_index("ix_effect_event_key", "effect_event", ["key"])


def _proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("ritual", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_deals", sa.Integer, nullable=False),
        sa.Column("stale_after_days", sa.Integer, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("report_key", sa.String(300), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("superseded_by", sa.Text, nullable=False),
        sa.Column("deals", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_report_key", "proposal", ["report_key"])
    op.create_table(
        "decision",
        sa.Column("proposal_id", sa.String(100), nullable=False),
        sa.Column("approved", sa.JSON, nullable=False),
        sa.Column("loss_reason", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_decision")),
    )


def _results() -> None:
    op.create_table(
        "undo",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("proposal_id", sa.String(100), nullable=False),
        sa.Column("records", sa.JSON, nullable=False),
        sa.Column("undone_by", sa.Text, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["decision.proposal_id"], name=op.f("fk_undo_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo")),
    )
    op.create_table(
        "result",
        sa.Column("proposal_id", sa.String(100), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("record_id", sa.String(18), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("sent", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("by_org", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("action IN ('close', 'undo')", name=op.f("ck_result_action")),
        sa.ForeignKeyConstraint(["proposal_id"], ["decision.proposal_id"], name=op.f("fk_result_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "action", "record_id", name=op.f("pk_result")),
    )


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("blocks", sa.JSON, nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_post")),
    )


def _weeks() -> None:
    op.create_table(
        "week",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_week")),
    )
    op.create_table(
        "week_deal",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("record_id", sa.String(18), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("owner_id", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("close_date", sa.Date),
        sa.ForeignKeyConstraint(["day"], ["week.day"], name=op.f("fk_week_deal_day")),
        sa.PrimaryKeyConstraint("day", "record_id", name=op.f("pk_week_deal")),
    )
    op.create_table(
        "ask",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("record_id", sa.String(18), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("owner_id", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("since", sa.Date),
        sa.ForeignKeyConstraint(["day"], ["week.day"], name=op.f("fk_ask_day")),
        sa.PrimaryKeyConstraint("day", "record_id", "kind", name=op.f("pk_ask")),
    )
    op.create_index("ix_ask_kind", "ask", ["kind"])
