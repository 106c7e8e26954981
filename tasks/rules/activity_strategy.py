"""Whom we write to and when: outreach that does not fit the company's strategy (handbook L143, decisions.md)."""

from datetime import time

import pandas as pd

from tasks.rules.activity_addresses import by_id, looked_up
from tasks.rules.activity_findings import ActivityBook, Rule, Window
from tasks.rules.activity_misfits import findings_of
from tasks.rules.activity_policy import ActivityPolicy
from tasks.rules.among import is_among
from tasks.rules.places import zones_of

_SATURDAY = 5


def strategy(
    marked: pd.DataFrame, book: ActivityBook, policy: ActivityPolicy, window: Window, sdr_roles: frozenset[str]
) -> pd.DataFrame:
    """One finding a rule and person (or account, where a touch names nobody): the columns of `ActivityReview.findings`.

    `marked` are touches with `counts` and `answers`. Only touches that count are judged, save for two rules that hold
    for machines and for colleagues who are no reps too: mail to who has opted out, calls to who asked for none. Answers
    and support never are. An account with an open opportunity, or of a customer, is in no rest period; hours are those
    of the person's own clock, of mail alone: the moment of a call or task is when somebody logged it.
    """
    touches = marked[~marked["support"].astype(bool) & ~marked["answers"].astype(bool)].reset_index(drop=True)
    counts = touches[touches["counts"].astype(bool)]
    on_customers = looked_up(counts["account_id"], by_id(book.accounts, "type")).str.lower()
    is_customer = on_customers.isin({name.casefold() for name in policy.customer_types})
    role = looked_up(counts["rep_id"], by_id(book.reps, "role")).str.lower()
    by_sdr = role.isin({name.casefold() for name in sdr_roles})
    found = [
        _about(Rule.OPTED_OUT, _opted_out(touches, book.people)),
        _about(Rule.DO_NOT_CALL, _called(touches, book.people)),
        _about(Rule.REST, _resting(counts[~is_customer], book.deals, policy.rest_days)),
        _about(Rule.CUSTOMER, counts[is_customer & by_sdr]),
        _about(Rule.HOURS, _out_of_hours(counts, book.people, policy.day_begins, policy.day_ends)),
    ]
    # An empty part would bring columns without a type.
    hits = pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)
    return findings_of(hits, book, policy, window)


def _about(rule: Rule, touches: pd.DataFrame) -> pd.DataFrame:
    """The touches of one rule, with how to say it: lost_on (day) and local (the person's clock) where they matter."""
    missing = pd.Series(pd.NaT, index=touches.index, dtype="datetime64[us]")
    rows = touches.assign(rule=str(rule))
    for name in ("lost_on", "local"):
        rows[name] = touches.get(name, missing)
    return rows


def _opted_out(touches: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The outbound mail to them, by hand or automated, to them alone or among several."""
    mail = touches[touches["kind"].eq("email") & touches["direction"].eq("outbound")]
    out = _those(people, "opted_out")
    to_them = mail[is_among(mail["person_id"], out)]
    if "also" not in mail:
        return to_them
    several = mail[mail["also"].notna()]
    beside = several.assign(person_id=several["also"].str.split("; ")).explode("person_id")
    beside = beside[is_among(beside["person_id"], out)].astype({"person_id": "str"})
    accounts = looked_up(beside["person_id"], by_id(people, "account_id"))
    return pd.concat([to_them, beside.assign(account_id=accounts)], ignore_index=True)


def _called(touches: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The calls of ours to them; a call of a rep that does not say its direction counts as one of ours."""
    ours = touches["direction"].eq("outbound") | touches["counts"].astype(bool)
    return touches[touches["kind"].eq("call") & ours & is_among(touches["person_id"], _those(people, "do_not_call"))]


def _those(people: pd.DataFrame, flag: str) -> pd.Series:
    return people.loc[people[flag].astype("boolean").fillna(value=False).astype(bool), "id"]


def _resting(counts: pd.DataFrame, deals: pd.DataFrame, rest_days: int) -> pd.DataFrame:
    """The touches in a rest period, with `lost_on`: the last such day."""
    closed, won = (deals[name].astype("boolean").fillna(value=False).astype(bool) for name in ("is_closed", "is_won"))
    lost = deals.loc[closed & ~won, ["account_id", "closed_on"]].dropna().rename(columns={"closed_on": "lost_on"})
    lost = lost[~lost["account_id"].isin(deals.loc[~closed, "account_id"])]
    near = counts[is_among(counts["account_id"], lost["account_id"])]
    pairs = near.rename_axis("touch").reset_index().merge(lost.drop_duplicates(), on="account_id")
    since = (pairs["day"] - pairs["lost_on"]).dt.days
    within = pairs[since.ge(0) & since.lt(rest_days)].sort_values(["touch", "lost_on"])
    return within.drop_duplicates("touch", keep="last").drop(columns="touch").reset_index(drop=True)


def _out_of_hours(counts: pd.DataFrame, people: pd.DataFrame, begins: time, ends: time) -> pd.DataFrame:
    """The mail outside the working day on all clocks its person may have, with `local`: the time on the first one."""
    mail = counts[counts["kind"].eq("email") & counts["at"].notna() & counts["person_id"].notna()]
    met = people[is_among(people["id"], mail["person_id"])].drop_duplicates("id")
    every = zones_of(met).set_axis(pd.Index(met["id"]))
    clocks = [every.str[place].astype("str") for place in range(int(every.str.len().max() if len(every) else 0))]
    outside = pd.Series(data=False, index=mail.index)
    local = pd.Series(pd.NaT, index=mail.index, dtype="datetime64[us]")
    for place, clock in enumerate(clocks):
        zones = looked_up(mail["person_id"], clock).astype("category")
        for zone in zones.cat.categories:
            there = zones.eq(zone)
            time_there = _on_clock(mail.loc[there, "at"], str(zone))
            late = _not_working(time_there, begins, ends)
            outside = outside.mask(there, late if place == 0 else outside[there] & late)
            local = local.mask(there & (place == 0), time_there)
    return mail[outside].assign(local=local[outside])


def _not_working(local: pd.Series, begins: time, ends: time) -> pd.Series:
    minutes = local.dt.hour * 60 + local.dt.minute
    working = minutes.between(begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute)
    outside: pd.Series = ~working | local.dt.day_of_week.ge(_SATURDAY)
    return outside


def _on_clock(moments: pd.Series, zone: str) -> pd.Series:
    local: pd.Series = moments.dt.tz_convert(zone).dt.tz_localize(None).astype("datetime64[us]")
    return local
