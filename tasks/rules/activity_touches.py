"""From a month of tasks, events and mail to touches: who spoke to whom, by hand or by machine (handbook L142)."""

from dataclasses import replace

import pandas as pd

from tasks.rules.activity_addresses import (
    Receivers,
    by_id,
    domains,
    folded,
    ids_by_address,
    looked_up,
    receivers,
    senders,
)
from tasks.rules.activity_calendars import busy_of
from tasks.rules.activity_findings import ActivityBook, Touches, Window
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.among import is_among
from tasks.rules.clock import midnight, office_day, office_midnight
from tasks.rules.policy import TouchPolicy
from tasks.rules.touches import direction, is_over, is_touch, kind_of_touch, one_row_per_mail

_TOUCH = [
    "id", "kind", "direction", "automated", "support", "at", "day", "rep_id", "owner_id", "person_id", "account_id",
    "subject", "also",
]  # fmt: skip
_RECORD = ["kind_of_touch" if name == "kind" else name for name in _TOUCH]
_CASE, _ACCOUNT = "500", "001"  # how the ids of these objects begin


def touches_of(book: ActivityBook, window: Window, policy: ActivityPolicy, touch_policy: TouchPolicy) -> Touches:
    """The touches of the window (both days included, nothing after `until`), and what is booked after it.

    A mail and the task that Salesforce keeps beside it are one touch, and so is a mail to several people: it is about
    the person of its task, else about the first of its receivers whom Salesforce knows. `touches` has one column more
    than the contract, `also`: the ids of the other known receivers, "003…; 003…".

    No touches are internal calls, mail among ourselves (nobody known, every address at a domain of our reps), drafts,
    plain to-dos, and meetings that were cancelled or concern neither a person nor an account.
    """
    frame = _communication(book.activities, touch_policy)
    frame = _between(frame, book, policy)
    frame = frame.assign(
        automated=_automated(frame, policy, touch_policy),
        support=_support(frame, book.reps, policy),
        day=office_day(frame["at"], window.time_zone).fillna(frame["due"]),
    )
    over = is_over(frame, frame["kind"].eq("event"), window.until, window.time_zone)
    within = frame["day"].ge(midnight(window.first)) & frame["day"].le(midnight(window.last))
    ahead = frame[frame["kind"].eq("event") & ~over]
    starts = ahead["at"].fillna(office_midnight(ahead["due"], window.time_zone))
    touches = frame.loc[within & over, _RECORD].rename(columns={"kind_of_touch": "kind"})[_TOUCH]
    touches = touches.sort_values(["day", "at", "id"], na_position="first", ignore_index=True)
    return Touches(
        touches=touches,
        booked=ahead.assign(starts=starts)[["person_id", "account_id", "starts"]].reset_index(drop=True),
        busy=busy_of(book, window),
        unnamed=int((touches["person_id"].isna() & touches["account_id"].isna()).sum()),
    )


def _communication(activities: pd.DataFrame, policy: TouchPolicy) -> pd.DataFrame:
    """What people and machines of ours and of theirs said to each other: one row a mail, with task_owner_id."""
    tasks = activities[activities["kind"].eq("task")]
    frame = one_row_per_mail(activities.drop_duplicates("id"))
    everything = replace(
        policy,
        counted_subtypes=policy.counted_subtypes | policy.automated_subtypes,
        automated_subtypes=frozenset(),
        automated_subjects=(),
        ignored_users=frozenset(),
    )
    is_event = frame["kind"].eq("event")
    copy = frame["is_child"].astype("boolean").fillna(value=False).astype(bool)
    # By its subject a meeting is cancelled; a mail is automatic, and is shown as that.
    cancelled = ~is_touch(frame[is_event], replace(policy, ignored_users=frozenset()))
    cancelled = cancelled.reindex(frame.index, fill_value=False)
    frame = frame[is_touch(frame, everything) & ~copy & ~cancelled].reset_index(drop=True)
    # The moments of an all-day event are midnights in UTC: in Los Angeles it would fall on the day before.
    days_only = frame["all_day"].astype(bool) & frame["kind"].eq("event")
    day = frame["at"].dt.tz_localize(None).dt.normalize()
    return frame.assign(
        task_owner_id=looked_up(frame["activity_id"], by_id(tasks, "owner_id")),
        due=frame["due"].mask(days_only & frame["due"].isna(), day),
        at=frame["at"].mask(days_only),
    )


def _between(frame: pd.DataFrame, book: ActivityBook, policy: ActivityPolicy) -> pd.DataFrame:
    """With sender (folded), direction, kind_of_touch, person_id, also, account_id, rep_id, owner_id and captured."""
    sender, to = senders(frame["sender"]), receivers(frame["receivers"])
    reps = ids_by_address(book.reps)
    # Of a contact and a lead with one address the contact is the later record.
    people = ids_by_address(book.people.sort_values(["kind", "id"]))
    rep, person = looked_up(sender, reps), looked_up(sender, people)
    way = _direction(frame, rep, person)
    inbound, outbound = way.eq("inbound"), way.eq("outbound")
    person = frame["who_id"].fillna(person.where(inbound)).fillna(to.first(people).where(outbound))
    rows = frame.assign(
        sender=sender,
        direction=way,
        kind_of_touch=kind_of_touch(frame),
        person_id=person,
        also=to.others(people, person).where(outbound),
        account_id=_account(frame, person, book),
        rep_id=_rep(frame, rep.where(outbound).fillna(to.first(reps).where(inbound)), book.reps),
        owner_id=frame["task_owner_id"].fillna(frame["owner_id"]),
        captured=receivers(frame["bcc"]).any_in(policy.capture_addresses) & ~inbound,
    )
    meets_nobody = frame["kind"].eq("event") & person.isna() & rows["account_id"].isna()
    left = rows[~meets_nobody & ~_among_us(sender[person.isna()], to, book.reps)]
    return left.drop(columns=["receivers", "bcc", "activity_id", "task_owner_id", "who", "who_id"])


def _direction(frame: pd.DataFrame, rep: pd.Series, person: pd.Series) -> pd.Series:
    """As `touches.direction`; of a mail without the flag by its sender."""
    way = direction(frame)
    open_mail = way.eq("unknown") & frame["kind"].eq("email")
    return way.mask(open_mail & person.notna(), "inbound").mask(open_mail & rep.notna(), "outbound")


def _account(frame: pd.DataFrame, person: pd.Series, book: ActivityBook) -> pd.Series:
    """The account of each row: its own, that of the deal it is filed on, the account it is filed on, the person's."""
    filed = frame["what_id"]
    on_account = filed.str.startswith(_ACCOUNT).fillna(value=False) | is_among(filed, book.accounts["id"])
    account = frame["account_id"].fillna(looked_up(filed, by_id(book.deals, "account_id")))
    return account.fillna(filed.where(on_account)).fillna(looked_up(person, by_id(book.people, "account_id")))


def _rep(frame: pd.DataFrame, by_address: pd.Series, reps: pd.DataFrame) -> pd.Series:
    """The rep of each row, missing where it was somebody else: by the mail's addresses, else the owner.

    An integration user often creates the mail: the owner of its task is asked first.
    """
    rep = by_address
    for owner in ("task_owner_id", "owner_id"):
        rep = rep.fillna(frame[owner].where(frame[owner].isin(reps["id"])))
    return rep


def _among_us(sender: pd.Series, to: Receivers, reps: pd.DataFrame) -> pd.Series:
    """Whether each mail is one of ours to ours (a mask); `sender` has only those that concern nobody known."""
    ours = set(domains(folded(reps["email"])).dropna())
    return domains(sender).isin(ours).reindex(to.text.index, fill_value=False) & to.all_at(ours)


def _automated(frame: pd.DataFrame, policy: ActivityPolicy, touch_policy: TouchPolicy) -> pd.Series:
    """Sent by a machine, or an automatic reply or bounce of theirs (a mask)."""
    machine = ~is_touch(frame, replace(touch_policy, ignored_users=frozenset()))  # by its subtype or subject
    signs = {sign.strip().casefold() for sign in policy.automated_senders}
    beginnings = tuple(sign for sign in signs if sign.endswith("@"))
    sender = frame["sender"].fillna("")
    signed = sender.isin(signs) | (sender.str.startswith(beginnings) if beginnings else False)
    ignored = frame["owner_id"].str[:15].isin({user[:15] for user in touch_policy.ignored_users})
    by_bot = ignored & frame["rep_id"].isna() & frame["direction"].ne("inbound")
    return (machine | signed | frame["captured"] | by_bot).astype(bool)


def _support(frame: pd.DataFrame, reps: pd.DataFrame, policy: ActivityPolicy) -> pd.Series:
    """Mail and tasks on a case, and whatever a rep of a support role does (a mask)."""
    roles = {role.casefold() for role in policy.support_roles}
    on_case = frame["case_id"].notna() | frame["what_id"].str.startswith(_CASE).fillna(value=False)
    return (on_case | looked_up(frame["rep_id"], by_id(reps, "role")).str.lower().isin(roles)).astype(bool)
