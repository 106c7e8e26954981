"""Who is who in what the activity review read: reps and their managers, people outside, accounts; and who is missing.

Pure: frames in, frames out. Raw frames are as the columns of `salesforce_activity_columns.py` name them.
"""

from collections.abc import Iterable

import pandas as pd

from tasks.rules.among import is_called
from tasks.rules.clock import office_day
from tasks.salesforce_activity_columns import ACCOUNT, DEAL, MANAGER, PEOPLE, REP
from tasks.salesforce_activity_queries import Missing
from tasks.salesforce_frames import conform
from tasks.salesforce_pages import Frames
from tasks.settings import Settings

LONGEST_ADDRESS = 80  # a contact's Email holds no more: what is longer is nobody's
MOST_ADDRESSES = 20_000  # 36 calls
_ITS_ACCOUNT = ["account_id", "account", "account_owner_id", "account_type"]  # in the order of ACCOUNT


def reps_of(users: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The reps among the users that were read, by name: `ActivityBook.reps`. Never an ignored user."""
    named = settings.reps
    ours = is_called(users["role"], named.roles) | is_called(users["profile"], named.profiles) | _is(users, named.users)
    reps = users[users["active"].eq(other=True) & ours & ~_is(users, settings.touches.ignored_users)]
    return conform(reps.sort_values(["name", "id"], ignore_index=True), REP)


def managers_of(users: pd.DataFrame, reps: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The reps' managers, and the one of the settings: `ActivityBook.managers`."""
    theirs = users.loc[users["id"].isin(reps["id"]) & users["manager_id"].notna()]
    theirs = theirs[["manager_id", "manager", "manager_zone", "manager_active"]].set_axis(list(MANAGER), axis=1)
    stand_in = users[_is(users, {settings.coaching.manager} - {""})]
    both = pd.concat([theirs, conform(stand_in, MANAGER)])
    return both.drop_duplicates("id", ignore_index=True)


def nobody_is(users: pd.DataFrame, settings: Settings) -> list[str]:
    """A sentence for each role, profile or id of the settings that no active user has."""
    active, named = users[users["active"].eq(other=True)], settings.reps
    known = {name: set(active[name].dropna().str.lower()) for name in ("role", "profile")}
    ids = set(active["id"].str[:15])
    return [
        *(f"No active user has the role “{role}” of RITUALS_REPS__ROLES." for role in sorted(named.roles)
          if role.lower() not in known["role"]),
        *(f"No active user has the profile “{profile}” of RITUALS_REPS__PROFILES." for profile in sorted(named.profiles)
          if profile.lower() not in known["profile"]),
        *(f"No active user has the id {user} of RITUALS_REPS__USERS." for user in sorted(named.users)
          if user[:15] not in ids),
    ]  # fmt: skip


def people_of(frames: Frames) -> pd.DataFrame:
    """`ActivityBook.people` of the contacts and leads that were read."""
    contacts = conform(frames["contacts"].assign(kind="contact"), PEOPLE)
    leads = conform(frames["leads"].assign(kind="lead"), PEOPLE)
    return pd.concat([contacts, leads]).drop_duplicates("id", ignore_index=True)


def accounts_of(frames: Frames) -> pd.DataFrame:
    """`ActivityBook.accounts`: those that were read, and those that people and opportunities brought with them."""
    brought = [frames[name][_ITS_ACCOUNT].set_axis(list(ACCOUNT), axis=1) for name in ("contacts", "opportunities")]
    every = pd.concat([frames["accounts"], *(frame.drop_duplicates("id") for frame in brought)])
    return every.dropna(subset="id").drop_duplicates("id", ignore_index=True)


def deals_of(opportunities: pd.DataFrame, time_zone: str) -> pd.DataFrame:
    """`ActivityBook.deals`. One that never changed its stage was made as a lost one: then its close date counts."""
    closed_on = office_day(opportunities["closed_at"], time_zone).fillna(opportunities["close_date"])
    return conform(opportunities.assign(closed_on=closed_on.where(opportunities["is_closed"].eq(other=True))), DEAL)


def missing_of(frames: Frames) -> Missing:
    """Whom activities name and `frames` do not have."""
    named = _different([frames[kind]["who_id"] for kind in ("tasks", "events")])
    accounts = _different(
        [frames[kind]["account_id"] for kind in ("tasks", "events")]
        + [frames[kind]["what_id"] for kind in ("tasks", "events", "mail")]
    )
    return Missing(
        contacts=_unread(named[named.str.startswith("003")], frames["contacts"]["id"]),
        leads=_unread(named[named.str.startswith("00Q")], frames["leads"]["id"]),
        accounts=_unread(accounts[accounts.str.startswith("001")], accounts_of(frames)["id"]),
        addresses=_unknown_addresses(frames),
    )


def _unknown_addresses(frames: Frames) -> list[str]:
    """The addresses, most frequent first, outside our own reps', of mails whose task names nobody or is not there."""
    mail, tasks = frames["mail"], frames["tasks"]
    named = pd.Index(tasks.loc[tasks["who_id"].notna(), "id"])
    nameless = mail[named.get_indexer(pd.Index(mail["activity_id"])) < 0]
    came_in = nameless["incoming"].eq(other=True)
    written = pd.concat([nameless.loc[came_in, "sender"], nameless.loc[~came_in, "receivers"]]).dropna()
    each = written.str.split(";").explode().str.strip().str.lower()
    plain = each[each.str.contains("@", regex=False) & each.str.len().le(LONGEST_ADDRESS)]
    known = pd.concat([frames[name]["email"] for name in ("contacts", "leads", "users")]).str.lower()
    counted = plain[~plain.isin(known.dropna())].value_counts().rename_axis("address").reset_index()
    ordered = counted.sort_values(["count", "address"], ascending=[False, True])
    return [str(address) for address in ordered["address"]]


def _different(columns: Iterable[pd.Series]) -> pd.Series:
    each = [pd.Series(column.dropna().unique(), dtype="str") for column in columns]
    return pd.concat(each, ignore_index=True).drop_duplicates()


def _unread(named: pd.Series, known: pd.Series) -> list[str]:
    return sorted(named[~named.isin(known.dropna())])


def _is(users: pd.DataFrame, ids: Iterable[str]) -> pd.Series:
    """Which users are meant by ids of 15 or 18 characters."""
    return users["id"].str[:15].isin([user[:15] for user in ids])
