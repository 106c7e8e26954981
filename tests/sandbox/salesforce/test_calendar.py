"""Events and those who are invited to them."""

from typing import Any

import pytest

from deployments.sandbox.salesforce.edits import make, ordered
from deployments.sandbox.salesforce.errors import SalesforceError
from deployments.sandbox.salesforce.store import Store

from .company import ACME, ALEX, GONE, JO, SAM, Salesforce, refusal

# Tuesday 2026-11-24, 10:00 in Los Angeles.
TUESDAY_10 = "2026-11-24T18:00:00.000+0000"
TALK = {"Subject": "Talk", "StartDateTime": "2026-11-24T18:00:00Z", "DurationInMinutes": 30}
BASE = "/services/data/v67.0/sobjects"


def calendar(store: Store, user: str) -> list[dict[str, Any]]:
    """The events of a user that are not deleted."""
    sql = 'SELECT "Id" FROM "Event" WHERE "OwnerId" = ? AND "IsDeleted" = 0 ORDER BY "StartDateTime"'
    return [store.get("Event", row[0]) or {} for row in store.connection.execute(sql, (user,))]


def invite(store: Store, event: str, who: str = SAM) -> str:
    return store.create("EventRelation", {"EventId": event, "RelationId": who}, ALEX)


class TestTimes:
    @pytest.mark.parametrize(
        ("said", "start", "day", "minutes", "end"),
        [
            ({"StartDateTime": "2026-11-24T18:00:00Z", "DurationInMinutes": 30},
             TUESDAY_10, "2026-11-24", 30, "2026-11-24T18:30:00.000+0000"),
            ({"ActivityDateTime": "2026-11-24T18:00:00Z", "EndDateTime": "2026-11-24T19:00:00Z"},
             TUESDAY_10, "2026-11-24", 60, "2026-11-24T19:00:00.000+0000"),
            ({"StartDateTime": "2026-11-24T18:00:00Z", "DurationInMinutes": 0},
             TUESDAY_10, "2026-11-24", 0, TUESDAY_10),
            ({"StartDateTime": "2026-11-24T18:00:00Z", "DurationInMinutes": 20160},
             TUESDAY_10, "2026-11-24", 20160, "2026-12-08T18:00:00.000+0000"),
            ({"IsAllDayEvent": True, "ActivityDate": "2026-11-24"},
             "2026-11-24T00:00:00.000+0000", "2026-11-24", 1440, "2026-11-24T00:00:00.000+0000"),
            ({"IsAllDayEvent": True, "StartDateTime": "2026-11-24T00:00:00Z", "EndDateTime": "2026-11-25T00:00:00Z"},
             "2026-11-24T00:00:00.000+0000", "2026-11-24", 2880, "2026-11-25T00:00:00.000+0000"),
        ],
        ids=["duration", "end", "no time at all", "two weeks", "all day", "two days"],
    )  # fmt: skip
    def test_what_is_not_said_follows(
        self, store: Store, said: dict[str, Any], start: str, day: str, minutes: int, end: str
    ) -> None:
        event = store.get("Event", store.create("Event", said, ALEX)) or {}

        kept = [event[n] for n in ("StartDateTime", "ActivityDate", "DurationInMinutes", "EndDateTime", "ShowAs")]
        assert kept == [start, day, minutes, end, "Busy"]

    @pytest.mark.parametrize(
        ("said", "code", "blamed"),
        [
            ({}, "REQUIRED_FIELD_MISSING", "StartDateTime"),
            ({"DurationInMinutes": 30}, "REQUIRED_FIELD_MISSING", "StartDateTime"),
            ({"StartDateTime": TUESDAY_10}, "REQUIRED_FIELD_MISSING", "EndDateTime"),
            ({**TALK, "EndDateTime": "2026-11-24T19:00:00Z"}, "FIELD_INTEGRITY_EXCEPTION", "DurationInMinutes"),
            ({**TALK, "ActivityDateTime": "2026-11-24T19:00:00Z"}, "FIELD_INTEGRITY_EXCEPTION", "ActivityDateTime"),
            ({**TALK, "ActivityDate": "2026-11-25"}, "FIELD_INTEGRITY_EXCEPTION", "ActivityDate"),
            ({**TALK, "DurationInMinutes": 20161}, "FIELD_INTEGRITY_EXCEPTION", "DurationInMinutes"),
            ({**TALK, "DurationInMinutes": -1}, "FIELD_INTEGRITY_EXCEPTION", "DurationInMinutes"),
            ({"IsAllDayEvent": True}, "REQUIRED_FIELD_MISSING", "ActivityDate"),
            ({"IsAllDayEvent": True, "ActivityDate": "2026-11-24", "DurationInMinutes": 30},
             "FIELD_INTEGRITY_EXCEPTION", "DurationInMinutes"),
        ],
    )  # fmt: skip
    def test_what_does_not_agree_is_refused(self, store: Store, said: dict[str, Any], code: str, blamed: str) -> None:
        with pytest.raises(SalesforceError) as refused:
            store.create("Event", said, ALEX)

        assert (refused.value.code, refused.value.fields) == (code, [blamed])


@pytest.mark.parametrize(
    ("more", "status", "code", "message"),
    [
        ({"OwnerId": GONE}, 400, "INACTIVE_OWNER_OR_USER",
         f"operation performed with inactive user [{GONE}] as owner of event"),
        ({"OwnerId": f"{SAM[:12]}zzz"}, 400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"),
        ({"OwnerId": JO}, 400, "MALFORMED_ID", f"Assigned To ID: id value of incorrect type: {JO}"),
        ({"IsChild": True}, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: IsChild."),
        ({"ShowAs": "Maybe"}, 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Show Time As: bad value"),
        ({"Invitees": SAM}, 400, "INVALID_FIELD", "No such column 'Invitees' on sobject of type Event"),
    ],
)  # fmt: skip
def test_an_event_is_refused_as_salesforce_does(
    salesforce: Salesforce, more: dict[str, Any], status: int, code: str, message: str
) -> None:
    told = refusal(salesforce.call("POST", "sobjects/Event", json={**TALK, **more}))

    assert told[:2] == (status, code)
    assert told[2].startswith(message)


def test_nobody_makes_events_where_that_is_not_allowed(salesforce: Salesforce) -> None:
    salesforce.org.not_createable = {"Event"}

    assert refusal(salesforce.call("POST", "sobjects/Event", json=TALK)) == (
        400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be inserted: Event",
    )  # fmt: skip
    assert salesforce.call("POST", "sobjects/Task", json={"Subject": "Call"}).status_code == 201


def test_a_rule_can_be_about_new_events(salesforce: Salesforce) -> None:
    salesforce.org.validation_rules = {"Event": "No talks in December"}

    assert refusal(salesforce.call("POST", "sobjects/Event", json=TALK))[1:] == (
        "FIELD_CUSTOM_VALIDATION_EXCEPTION", "No talks in December",
    )  # fmt: skip


class TestInvitations:
    def test_a_user_who_is_invited_has_the_event_in_their_calendar(self, store: Store) -> None:
        event = store.create("Event", {**TALK, "Location": "Here"}, ALEX)
        invite(store, event)

        [own], [copy] = calendar(store, ALEX), calendar(store, SAM)
        assert (own["IsChild"], own["IsGroupEvent"], copy["IsChild"], copy["CreatedById"]) == (0, 1, 1, ALEX)
        same = ("Subject", "Location", "StartDateTime", "EndDateTime", "ActivityDate", "ShowAs")
        assert {name: copy[name] for name in same} == {name: own[name] for name in same}

    def test_a_contact_who_is_invited_has_no_calendar(self, store: Store) -> None:
        invite(store, store.create("Event", TALK, ALEX), JO)

        assert len(calendar(store, ALEX)) == 1
        assert store.connection.execute('SELECT COUNT(*) FROM "Event"').fetchone() == (1,)

    def test_the_copy_goes_where_the_event_goes(self, store: Store) -> None:
        event = store.create("Event", TALK, ALEX)
        invite(store, event)
        store.update("Event", event, {"StartDateTime": "2026-11-25T18:00:00Z", "Subject": "Moved"}, ALEX)

        [copy] = calendar(store, SAM)
        assert (copy["Subject"], copy["EndDateTime"]) == ("Moved", "2026-11-25T18:30:00.000+0000")
        assert (copy["OwnerId"], copy["IsChild"]) == (SAM, 1)

    @pytest.mark.parametrize("what", ["Event", "EventRelation"])
    def test_the_copy_is_deleted_with_the_event_and_with_the_invitation(self, store: Store, what: str) -> None:
        event = store.create("Event", TALK, ALEX)
        relation = invite(store, event)
        store.delete(what, event if what == "Event" else relation, ALEX)

        assert calendar(store, SAM) == []
        assert len(calendar(store, ALEX)) == (0 if what == "Event" else 1)

    def test_the_organiser_keeps_the_event_when_the_copy_is_deleted(self, store: Store) -> None:
        invite(store, store.create("Event", TALK, ALEX))
        store.delete("Event", calendar(store, SAM)[0]["Id"], SAM)

        assert (len(calendar(store, ALEX)), calendar(store, SAM)) == (1, [])

    def test_the_copy_is_the_organisers_to_change(self, store: Store) -> None:
        invite(store, store.create("Event", TALK, ALEX))
        copy = calendar(store, SAM)[0]["Id"]

        store.update("Event", copy, {"IsReminderSet": True}, SAM)
        with pytest.raises(SalesforceError, match="Only the reminder"):
            store.update("Event", copy, {"Subject": "Mine"}, SAM)

    def test_nobody_is_invited_twice_to_their_own_or_to_a_copy(self, store: Store) -> None:
        event = store.create("Event", TALK, ALEX)
        invite(store, event)
        copy = calendar(store, SAM)[0]["Id"]

        for to, who in ((event, SAM), (event, ALEX), (copy, JO)):
            with pytest.raises(SalesforceError) as refused:
                invite(store, to, who)
            assert refused.value.code == "FIELD_INTEGRITY_EXCEPTION"

    @pytest.mark.parametrize(("field", "value"), [("IsInvitee", True), ("Status", "Undecided")])
    def test_an_invitation_has_no_more_than_without_shared_activities(
        self, store: Store, field: str, value: object
    ) -> None:
        event = store.create("Event", TALK, ALEX)

        with pytest.raises(SalesforceError, match=field):
            store.create("EventRelation", {"EventId": event, "RelationId": SAM, field: value}, ALEX)

    def test_they_are_read_through_soql(self, salesforce: Salesforce) -> None:
        invite(salesforce.store, salesforce.store.create("Event", TALK, ALEX))

        asked = "SELECT Event.Subject, Relation.Name, Status FROM EventRelation"
        [row] = salesforce.soql(asked)["records"]
        assert (row["Event"]["Subject"], row["Relation"]["Name"], row["Status"]) == ("Talk", "Sam Ode", "New")
        [listed] = salesforce.soql(
            "SELECT Id, (SELECT RelationId FROM EventRelations) FROM Event WHERE IsChild = false"
        )["records"]
        assert [one["RelationId"] for one in listed["EventRelations"]["records"]] == [SAM]


def both(invitee: str) -> list[dict[str, Any]]:
    """An event and its invitation, as one composite has them."""
    relation = {"EventId": "@{event.id}", "RelationId": invitee, "Status": "New"}
    return [
        {"method": "POST", "url": f"{BASE}/Event", "referenceId": "event", "body": TALK},
        {"method": "POST", "url": f"{BASE}/EventRelation", "referenceId": "invitee", "body": relation},
    ]


def test_an_event_and_its_invitation_are_one_call(salesforce: Salesforce) -> None:
    event, relation = salesforce.composite(*both(SAM), allOrNone=True)

    assert (event["httpStatusCode"], relation["httpStatusCode"]) == (201, 201)
    assert [len(calendar(salesforce.store, user)) for user in (ALEX, SAM)] == [1, 1]


@pytest.mark.parametrize(("invitee", "code"), [(GONE, "INACTIVE_OWNER_OR_USER"), (ACME, "MALFORMED_ID")])
def test_an_event_whose_invitation_is_refused_is_taken_back(salesforce: Salesforce, invitee: str, code: str) -> None:
    event, relation = salesforce.composite(*both(invitee), allOrNone=True)

    assert (event["body"][0]["errorCode"], relation["body"][0]["errorCode"]) == ("PROCESSING_HALTED", code)
    assert [len(calendar(salesforce.store, user)) for user in (ALEX, SAM)] == [0, 0]


def test_somebody_else_can_fill_a_calendar_right_before_a_request(store: Store) -> None:
    edits = [ordered({"sobject": "Event", "user_id": SAM, "fields": TALK, "path": ".*/query"})]

    make(store, edits, "/services/data/v67.0/composite")
    assert calendar(store, SAM) == []
    make(store, edits, "/services/data/v67.0/query")
    make(store, edits, "/services/data/v67.0/query")

    assert [event["CreatedById"] for event in calendar(store, SAM)] == [SAM]
