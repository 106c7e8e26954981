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
