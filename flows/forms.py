"""What a person fills in when they start a ritual in the Prefect UI, with labels and bounds."""

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Channel = Annotated[
    str,
    Field(
        title="Slack channel",
        pattern=r"^([CG][A-Z0-9]{2,})?$",
        description="Id of the channel to post to, such as C030A767HQV. Empty: the channel of the settings.",
    ),
]
Signature = Annotated[
    str,
    Field(
        title="Decided by",
        max_length=120,
        description="Your full name, as it is on the list of those who may decide.",
    ),
]


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
    channel: Channel = ""


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
    decided_by: Signature = ""
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


class ActivityReviewForm(BaseModel):
    """The monthly rep activity review."""

    model_config = ConfigDict(title="Rep activity review", extra="forbid", frozen=True)

    as_of: date | None = Field(
        default=None,
        title="As of",
        description="The last day to review. Leave empty for the day the run was scheduled for. To give one, choose "
        "date.",
    )
    rep: str = Field(
        default="", title="Rep", max_length=120, description="Only what concerns this rep. Full name. Empty: all reps."
    )
    window_days: int | None = Field(
        default=None,
        title="Days",
        ge=7,
        le=92,
        description="How many days are reviewed. Empty: as in the settings (30). To give a number, choose int.",
    )
    unanswered_amber: int | None = Field(
        default=None,
        title="Unanswered in a row, amber",
        ge=1,
        le=50,
        description="So many unanswered touches of one person. Empty: as in the settings (4). To give a number, choose "
        "int.",
    )
    unanswered_red: int | None = Field(
        default=None,
        title="Unanswered in a row, red",
        ge=1,
        le=50,
        description="So many are red. Empty: as in the settings (6). To give a number, choose int.",
    )
    gap_days: int | None = Field(
        default=None,
        title="Days between",
        ge=1,
        le=30,
        description="Two unanswered touches fewer days apart are too close. Empty: as in the settings (3). To give a "
        "number, choose int.",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show the report, with names, in this run's artifacts, which everybody who opens Prefect can "
        "read. Off: post it to the CRO alone.",
    )
    channel: str = Field(
        default="",
        title="Slack channel",
        pattern=r"^([CGD][A-Z0-9]{2,})?$",
        description="Id of a private channel or direct message to post to. Empty: the CRO's, as in the settings.",
    )

    @property
    def limits(self) -> dict[str, int | None]:
        """What was asked for instead of the values of the settings; None where nothing was."""
        return self.model_dump(include={"window_days", "unanswered_amber", "unanswered_red", "gap_days"})


Checked = Literal["Tabs", "Account", "Opportunity", "Contact", "Lead"]
EVERYTHING: tuple[Checked, ...] = get_args(Checked)


class ValidationForm(BaseModel):
    """The monthly check of Salesforce against the handbook."""

    model_config = ConfigDict(title="Salesforce check", extra="forbid", frozen=True)

    objects: list[Checked] = Field(
        default_factory=lambda: list(EVERYTHING),
        title="What to check",
        min_length=1,
        description="The tabs, and the objects whose pages and records are held against the handbook.",
    )
    profile: str = Field(
        default="",
        title="Profile",
        max_length=80,
        description="Whose view of Salesforce is judged, by the profile's name. Empty: as in the settings.",
    )
    records: bool = Field(
        default=True,
        title="Records",
        description="On: also hold the values of records against the handbook. Off: pages, tabs and list views alone.",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show the report in this run's artifacts only, and remember nothing. Off: post it to Slack.",
    )
    channel: Channel = ""


class BookingForm(BaseModel):
    """Book coaching talks that an activity review drafted."""

    model_config = ConfigDict(title="Coaching talks", extra="forbid", frozen=True)

    talks: list[str] = Field(
        default_factory=list,
        title="Talks",
        max_length=100,
        description="Their names, as the report's button fills them in. Remove those that are not to be booked.",
    )
    decided_by: Signature = ""
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: check the order and whether the times are free, write nothing. Off: book them in Salesforce.",
    )


class FilingForm(BaseModel):
    """File discrepancies that a Salesforce check found."""

    model_config = ConfigDict(title="Discrepancies to file", extra="forbid", frozen=True)

    findings: list[str] = Field(
        default_factory=list,
        title="Findings",
        max_length=500,
        description="Their keys, as the report's button fills them in. Remove those that are not to be filed. Empty: "
        "none, only the comments below.",
    )
    comment_on_fixed: bool = Field(
        default=True,
        title="Comment on what is fixed",
        description="On: an issue whose discrepancy is fixed, as the newest check found, gets one comment that says "
        "so. Nothing is closed.",
    )
    decided_by: Signature = ""
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show what would be filed in this run's artifacts only. Off: file it on GitHub.",
    )
