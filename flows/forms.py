"""What a person fills in when they start a ritual in the Prefect UI, with labels and bounds."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class PipelineReviewForm(BaseModel):
    """The weekly opportunity pipeline review."""

    model_config = ConfigDict(title="Pipeline review", extra="forbid", frozen=True)

    as_of: date | None = Field(
        default=None,
        title="As of",
        description="The day to judge. Leave empty for the day the run was scheduled for. To give one, choose date.",
    )
    owner_or_team: str = Field(
        default="",
        title="Owner or team",
        max_length=120,
        description="Only the deals of this opportunity owner, or of everybody with this role. Full name. Empty: all.",
    )
    stale_after_days: int | None = Field(
        default=None,
        title="Stale after (days)",
        ge=7,
        le=365,
        description="Days without communication from which closing is proposed. Empty: as in the settings (45). "
        "To give a number, choose int.",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show the report in this run's artifacts only. Off: post it to Slack.",
    )
    channel: str = Field(
        default="",
        title="Slack channel",
        pattern=r"^([CG][A-Z0-9]{2,})?$",
        description="Id of the channel to post to, such as C030A767HQV. Empty: the channel of the settings.",
    )


class DecisionForm(BaseModel):
    """Close opportunities that a pipeline review proposed."""

    model_config = ConfigDict(title="Decision", extra="forbid", frozen=True)

    proposal: str = Field(
        default="",
        title="Proposal",
        max_length=100,
        description="Its name, as the report's Decide button fills it in, such as 2026-11-23-3f9a1c.",
    )
    opportunities: list[str] = Field(
        default_factory=list,
        title="Only these opportunities",
        description="Names or ids of those to close; the others are kept. Empty: all that were proposed.",
    )
    keep: list[str] = Field(
        default_factory=list,
        title="Keep these open",
        description="Names or ids of those not to close, when that is the shorter list. Empty: none.",
    )
    loss_reason: str = Field(
        default="",
        title="Loss reason",
        max_length=255,
        description="A value of the org's own list. A wrong one is refused with the values there are.",
    )
    decided_by: str = Field(
        default="",
        title="Decided by",
        max_length=120,
        description="Your full name, as it is on the list of those who may decide.",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show what would be closed in this run's artifacts only. Off: close it in Salesforce.",
    )


class UndoForm(BaseModel):
    """Undo a decision to close opportunities."""

    model_config = ConfigDict(title="Undo", extra="forbid", frozen=True)

    proposal: str = Field(
        default="",
        title="Proposal",
        max_length=100,
        description="The one whose decision to undo, as the report's Undo button fills it in.",
    )
    opportunities: list[str] = Field(
        default_factory=list,
        title="Only these opportunities",
        description="Names or ids of those to restore. Empty: all that the decision closed.",
    )
    undone_by: str = Field(
        default="",
        title="Undone by",
        max_length=120,
        description="Your full name, as it is on the list of those who may decide.",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show what would be restored in this run's artifacts only. Off: restore it in Salesforce.",
    )
