"""Writes whose answer is lost, late or a refusal of all: what is known of them, and that each is sent once."""

from collections.abc import Mapping
from typing import Any

import pytest

from deployments.sandbox.salesforce.ids import make_id
from tasks.clients import LimitReached, NotExecuted, Refused, SalesforceDoor, Unavailable
from tasks.salesforce_writes import Change, OpportunityWriter, Said
from tests import writing_desk
from tests.company import REVIEW_AT, Sandbox, running
from tests.writing_desk import AT_ONCE, COMPOSITE, LOST, NOBODY, TOM, US, Desk, answering, sent


@pytest.fixture
def desk(sandbox: Sandbox) -> Desk:
    return writing_desk.at(sandbox)


@pytest.mark.parametrize("kind", ["drop_after", "cut_body", "unavailable", "server_error", "html", "drop_before"])
def test_a_lost_answer_may_mean_either_and_is_never_sent_again(desk: Desk, kind: str) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.fault(kind, match={"path": COMPOSITE})
    desk.sandbox.forget_calls()

    with pytest.raises(Unavailable) as caught:
        desk.writer.write([change])

    assert not isinstance(caught.value, NotExecuted)
    assert sent(desk.sandbox) == 1
    is_written = kind in {"drop_after", "cut_body"}
    now = desk.writer.read([change.record_id])[change.record_id]
    assert (now["StageName"] == "Closed Lost", now["LastModifiedById"] == US) == (is_written, is_written)


def test_sending_again_after_a_lost_success_writes_nothing_a_second_time(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.fault("drop_after", match={"path": COMPOSITE})
    with pytest.raises(Unavailable):
        desk.writer.write([change])

    assert desk.writer.write([change])[change.record_id].said is Said.CHANGED


def test_too_many_requests_is_known_not_to_be_executed(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.fault("rate_limited", match={"path": COMPOSITE})

    with pytest.raises(NotExecuted, match="ConcurrentRequests"):
        desk.writer.write([change])

    assert desk.writer.write([change])[change.record_id].said is Said.WRITTEN


def test_used_up_calls_are_known_not_to_be_executed(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.fault("limit_reached", match={"path": COMPOSITE})

    with pytest.raises(LimitReached):
        desk.writer.write([change])


def test_what_found_nobody_to_connect_to_is_known_not_to_be_executed() -> None:
    with running() as sandbox:
        writer = OpportunityWriter(SalesforceDoor(sandbox.settings, AT_ONCE), sandbox.settings)

    with pytest.raises(NotExecuted, match="did not answer in full"):
        writer.write([Change(NOBODY, LOST, REVIEW_AT)])


def test_the_orgs_last_calls_are_left_alone_before_a_write_and_no_answer_is_thrown_away(desk: Desk) -> None:
    first, second = desk.change(desk.deals[0]), desk.change(desk.deals[1])
    desk.sandbox.org(daily_max=1000, used=950)
    desk.sandbox.forget_calls()

    assert desk.writer.write([first])[first.record_id].said is Said.WRITTEN  # only this answer tells of the 951
    with pytest.raises(LimitReached, match="951 of the org's 1,000"):
        desk.writer.write([second])

    assert sent(desk.sandbox) == 1


def test_what_is_sent_again_after_a_new_login_carries_the_guard(desk: Desk) -> None:
    untouched, stale = desk.change(desk.deals[0]), desk.change(desk.deals[1])
    edit = {"id": stale.record_id, "fields": {"NextStep": "They called back"}, "user_id": TOM}
    desk.sandbox.org(expire_sessions=True, edits=[edit])
    desk.sandbox.forget_calls()

    answers = desk.writer.write([untouched, stale])

    assert [answer.said for answer in answers.values()] == [Said.WRITTEN, Said.CHANGED]
    assert [call["status"] for call in desk.sandbox.calls()["calls"]] == [401, 200, 200]
    assert len(_stages(desk, untouched.record_id)) == len(_stages(desk, stale.record_id)) + 1


def _stages(desk: Desk, deal: str) -> list[Mapping[str, Any]]:
    soql = f"SELECT+NewValue+FROM+OpportunityFieldHistory+WHERE+Field='StageName'+AND+OpportunityId='{deal}'"
    today = "+AND+CreatedDate=TODAY"
    return list(desk.door.json(f"query?q={soql}{today}")["records"])


def test_a_login_that_cannot_answer_leaves_the_write_unsent(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.org(expire_sessions=True)
    desk.sandbox.fault("unavailable", match={"path": ".*/token"})

    with pytest.raises(NotExecuted, match="login cannot answer"):
        desk.writer.write([change])


def test_a_session_refused_twice_is_an_error_and_nothing_is_written(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.fault("unauthorized", match={"path": COMPOSITE}, times=2)

    with pytest.raises(Refused, match="INVALID_SESSION_ID"):
        desk.writer.write([change])

    assert not desk.now(change.record_id)["IsClosed"]


@pytest.mark.parametrize("answered", [None, [], {}, {"compositeResponse": None}, {"hasErrors": True}, "fine"])
def test_an_answer_that_is_no_composites_may_mean_either(answered: object) -> None:
    with answering(answered) as settings, pytest.raises(Unavailable, match="Salesforce answered") as caught:
        OpportunityWriter(SalesforceDoor(settings, AT_ONCE), settings).write([Change(NOBODY, LOST, REVIEW_AT)])

    assert not isinstance(caught.value, NotExecuted)


def test_a_record_without_an_answer_is_unknown_and_the_others_keep_theirs() -> None:
    first, second = Change(make_id("006", 1), LOST, REVIEW_AT), Change(make_id("006", 2), LOST, REVIEW_AT)
    part = {"body": None, "httpHeaders": {}, "httpStatusCode": 204, "referenceId": second.record_id}

    with answering({"compositeResponse": [part, None, {}]}) as settings:
        said = OpportunityWriter(SalesforceDoor(settings, AT_ONCE), settings).write([first, second])

    assert {record: answer.said for record, answer in said.items()} == {
        first.record_id: Said.UNKNOWN,
        second.record_id: Said.WRITTEN,
    }
