"""Booking a talk into two calendars over real HTTP: both or neither, found again when the answer is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tasks.clients import LimitReached, NotExecuted, Refused, SalesforceDoor, Unavailable
from tasks.rules.talks import Booked, Talk
from tasks.salesforce_calendar import CalendarWriter, NotBooked
from tests import calendar_desk
from tests.calendar_desk import FIELDS, MANAGER, OTHER, REP, SATURDAY_10, TALK, US, Desk
from tests.sandbox.salesforce.company import Stage
from tests.writing_desk import AT_ONCE, COMPOSITE, answering, sent


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage().open() as made:
        yield made


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return calendar_desk.at(stage)


class TestBooking:
    def test_a_talk_is_in_both_calendars_after_one_call(self, desk: Desk) -> None:
        desk.sandbox.forget_calls()

        event = desk.writer.book(TALK, FIELDS)

        assert sent(desk.sandbox) == 1
        [own], [copy] = desk.calendar(REP), desk.calendar(MANAGER)
        assert (own["Id"], own["IsChild"], copy["IsChild"]) == (event, False, True)
        assert own["StartDateTime"] == copy["StartDateTime"] == "2027-02-20T18:00:00.000+0000"
        assert own["DurationInMinutes"] == copy["DurationInMinutes"] == 30
        assert own["Description"] == "One\nTwo\nThree"
        assert own["CreatedById"] == desk.writer.us == US

    def test_what_the_talk_says_is_not_overridden(self, desk: Desk) -> None:
        desk.writer.book(TALK, {**FIELDS, "OwnerId": OTHER, "Subject": "Else", "DurationInMinutes": 60})

        [own] = desk.calendar(REP)
        assert (own["Subject"], own["DurationInMinutes"]) == (TALK.subject, 30)

    @pytest.mark.parametrize(
        "subject",
        ['O\'Neil said "talk" \\ soon', "Gespräch \U0001f680 話", "50% of_all", "'; DELETE FROM Event --", "{0} {} }"],
    )
    def test_any_subject_is_kept_and_found(self, desk: Desk, subject: str) -> None:
        talk = replace(TALK, subject=subject)

        event = desk.writer.book(talk, FIELDS)

        assert [one["Subject"] for one in desk.calendar(REP)] == [subject]
        assert desk.writer.find(talk) == event

    @pytest.mark.parametrize(
        ("talk", "fields"),
        [(replace(TALK, subject="@{event.id}"), FIELDS), (TALK, {"Description": "see @{event.id}"})],
    )
    def test_a_text_with_a_reference_is_never_sent(self, desk: Desk, talk: Talk, fields: Mapping[str, object]) -> None:
        desk.sandbox.forget_calls()

        with pytest.raises(NotBooked, match=r"@\{") as refused:
            desk.writer.book(talk, fields)

        assert (refused.value.outcome, sent(desk.sandbox)) == (Booked.REFUSED, 0)


class TestRefusals:
    def refused(self, desk: Desk, talk: Talk = TALK, fields: Mapping[str, object] = FIELDS) -> NotBooked:
        """The refusal of that talk, which must leave both calendars empty."""
        with pytest.raises(NotBooked) as caught:
            desk.writer.book(talk, fields)
        assert desk.calendar(talk.rep_id) == desk.calendar(MANAGER) == []
        assert isinstance(caught.value, Refused)
        return caught.value

    def test_a_rule_of_the_org_speaks_for_itself(self, desk: Desk) -> None:
        desk.sandbox.org(validation_rules={"Event": "No talks\nbefore the audit"})

        refusal = self.refused(desk)
        assert (refusal.outcome, refusal.detail) == (Booked.REFUSED, "No talks before the audit")

    def test_neither_is_booked_when_the_invitation_is_refused(self, desk: Desk) -> None:
        desk.sandbox.org(validation_rules={"EventRelation": "Invitees are full"})

        assert self.refused(desk).detail == "Invitees are full"

    @pytest.mark.parametrize("sobject", ["Event", "EventRelation"])
    def test_who_may_not_create_it_is_told_what_to_give(self, desk: Desk, sobject: str) -> None:
        desk.sandbox.org(not_createable=[sobject])

        refusal = self.refused(desk)
        assert refusal.outcome is Booked.FORBIDDEN
        assert refusal.detail.startswith("entity type cannot be inserted: Event")
        assert refusal.detail.endswith("leave to write into the calendars of both.")

    def test_a_field_that_is_hidden_from_us_is_forbidden(self, desk: Desk) -> None:
        refusal = self.refused(desk, fields={"Purpose__c": "coaching"})

        assert (refusal.outcome, "edit access to the field" in refusal.detail) == (Booked.FORBIDDEN, True)

    def test_a_rep_who_has_left_is_named_by_salesforce(self, desk: Desk) -> None:
        left = replace(TALK, rep_id=desk.left())

        refusal = self.refused(desk, left)
        assert refusal.outcome is Booked.REFUSED
        assert refusal.detail.startswith(f"operation performed with inactive user [{left.rep_id}]")

    def test_a_manager_whom_salesforce_does_not_know_is_said_in_our_words(self, desk: Desk) -> None:
        refusal = self.refused(desk, replace(TALK, manager_id=f"{MANAGER[:10]}99999{MANAGER[15:]}"))

        assert (refusal.outcome, "does not find the rep, the manager" in refusal.detail) == (Booked.REFUSED, True)


class TestLostAnswers:
    @pytest.mark.parametrize(
        ("kind", "is_booked"),
        [("drop_after", True), ("cut_body", True), ("drop_before", False), ("unavailable", False), ("html", False),
         ("server_error", False)],
    )  # fmt: skip
    def test_nobody_knows_until_it_is_looked_for(self, desk: Desk, kind: str, is_booked: bool) -> None:
        desk.sandbox.fault(kind, match={"path": COMPOSITE})
        desk.sandbox.forget_calls()

        with pytest.raises(Unavailable) as caught:
            desk.writer.book(TALK, FIELDS)

        assert (type(caught.value), sent(desk.sandbox)) == (Unavailable, 1)
        assert (desk.writer.find(TALK) is not None) == is_booked == (len(desk.calendar(MANAGER)) == 1)

    def test_too_many_requests_at_once_book_nothing_for_certain(self, desk: Desk) -> None:
        desk.sandbox.fault("rate_limited", match={"path": COMPOSITE})

        with pytest.raises(NotExecuted):
            desk.writer.book(TALK, FIELDS)
        assert desk.calendar(REP) == []

    def test_used_up_calls_book_nothing_for_certain(self, desk: Desk) -> None:
        desk.sandbox.fault("limit_reached", match={"path": COMPOSITE})

        with pytest.raises(LimitReached):
            desk.writer.book(TALK, FIELDS)

    @pytest.mark.parametrize(
        ("event", "invitee", "raised"),
        [
            ((500, None), (400, "PROCESSING_HALTED"), Unavailable),
            ((201, "no id"), (201, "0RE"), Unavailable),
            ((201, "00U" + "0" * 15), (500, None), Unavailable),
            ((201, "00U" + "0" * 15), None, Unavailable),
            ((400, "PROCESSING_HALTED"), (400, "UNABLE_TO_LOCK_ROW"), NotExecuted),
            ((400, "PROCESSING_HALTED"), (403, "REQUEST_LIMIT_EXCEEDED"), NotExecuted),
            ((400, "PROCESSING_HALTED"), (400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"), NotBooked),
        ],
    )
    def test_what_the_two_answers_mean_together(
        self, event: tuple[int, Any], invitee: tuple[int, Any] | None, raised: type[Exception]
    ) -> None:
        parts = [_part("event", *event), *([_part("invitee", *invitee)] if invitee else [])]
        with answering({"compositeResponse": parts}) as settings:
            writer = CalendarWriter(SalesforceDoor(settings, AT_ONCE), settings)

            with pytest.raises(Exception) as caught:  # noqa: PT011 - its very type is what is asked
                writer.book(TALK, FIELDS)

        assert type(caught.value) is raised


def _part(reference: str, status: int, said: str | None) -> dict[str, Any]:
    body: Any = {"id": said, "success": True} if status == 201 else said and [{"errorCode": said, "message": said}]
    return {"referenceId": reference, "httpStatusCode": status, "httpHeaders": {}, "body": body}


class TestFinding:
    def test_nothing_is_found_before_it_is_booked(self, desk: Desk) -> None:
        assert desk.writer.find(TALK) is None

    def test_an_event_of_the_same_name_that_a_person_made_is_not_ours(self, desk: Desk) -> None:
        desk.somebody_fills(REP, TALK.subject)
        desk.calendar(REP)

        assert len(desk.calendar(REP)) == 1
        assert desk.writer.find(TALK) is None

    @pytest.mark.parametrize(
        "other",
        [{"rep_id": MANAGER}, {"subject": "Coaching: something else"}, {"starts": SATURDAY_10 + timedelta(minutes=30)}],
        ids=["the manager's copy", "another subject", "another time"],
    )
    def test_another_talk_is_not_this_one(self, desk: Desk, other: dict[str, Any]) -> None:
        desk.writer.book(TALK, FIELDS)

        assert desk.writer.find(replace(TALK, **other)) is None

    def test_a_deleted_one_is_no_more(self, desk: Desk) -> None:
        event = desk.writer.book(TALK, FIELDS)
        desk.sandbox.org(edits=[{"id": event, "user_id": REP, "fields": None, "path": ".*"}])

        assert desk.writer.find(TALK) is None
        assert desk.calendar(MANAGER) == []
