"""The calendars of Salesforce: when people are busy, and booking a coaching talk into two of them (handbook L143).

Nothing here is repeated: whoever books remembers what was sent, and looks with `find` before sending it again.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from urllib.parse import quote
from zoneinfo import available_timezones

import pandas as pd
from simple_salesforce.format import format_soql

from tasks.clients import NotExecuted, Refused, SalesforceDoor, Unavailable
from tasks.rules.clock import office_midnight
from tasks.rules.talks import Booked, Talk
from tasks.salesforce_answers import Answer, Said, answer_of
from tasks.salesforce_frames import Column, Columns, paths, together
from tasks.salesforce_pages import drain, start
from tasks.salesforce_queries import IDS_PER_QUERY, Read, chunks
from tasks.salesforce_writes import OpportunityWriter
from tasks.settings import Settings

_EVENT, _INVITEE = "event", "invitee"
_EVENT_ID = re.compile(r"00U[A-Za-z0-9]{15}")
_REFERENCE = "@{"  # what follows would be looked up in the answer of another part, and there is no escape for it
_ACCESS = "Give the integration user Edit Events, Create on Event, and leave to write into the calendars of both."
_NOBODY = (
    "Salesforce does not find the rep, the manager or the calendar: check that both are users there, and that the "
    "integration user may see them and create events."
)
# All-day events have no zone: their moments are midnight UTC of their first and last day, wherever the user is.
_ANYWHERE = timedelta(days=2)
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(hours=12)  # how far a day may begin before UTC's, and end after it
_COLUMNS = {
    "user_id": Column("OwnerId"),
    "starts": Column("StartDateTime", "moment"),
    "ends": Column("EndDateTime", "moment"),
    "day": Column("ActivityDate", "day"),
    "minutes": Column("DurationInMinutes", "number"),
    "all_day": Column("IsAllDayEvent", "flag"),
    "show_as": Column("ShowAs"),
}
_ZONE = {"user_id": Column("Id"), "zone": Column("TimeZoneSidKey")}


class NotBooked(Refused):
    """Salesforce refused the talk and both calendars are as they were.

    `outcome` is Booked.REFUSED or Booked.FORBIDDEN; `detail` is one line for a person, mostly in Salesforce's words.
    """

    def __init__(self, outcome: Booked, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


class CalendarWriter:
    """Reads and fills calendars through one door."""

    def __init__(self, door: SalesforceDoor, config: Settings) -> None:
        self._door = door
        self._config = config

    @cached_property
    def us(self) -> str:
        """The id (18 characters) of the user we write as. Raises as `OpportunityWriter.us`."""
        return OpportunityWriter(self._door, self._config).us

    def zones(self, user_ids: Sequence[str]) -> dict[str, str]:
        """The time zone (IANA) of each of these users, as `busy` takes them. One call.

        Raises NotBooked where one of them is no active user any more, and as `SalesforceDoor.json`.
        """
        found = self._read(_ZONE, " FROM User WHERE Id IN {} AND IsActive = true", user_ids)
        zones = dict(zip(found["user_id"], found["zone"].fillna(""), strict=True))
        if gone := sorted(set(user_ids) - set(zones)):
            remedy = "name an active manager in Salesforce or in RITUALS_COACHING__MANAGER, and review again"
            raise NotBooked(Booked.REFUSED, f"{', '.join(gone)} is no active user of Salesforce: {remedy}")
        return zones

    def busy(self, zones: Mapping[str, str], after: datetime, until: datetime) -> pd.DataFrame:
        """user_id, starts, ends (moments) of what fills calendars between two aware moments, by user and time.

        `zones` has the users whose calendars are meant, each with the time zone (IANA) in which an all-day event fills
        their days; where that is unknown it fills the day of every zone. Invitations count, events shown as free do
        not. One call for as many as 2,000 events. Raises as `SalesforceDoor.json`.
        """
        where = " FROM Event WHERE OwnerId IN {} AND StartDateTime < {} AND EndDateTime > {} AND IsDeleted = false"
        near = (until + _ANYWHERE).astimezone(UTC), (after - _ANYWHERE).astimezone(UTC)
        events = self._read(_COLUMNS, where, list(zones), *near)
        events = events[events["show_as"].ne("Free").fillna(value=True)]
        whole = events["all_day"].fillna(value=False).astype(bool)
        spans = _spans(pd.concat([events[~whole], _days(events[whole], zones)]))
        inside = (spans["starts"] < pd.Timestamp(until)) & (spans["ends"] > pd.Timestamp(after))
        return spans[inside].reset_index(drop=True)

    def find(self, talk: Talk) -> str | None:
        """The id of the event that we made for the talk, in the rep's calendar; None where there is none, or no more.

        Nobody else's event counts, whatever it is called. Raises as `SalesforceDoor.json`.
        """
        soql = format_soql(
            "SELECT Id FROM Event WHERE OwnerId = {} AND StartDateTime = {} AND Subject = {} AND CreatedById = {} "
            "AND IsChild = false AND IsDeleted = false ORDER BY CreatedDate, Id LIMIT 1",
            talk.rep_id, talk.starts.astimezone(UTC).replace(microsecond=0), _subject(talk), self.us,
        )  # fmt: skip
        records = self._door.json(f"query?q={quote(soql)}")["records"]
        return str(records[0]["Id"]) if records else None

    def book(self, talk: Talk, fields: Mapping[str, object]) -> str:
        """Make the talk an event of the rep's, with the manager invited, both or neither; the event's id.

        `fields` are more fields of the event, such as Description; whose it is, when, how long and its subject are the
        talk's. Sent once. Raises NotBooked where Salesforce refuses it; NotExecuted, LimitReached and Refused when it
        is certain that nothing was booked; plain Unavailable when it may have been: `find` tells.
        """
        event = {**fields, **_of(talk)}
        if any(_REFERENCE in value for value in event.values() if isinstance(value, str)):
            raise NotBooked(Booked.REFUSED, "a text with @{ in it cannot be sent: change the subject or the agenda")
        # Who is listed is invited: IsInvitee exists only in orgs with Shared Activities, where it is then true.
        invitee = {"EventId": f"@{{{_EVENT}.id}}", "RelationId": talk.manager_id, "Status": "New"}
        parts = [self._part(_EVENT, "Event", event), self._part(_INVITEE, "EventRelation", invitee)]
        return _booked(self._door.write("composite", {"allOrNone": True, "compositeRequest": parts}))

    def _read(self, columns: Columns, where: str, ids: Sequence[str], *values: object) -> pd.DataFrame:
        """These columns of what the condition finds with as many ids a query as fit; nothing is asked for no ids."""
        fields, some_at_a_time = ", ".join(paths(columns)), chunks(sorted(set(ids)), IDS_PER_QUERY)
        asked = [f"SELECT {fields}{format_soql(where, some, *values)}" for some in some_at_a_time]
        reads = [Read("calendar", soql, columns) for soql in asked]
        return together(drain(self._door, start(self._door, reads), lambda _name, _rows: None).values(), columns)

    def _part(self, reference: str, sobject: str, body: Mapping[str, object]) -> dict[str, object]:
        url = f"{self._door.version_path}sobjects/{sobject}"
        return {"method": "POST", "url": url, "referenceId": reference, "body": body}


def _of(talk: Talk) -> dict[str, object]:
    return {
        "OwnerId": talk.rep_id,
        "Subject": _subject(talk),
        "StartDateTime": f"{talk.starts.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "DurationInMinutes": talk.minutes,
    }


def _subject(talk: Talk) -> str:
    """As Salesforce keeps it, without the space around it."""
    return talk.subject.strip()


def _booked(answer: object) -> str:
    """The new event's id. Raises as `CalendarWriter.book`."""
    parts = answer.get("compositeResponse") if isinstance(answer, Mapping) else None
    said = {part.get("referenceId"): part for part in parts or () if isinstance(part, Mapping)}
    answers = [answer_of(said.get(reference), _ACCESS) for reference in (_EVENT, _INVITEE)]
    if all(one.said is Said.WRITTEN for one in answers):
        body = said[_EVENT].get("body")
        event_id = body.get("id") if isinstance(body, Mapping) else None
        if isinstance(event_id, str) and _EVENT_ID.fullmatch(event_id):
            return event_id
    raise _meaning(next((one for one in answers if one.said is not Said.NOT_SENT), answers[0]))


def _meaning(cause: Answer) -> Exception:
    """What to raise for the part that pulled the other one down."""
    match cause.said:
        case Said.WRITTEN | Said.UNKNOWN:
            return Unavailable(f"the talk may be booked or not: {cause.detail or 'Salesforce gave no id for it'}")
        case Said.NOT_SENT | Said.LOCKED:
            return NotExecuted(f"the talk is not booked: {cause.detail}")
        case Said.FORBIDDEN:
            return NotBooked(Booked.FORBIDDEN, cause.detail)
    return NotBooked(Booked.REFUSED, cause.detail or _NOBODY)


def _days(events: pd.DataFrame, zones: Mapping[str, str]) -> pd.DataFrame:
    """All-day events with the moments between which they fill the calendar of their user."""
    lasts = -(-events["minutes"].fillna(0).clip(lower=1) // (24 * 60))
    after = events["day"] + pd.to_timedelta(lasts, unit="D")
    days = events.assign(starts=events["day"], ends=after.astype("datetime64[us]"))
    filled = [
        rows.assign(starts=_begins(rows["starts"], zone, -_EARLIEST), ends=_begins(rows["ends"], zone, _LATEST))
        for zone, rows in days.groupby(days["user_id"].map(lambda user: zones[user]))
    ]
    return pd.concat(filled) if filled else events


def _begins(days: pd.Series, zone: str, anywhere: timedelta) -> pd.Series:
    """When these days begin in a zone; so far from when they do in UTC where nobody knows the zone."""
    known = zone in available_timezones()
    return office_midnight(days, zone) if known else office_midnight(days, "UTC") + anywhere


def _spans(events: pd.DataFrame) -> pd.DataFrame:
    """The three columns of `busy`, typed and sorted."""
    types = {"user_id": "str", "starts": "datetime64[us, UTC]", "ends": "datetime64[us, UTC]"}
    return events[list(types)].astype(types).sort_values(["user_id", "starts", "ends"], ignore_index=True)
