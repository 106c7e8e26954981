"""What a person fills in when they start the feedback sweep, or what follows from it, in the Prefect UI."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from flows.forms import Channel, Signature

_MOMENT = "With the offset, as 2026-11-23T06:00:00-08:00. To give one, choose date-time."


class FeedbackForm(BaseModel):
    """The overnight sweep of customer feedback."""

    model_config = ConfigDict(title="Feedback sweep", extra="forbid", frozen=True)

    since: AwareDatetime | None = Field(
        default=None,
        title="Since",
        description=f"Read what was written after this moment. Empty: since the sweep before. {_MOMENT}",
    )
    until: AwareDatetime | None = Field(
        default=None,
        title="Until",
        description=f"… up to this moment, which is also when it is judged. Empty: now. {_MOMENT}",
    )
    channels: list[str] = Field(
        default_factory=list,
        title="Customer channels",
        max_length=100,
        description="Ids of the customer channels to read. Empty: all of the settings.",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show the report in this run's artifacts only, and remember nothing. Off: post it to Slack.",
    )
    channel: Channel = ""

    @property
    def is_partial(self) -> bool:
        """Whether it looks at something else than all that is new, or tells it elsewhere: then the next sweep begins
        where it would have begun without this one."""
        return bool(self.channels or self.since or self.until or self.channel)


class AfterHoursForm(BaseModel):
    """Tickets for what customers write while support is closed."""

    model_config = ConfigDict(title="After-hours support", extra="forbid", frozen=True)

    as_of: AwareDatetime | None = Field(
        default=None,
        title="As of",
        description=f"The moment to act as of. Empty: now. {_MOMENT}",
    )
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show in this run's artifacts what would be done. Off: make the tickets and reply.",
    )

    def moment(self, now: datetime) -> datetime:
        """The moment it acts as of; never one to come."""
        return min(self.as_of or now, now)


class RequestForm(BaseModel):
    """File customer requests that a feedback sweep drafted, as public issues under the customer's codename."""

    model_config = ConfigDict(title="Customer requests to file", extra="forbid", frozen=True)

    requests: list[str] = Field(
        default_factory=list,
        title="Requests",
        max_length=100,
        description="Their keys, as the report's button fills them in. Remove those that are not to be filed.",
    )
    title: str = Field(
        default="",
        title="Other title",
        max_length=200,
        description="Instead of the drafted one, where one request is filed. Everybody can read it.",
    )
    text: str = Field(
        default="",
        title="Other text",
        max_length=20_000,
        description="Instead of the drafted one, where one request is filed. Everybody can read it.",
        json_schema_extra={"format": "textarea"},
    )
    tell_customer: bool = Field(
        default=False,
        title="Tell the customer",
        description="On: reply in the customer's thread with the link to the issue.",
    )
    decided_by: Signature = ""
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show what would be filed in this run's artifacts only. Off: file it on GitHub.",
    )


class CodenameForm(BaseModel):
    """Give a customer a codename, under which they are spoken of in public."""

    model_config = ConfigDict(title="Codename", extra="forbid", frozen=True)

    account: str = Field(
        default="",
        title="Account",
        max_length=120,
        description="The customer's full name in Salesforce, or the account's id.",
    )
    decided_by: Signature = ""
    dry_run: bool = Field(
        default=True,
        title="Dry run",
        description="On: show in this run's artifacts which name it would be. Off: keep it, and make the labels.",
    )
