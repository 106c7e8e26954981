"""What every company has before its first deal: profiles, roles, stages, statuses, users."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deployments.sandbox.company.ids import record_id
from deployments.sandbox.company.model import Table
from deployments.sandbox.company.people import PROFILES, ROLES, Colleague


@dataclass(frozen=True)
class Stage:
    """A value of the opportunity's stage, in the order of the sales process; probability in percent."""

    name: str
    probability: int
    forecast: str
    closed: bool = False
    won: bool = False
    active: bool = True


STAGES = (
    Stage("Prospecting", 10, "Omitted", active=False),
    Stage("Discovery", 20, "Pipeline"),
    Stage("Demo", 35, "Pipeline"),
    Stage("Proposal", 60, "BestCase"),
    Stage("Negotiation", 80, "Forecast"),
    Stage("Closed Won", 100, "Closed", closed=True, won=True),
    Stage("Closed Lost", 0, "Omitted", closed=True),
)
PROBABILITY = {stage.name: stage.probability for stage in STAGES}
_STATUSES = (("Not Started", 0, 1), ("In Progress", 0, 0), ("Completed", 1, 0), ("Waiting on someone else", 0, 0))


def stage_table(stages: Sequence[Stage] = STAGES) -> Table:
    """OpportunityStage."""
    columns = (
        "Id", "MasterLabel", "ApiName", "IsActive", "SortOrder", "IsClosed", "IsWon", "ForecastCategory",
        "ForecastCategoryName", "DefaultProbability",
    )  # fmt: skip
    labels = {"BestCase": "Best Case", "Forecast": "Commit"}
    rows = tuple(
        (record_id("01J", i), s.name, s.name, int(s.active), i, int(s.closed), int(s.won), s.forecast,
         labels.get(s.forecast, s.forecast), s.probability)
        for i, s in enumerate(stages, 1)
    )  # fmt: skip
    return Table(columns, rows)


def status_table() -> Table:
    """TaskStatus."""
    columns = ("Id", "MasterLabel", "ApiName", "SortOrder", "IsClosed", "IsDefault")
    return Table(
        columns,
        tuple(
            (record_id("01T", i), name, name, i, closed, default)
            for i, (name, closed, default) in enumerate(_STATUSES, 1)
        ),
    )


def profile_table(profiles: Sequence[str] = PROFILES) -> Table:
    """Profile."""
    return Table(("Id", "Name"), tuple((record_id("00e", i), name) for i, name in enumerate(profiles, 1)))


def role_table() -> Table:
    """UserRole."""
    ids = {name: record_id("00E", i) for i, name in enumerate(ROLES, 1)}
    rows = tuple(
        (ids[name], name, name.replace(" ", "_"), ids[above] if above else None) for name, above in ROLES.items()
    )
    return Table(("Id", "Name", "DeveloperName", "ParentRoleId"), rows)


def user_table(team: Sequence[Colleague], created: str, first: int = 1, managers: Mapping[str, str] = {}) -> Table:
    """User; the ids are `record_id("005", number)`, numbered from `first`. `created` is a moment.

    `managers` are the ids of those who are not of this team, by their key.
    """
    known = {**managers, **{c.key: record_id("005", i) for i, c in enumerate(team, first)}}
    roles = {name: record_id("00E", i) for i, name in enumerate(ROLES, 1)}
    profiles = {name: record_id("00e", i) for i, name in enumerate(PROFILES, 1)}
    columns = (
        "Id", "Username", "FirstName", "LastName", "Email", "Alias", "Title", "IsActive", "UserType",
        "ProfileId", "UserRoleId", "TimeZoneSidKey", "LocaleSidKey", "EmailEncodingKey", "LanguageLocaleKey",
        "ManagerId", "CreatedDate", "LastModifiedDate", "SystemModstamp",
    )  # fmt: skip
    rows = tuple(
        (record_id("005", i), c.email, c.first or None, c.last, c.email, c.key[:8], c.title, int(c.active), "Standard",
         profiles[c.profile], roles[c.role], c.zone, "en_US", "UTF-8",
         "en_US", known.get(c.manager), created, created, created)
        for i, c in enumerate(team, first)
    )  # fmt: skip
    return Table(columns, rows)


def base_tables(team: Sequence[Colleague], created: str, stages: Sequence[Stage] = STAGES) -> dict[str, Table]:
    """All of the above by object name, parents first."""
    return {
        "Profile": profile_table(),
        "UserRole": role_table(),
        "User": user_table(team, created),
        "OpportunityStage": stage_table(stages),
        "TaskStatus": status_table(),
    }
