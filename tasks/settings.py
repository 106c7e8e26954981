"""Every address, token, channel and rule value of an installation, read from the environment or a `.env` file.

Names are prefixed with `RITUALS_`; the values of a rule are nested with two underscores, for example
`RITUALS_PIPELINE__STALE_AFTER_DAYS=60`. Nothing here is read at import: call `settings()` inside a task.
"""

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from tasks.log_filter import guard_logs
from tasks.rules.activity_policy import ActivityPolicy, CoachingPolicy, RepPolicy
from tasks.rules.feedback_policy import FeedbackPolicy, SupportPolicy
from tasks.rules.policy import ClosingPolicy, DaskPolicy, PipelinePolicy, TouchPolicy
from tasks.rules.validation_policy import ValidationPolicy
from tasks.secrets_filter import learn, secrets_of

guard_logs()
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and never shows its value."""


def _safe_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError("must begin with https:// (plain http only on this machine)")
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("must be a plain address such as https://acme.my.salesforce.com")
    return url


def _field_name(name: str) -> str:
    if name and not name.replace("_", "").isalnum():
        raise ValueError("must be the API name of a Salesforce field, such as Next_Step_Due__c")
    return name


Address = Annotated[str, AfterValidator(_safe_address)]
FieldName = Annotated[str, AfterValidator(_field_name)]


class Settings(BaseSettings):
    """One installation. Secrets are `SecretStr`: printing them shows stars."""

    model_config = SettingsConfigDict(
        env_prefix="RITUALS_", env_file=".env", env_nested_delimiter="__", extra="ignore", frozen=True
    )

    salesforce_url: Address = Field(
        description="My Domain of the org, e.g. https://acme.my.salesforce.com; also where the login goes"
    )
    salesforce_client_id: str = Field(min_length=1, description="Consumer key of the connected app")
    salesforce_client_secret: SecretStr | None = Field(
        default=None, description="Consumer secret, for the client credentials flow"
    )
    salesforce_username: str | None = Field(
        default=None, description="User to act as in the JWT bearer flow (with salesforce_private_key)"
    )
    salesforce_private_key: SecretStr | None = Field(
        default=None, description="RSA private key in PEM, for the JWT bearer flow"
    )
    salesforce_api_version: str = Field(default="67.0", pattern=r"^\d\d\.0$", description="REST API version")
    salesforce_daily_share: float = Field(
        default=0.9,
        gt=0,
        le=1,
        description="A run stops before the org has used this share of its day's API calls",
    )
    salesforce_link_url: Address | None = Field(
        default=None, description="Where links to records point; the org's address when empty"
    )
    salesforce_open_list: str = Field(
        default="lightning/o/Opportunity/list?filterName=AllOpportunities",
        description="Path of the list view of open opportunities that the report links to",
    )
    salesforce_activity_report: str = Field(
        default="",
        description="Path of the activity report or dashboard that the activity review links to; empty: no button",
    )
    salesforce_next_step_due_field: FieldName = Field(
        default="",
        description="Opportunity field with the date the next step is due; empty when there is none",
    )
    salesforce_open_quote_field: FieldName = Field(
        default="", description="Opportunity field that tells of an open quote; empty when there is none"
    )
    salesforce_currency_field: FieldName = Field(
        default="", description="CurrencyIsoCode in an org with several currencies, else empty"
    )
    salesforce_loss_reason_field: FieldName = Field(
        default="", description="Opportunity picklist with the reason a deal was lost; empty when there is none"
    )
    salesforce_subscription_end_field: FieldName = Field(
        default="",
        description="Opportunity field with the day on which the subscription ends; empty when there is none",
    )
    salesforce_person_zone_field: FieldName = Field(
        default="", description="Field of contacts and leads with their time zone (Europe/Berlin); empty: by address"
    )
    salesforce_bulk_above: int = Field(
        default=100_000, ge=0, description="Activity rows above which Bulk API 2.0 is used instead of REST"
    )

    slack_url: Address = Field(default="https://slack.com/api/", description="Slack's Web API, with the last slash")
    slack_token: SecretStr = Field(description="Bot token of our own Slack app (xoxb-…)")
    slack_channel: str = Field(pattern=r"^[CG][A-Z0-9]+$", description="Id of the channel the reports go to")
    activity_channel: str = Field(
        default="",
        pattern=r"^([CGD][A-Z0-9]+)?$",
        description="Id of the CRO's private channel or direct message, to which alone the activity review goes",
    )
    slack_customer_channels: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict, description='Customer channel id to Salesforce account id: {"C02…": "001…"}'
    )

    slack_owners: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict, description='Salesforce user id to Slack member id, to mention owners: {"005…": "U02…"}'
    )

    slack_app_token: SecretStr | None = Field(
        default=None, description="App-level token (xapp-…) of deployments.slack_app, which alone needs it"
    )
    slack_deciders: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict,
        description='Who may start rituals and decide from Slack, by member id: {"U02…": "Full Name"}, named as '
        "in deciders or feedback__filers; while empty, buttons lead to Prefect",
    )

    github_url: Address = Field(default="https://api.github.com", description="GitHub's REST API")
    github_token: SecretStr | None = Field(
        default=None, description="Fine-grained token that may read and write issues of the private repository"
    )
    zendesk_url: Address | None = Field(
        default=None, description="Zendesk of the support team, https://acme.zendesk.com; empty: no tickets"
    )
    zendesk_email: str = Field(default="", description="The agent whose API token zendesk_token is")
    zendesk_token: SecretStr | None = Field(default=None, description="API token, with zendesk_email")
    zendesk_oauth_token: SecretStr | None = Field(
        default=None, description="OAuth access token (tickets:read tickets:write), instead of zendesk_email and token"
    )
    expectations_folder: Path | None = Field(
        default=None, description="Folder of the files that say what Salesforce must look like; ours when empty"
    )

    deciders: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(), description="Who may decide: full names as they sign in the form; nobody when empty"
    )
    ledger_url: SecretStr = Field(
        default=SecretStr("sqlite:///ledger.db"),
        description="Database of what was proposed, decided and written; in production PostgreSQL",
    )

    holidays: Annotated[frozenset[date], NoDecode] = Field(
        default=frozenset(), description="Days on which nobody works, beside the U.S. federal holidays"
    )
    max_late_hours: int = Field(
        default=12,
        ge=1,
        description="A scheduled run that starts later than this says so once and does nothing",
    )

    touches: TouchPolicy = Field(
        default_factory=TouchPolicy, description="What counts as communication (decisions: Communications)"
    )
    pipeline: PipelinePolicy = Field(
        default_factory=PipelinePolicy,
        description="Rule values of the weekly pipeline review (handbook L104)",
    )
    closing: ClosingPolicy = Field(
        default_factory=ClosingPolicy, description="How a decision to close is carried out and undone"
    )
    reps: RepPolicy = Field(default_factory=RepPolicy, description="Whose activity is reviewed (handbook L142)")
    activity: ActivityPolicy = Field(
        default_factory=ActivityPolicy, description="What is too frequent, and who is forgotten (handbook L138, L143)"
    )
    coaching: CoachingPolicy = Field(
        default_factory=CoachingPolicy, description="When a coaching talk may be, and who holds it (handbook L143)"
    )
    validation: ValidationPolicy = Field(
        default_factory=ValidationPolicy,
        description="How Salesforce is held against the handbook, and where discrepancies go (handbook L146)",
    )
    support: SupportPolicy = Field(
        default_factory=SupportPolicy, description="When support is open, and how soon it answers (handbook L43, L76)"
    )
    feedback: FeedbackPolicy = Field(
        default_factory=FeedbackPolicy, description="How customer feedback is swept and filed (handbook L94, L280)"
    )
    dask: DaskPolicy = Field(
        default_factory=DaskPolicy, description="How the pipeline of a very large company is read, on Dask"
    )

    @field_validator(
        "slack_customer_channels", "slack_owners", "slack_deciders", "deciders", "holidays", "touches", "pipeline",
        "closing", "reps", "activity", "coaching", "validation", "support", "feedback", mode="before",
    )  # fmt: skip
    @classmethod
    def _lists_are_json(cls, value: object) -> object:
        """Lists and tables come as JSON, also those nested in the values of a rule."""
        if isinstance(value, dict):
            return {name: cls._lists_are_json(inner) for name, inner in value.items()}
        if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
            return json.loads(value)
        return value

    @model_validator(mode="after")
    def _who_decides_in_slack(self) -> Self:
        if not (self.deciders | self.feedback.filers).issuperset(self.slack_deciders.values()):
            raise ValueError(
                "RITUALS_SLACK_DECIDERS has a name that is neither in RITUALS_DECIDERS nor in RITUALS_FEEDBACK__FILERS"
            )
        return self

    @model_validator(mode="after")
    def _ways_to_log_in(self) -> Self:
        if self.zendesk_url and not self.zendesk_oauth_token and not (self.zendesk_email and self.zendesk_token):
            raise ValueError("set RITUALS_ZENDESK_OAUTH_TOKEN, or RITUALS_ZENDESK_EMAIL with RITUALS_ZENDESK_TOKEN")
        jwt = self.salesforce_username and self.salesforce_private_key
        if not jwt and not self.salesforce_client_secret:
            raise ValueError(
                "set RITUALS_SALESFORCE_CLIENT_SECRET, "
                "or RITUALS_SALESFORCE_USERNAME with RITUALS_SALESFORCE_PRIVATE_KEY"
            )
        return self


@cache
def settings() -> Settings:
    """The settings of this process, read once.

    Raises SettingsError with one sentence that names what is missing or wrong. Values are never repeated: they may
    be secrets.
    """
    try:
        read = Settings(_env_file=os.environ.get("RITUALS_ENV_FILE", Path(".env")))
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    learn(*secrets_of(read))
    guard_logs()
    return read


def _sentence(error: ValidationError) -> str:
    problems = []
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        name = "RITUALS_" + "__".join(str(part) for part in item["loc"]).upper()
        message = item["msg"].removeprefix("Value error, ")
        if not item["loc"]:
            problems.append(message)
        elif item["type"] == "missing":
            problems.append(f"{name} is missing ({_meaning(str(item['loc'][0]))})")
        else:
            problems.append(f"{name} is wrong: {message}")
    return "Settings: " + "; ".join(problems) + ". Set it in the environment or in .env."


def _meaning(field: str) -> str:
    return Settings.model_fields[field].description or field
