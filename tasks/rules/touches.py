"""What counts as a touch (communication between a person of ours and a person of theirs), and whose deal it is on.

`activities` have the columns id, kind (task, event, email), subtype, type, call_type, what_id, who_id, account_id,
owner_id, incoming (boolean, missing where unknown), at (moment), due (day), ends (moment, of events), subject, who.
Optional: closed (a completed task, a mail that is no draft; else every row is taken to be), activity_id (an email's
task), all_day (an event whose moments are only its days in UTC).
"""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from tasks.rules.among import is_among, is_called
from tasks.rules.clock import midnight, office_day, office_midnight
from tasks.rules.findings import Level
from tasks.rules.policy import TouchPolicy

_OPTIONAL = {"closed": True, "all_day": False, "activity_id": None}
_FROM_TASK = ("what_id", "who_id", "account_id", "subtype")
_KINDS = {"call": "call", "email": "email", "linkedin": "linkedin", "meeting": "meeting"}
_TOUCH = ["opportunity_id", "level", "counts", "kind", "direction", "at", "due", "subject", "who", "record_id"]
_BOOKED = ["opportunity_id", "level", "starts", "subject"]


@dataclass(frozen=True)
class Attributed:
    """`touches` and `booked` as `findings.Book` describes them."""

    touches: pd.DataFrame
    booked: pd.DataFrame


def attribute(
    activities: pd.DataFrame,
    roles: pd.DataFrame,
    opportunities: pd.DataFrame,
    policy: TouchPolicy,
    now: datetime,
    *,
    time_zone: str,
) -> Attributed:
    """The touches of each open deal up to `now` (aware), and its meetings that are not over, by days of `time_zone`.

    An activity belongs to the deal it is filed on; else to the deals on which its person has a contact role; else to
    those of its account, where it counts only when that account has no other open deal. What is filed on another
    open deal is about that one, and says nothing of its neighbours on the account.

    `roles` are the contact roles (opportunity_id, contact_id, contact); `opportunities` are all open deals (id,
    account_id). A closed task without a moment of completion and with a due day to come has not happened.
    """
    frame = one_row_per_mail(activities)
    frame = frame[is_touch(frame, policy)].reset_index(drop=True)
    is_event = frame["kind"].eq("event")
    # An all-day event's moments are midnights in UTC: in Los Angeles it would fall on the day before.
    frame["at"] = frame["at"].mask(frame["all_day"].astype(bool) & is_event)
    over = is_over(frame, is_event, now, time_zone)
    starts = frame["at"].fillna(office_midnight(frame["due"], time_zone))
    frame = frame.assign(
        direction=direction(frame), kind=kind_of_touch(frame), over=over, starts=starts, ahead=~over & is_event
    )
    belongs = _belongs(frame, roles, opportunities).set_index("activity")
    rows = frame.rename(columns={"id": "record_id"}).join(belongs, how="inner").reset_index(drop=True)
    rows["who"] = rows["who"].fillna(rows["contact"])
    return Attributed(
        touches=rows.loc[rows["over"], _TOUCH].reset_index(drop=True),
        booked=rows.loc[rows["ahead"], _BOOKED].reset_index(drop=True),
    )


def completed(activities: pd.DataFrame) -> pd.DataFrame:
    """The activities with a RangeIndex, and with every optional column."""
    frame = activities.reset_index(drop=True)
    for name, value in _OPTIONAL.items():
        dtype = "str" if value is None else "boolean"
        given = frame[name] if name in frame else pd.Series(value, index=frame.index, dtype=dtype)
        frame[name] = given.astype("str") if value is None else given.astype("boolean").fillna(value)
    return frame


def one_row_per_mail(activities: pd.DataFrame) -> pd.DataFrame:
    """The activities without the tasks that Salesforce keeps beside an EmailMessage.

    The mail knows its direction, the task knows more often to whom it belongs and whether it went to many: the mail
    takes those from its task. A draft does not stand for a task.
    """
    frame = completed(activities)
    mails = frame[frame["kind"].eq("email") & frame["activity_id"].notna() & frame["closed"]]
    tasks = frame[frame["kind"].eq("task") & is_among(frame["id"], mails["activity_id"])]
    if tasks.empty:
        return frame
    own_task = (
        tasks.drop_duplicates("id").set_index("id").reindex(pd.Index(mails["activity_id"])).set_index(mails.index)
    )
    for name in _FROM_TASK:
        frame[name] = frame[name].fillna(own_task[name])
    frame.loc[mails.index, "who"] = own_task["who"].fillna(mails["who"])
    return frame.drop(index=tasks.index).reset_index(drop=True)


def is_touch(activities: pd.DataFrame, policy: TouchPolicy) -> pd.Series:
    """Which activities are communication between people (a mask). Does not ask whether they have happened yet."""
    frame = completed(activities)
    plain = frame["subtype"].isna() | is_called(frame["subtype"], {"Task"})
    counted_task = is_called(frame["subtype"], policy.counted_subtypes) | (
        plain & is_called(frame["type"], policy.counted_types)
    )
    counted = frame["kind"].isin(["event", "email"]) | (frame["kind"].eq("task") & counted_task)
    ours = frame["owner_id"].str[:15].isin({user[:15] for user in policy.ignored_users})
    sent_by_ours = direction(frame[ours]).ne("inbound").reindex(frame.index, fill_value=False)
    by_machine = (
        is_called(frame["subtype"], policy.automated_subtypes)
        | is_called(frame["call_type"], policy.internal_calls)
        | _automated_subject(frame["subject"], policy)
        | sent_by_ours
    )
    mask = (counted & frame["closed"] & ~by_machine).astype(bool)
    return mask.set_axis(activities.index)


def direction(activities: pd.DataFrame) -> pd.Series:
    """inbound, outbound, both (a meeting) or unknown, by the mail's flag, else by the call's type."""
    incoming = activities["incoming"].astype("boolean")
    call = activities["call_type"].str.lower()
    result = pd.Series("unknown", index=activities.index, dtype="str")
    result = result.mask(call.eq("inbound").fillna(value=False), "inbound")
    result = result.mask(call.eq("outbound").fillna(value=False), "outbound")
    result = result.mask(incoming.fillna(value=False).astype(bool), "inbound")
    result = result.mask((~incoming).fillna(value=False).astype(bool), "outbound")
    return result.mask(kind_of_touch(activities).eq("meeting"), "both")


def kind_of_touch(activities: pd.DataFrame) -> pd.Series:
    """call, email, linkedin, meeting or task, by what the record is, else by its subtype, else by its type."""
    by_subtype = activities["subtype"].str.lower().map(_KINDS)
    by_type = activities["type"].str.lower().map(_KINDS)
    kind = by_subtype.fillna(by_type).fillna("task").astype("str")
    return kind.mask(activities["kind"].eq("email"), "email").mask(activities["kind"].eq("event"), "meeting")


def is_over(frame: pd.DataFrame, is_event: pd.Series, now: datetime, time_zone: str) -> pd.Series:
    """Whether each touch has happened: a meeting once it has ended, one that fills days once they are over."""
    today = midnight(office_day(now, time_zone))
    ends = frame["ends"].fillna(frame["at"])
    last_day = frame["due"].fillna(office_day(frame["at"], time_zone))
    last_day = last_day.where(~frame["all_day"].astype(bool), ends.dt.tz_localize(None).dt.normalize().fillna(last_day))
    event_over = (ends <= now).where(frame["at"].notna(), ~(last_day >= today))
    done = ~(frame["at"] > now) & (frame["at"].notna() | ~(frame["due"] > today))
    return done.where(~is_event, event_over).astype(bool)


def _belongs(frame: pd.DataFrame, roles: pd.DataFrame, opportunities: pd.DataFrame) -> pd.DataFrame:
    """activity (position in `frame`), opportunity_id, level, counts, contact: once for each deal, at its best level."""
    deals = opportunities[["id", "account_id"]].rename(columns={"id": "opportunity_id"})
    deals = deals.sort_values("opportunity_id").reset_index(drop=True).rename_axis("deal").reset_index()
    place = frame[["what_id", "who_id", "account_id"]].rename_axis("activity").reset_index()
    place["deal"] = pd.Index(deals["opportunity_id"]).get_indexer(pd.Index(place["what_id"]))
    on_deal = place.loc[place["deal"].ge(0), ["activity", "deal"]]
    elsewhere = place[place["deal"].lt(0)]
    people = roles.dropna(subset="contact_id").merge(deals, on="opportunity_id")[["deal", "contact_id", "contact"]]
    met = place.loc[is_among(place["who_id"], people["contact_id"]), ["activity", "who_id"]]
    on_person = met.merge(people, left_on="who_id", right_on="contact_id")
    accounts = deals.dropna(subset="account_id")
    accounts = accounts.assign(counts=~accounts["account_id"].duplicated(keep=False))
    filed_on = elsewhere["what_id"].where(
        is_among(elsewhere["what_id"], accounts["account_id"]), elsewhere["account_id"]
    )
    on_account = elsewhere[["activity"]].assign(account_id=filed_on).merge(accounts, on="account_id")
    found = [
        on_deal.assign(level=str(Level.OPPORTUNITY), counts=True),
        on_person.assign(level=str(Level.CONTACT_ROLE), counts=True),
        on_account.assign(level=str(Level.ACCOUNT)),
    ]
    columns = ["activity", "deal", "level", "counts", "contact"]
    every = pd.concat([part.reindex(columns=columns) for part in found], ignore_index=True)
    every["pair"] = every["activity"] * len(deals) + every["deal"]
    every = every.drop_duplicates("pair").sort_values("pair")
    every["opportunity_id"] = deals["opportunity_id"].take(every["deal"].to_numpy()).array
    return every.astype({"counts": bool, "contact": "str"}).drop(columns=["pair", "deal"])


def _automated_subject(subject: pd.Series, policy: TouchPolicy) -> pd.Series:
    # Salesforce puts "Email: " before the subject in the task it keeps beside a mail.
    plain = subject.str.strip().str.lower().str.removeprefix("email:").str.lstrip()
    starts = tuple(text.strip().lower() for text in policy.automated_subjects)
    return plain.str.startswith(starts).fillna(value=False) if starts else plain.isna() & False
