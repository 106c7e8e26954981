"""What can be set to go wrong with single records, and what others do in between."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from starlette.applications import Starlette

from deployments.sandbox import org_controls
from deployments.sandbox.salesforce.edits import ordered
from deployments.sandbox.server import serve

from .company import ACME_2026, ACME_2027, ALEX, GLOBEX_2026, MONDAY, SAM, Salesforce, refusal

DEAL = f"sobjects/Opportunity/{ACME_2026}"
LOST = {"StageName": "Closed Lost"}
LOCKED = f"unable to obtain exclusive access to this record or 1 records: {ACME_2026}"


def guarded(deal: str, at: str, **fields: Any) -> dict[str, Any]:
    return {"method": "PATCH", "url": f"/services/data/v67.0/sobjects/Opportunity/{deal}", "referenceId": deal,
            "body": fields or LOST, "httpHeaders": {"If-Unmodified-Since": at}}  # fmt: skip


def test_each_part_of_a_composite_has_a_condition_of_its_own(salesforce: Salesforce) -> None:
    made = datetime.fromisoformat(salesforce.store.get("Opportunity", ACME_2027)["LastModifiedDate"]).astimezone(UTC)
    now, earlier = format_datetime(MONDAY, usegmt=True), format_datetime(made - timedelta(seconds=1), usegmt=True)

    parts = salesforce.composite(guarded(ACME_2026, now), guarded(ACME_2027, earlier), guarded(GLOBEX_2026, "soon"))

    assert [part["httpStatusCode"] for part in parts] == [204, 412, 400]
    assert parts[0]["body"] is None
    assert parts[1]["body"][0]["errorCode"] == "PRECONDITION_FAILED"
    stages = [salesforce.store.get("Opportunity", deal)["StageName"] for deal in (ACME_2026, ACME_2027, GLOBEX_2026)]
    assert stages == ["Closed Lost", "Proposal", "Discovery"]


def test_a_condition_does_not_see_a_change_within_its_own_second(salesforce: Salesforce) -> None:
    """Salesforce's weak validation: the documentation says so."""
    salesforce.clock.pass_(milliseconds=900)
    salesforce.call("PATCH", DEAL, json={"NextStep": "Call"})

    [part] = salesforce.composite(guarded(ACME_2026, format_datetime(MONDAY, usegmt=True)))

    assert part["httpStatusCode"] == 204


def test_a_lock_ends_after_as_many_attempts_as_it_was_set_for(salesforce: Salesforce) -> None:
    salesforce.org.locked_times = {ACME_2026: 2}

    tried = [salesforce.call("PATCH", DEAL, json=LOST) for _ in range(3)]

    assert [answer.status_code for answer in tried] == [400, 400, 204]
    assert refusal(tried[0]) == (400, "UNABLE_TO_LOCK_ROW", LOCKED)


def test_a_rule_can_be_about_one_record(salesforce: Salesforce) -> None:
    salesforce.org.validation_rules = {ACME_2026: "Not this one"}

    assert refusal(salesforce.call("PATCH", DEAL, json=LOST)) == (
        400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not this one",
    )  # fmt: skip
    assert salesforce.call("PATCH", f"sobjects/Opportunity/{ACME_2027}", json=LOST).status_code == 204


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_record_can_be_read_only(salesforce: Salesforce, method: str) -> None:
    salesforce.org.read_only_ids = {ACME_2026}

    assert refusal(salesforce.call(method, DEAL, json=LOST))[:2] == (400, "INSUFFICIENT_ACCESS_OR_READONLY")


def test_an_answer_can_be_lost_after_the_record_was_written(salesforce: Salesforce) -> None:
    salesforce.org.lost_ids = {ACME_2026}

    [part] = salesforce.composite(guarded(ACME_2026, format_datetime(MONDAY, usegmt=True)))

    assert (part["httpStatusCode"], part["body"]) == (500, None)
    assert salesforce.store.get("Opportunity", ACME_2026)["StageName"] == "Closed Lost"


@pytest.mark.parametrize(("moves", "closes"), [(False, "2026-12-31"), (True, "2026-11-23")])
def test_a_flow_can_move_the_close_date_to_the_day_a_deal_is_closed(
    salesforce: Salesforce, moves: bool, closes: str
) -> None:
    salesforce.org.moves_close_date = moves

    salesforce.call("PATCH", DEAL, json=LOST)

    assert salesforce.store.get("Opportunity", ACME_2026)["CloseDate"] == closes


def test_the_flow_moves_the_date_of_no_deal_that_stays_as_it_was(salesforce: Salesforce) -> None:
    salesforce.org.moves_close_date = True

    salesforce.call("PATCH", DEAL, json={"StageName": "Proposal"})
    salesforce.call("PATCH", DEAL, json=LOST)
    salesforce.call("PATCH", DEAL, json={"CloseDate": "2026-12-24"})

    assert salesforce.store.get("Opportunity", ACME_2026)["CloseDate"] == "2026-12-24"


def test_somebody_else_can_be_quicker_than_a_certain_request(salesforce: Salesforce) -> None:
    order = {"id": ACME_2026[:15], "user_id": SAM, "fields": {"NextStep": "Mine"}, "path": ".*/Opportunity/.*",
             "before_call": 2}  # fmt: skip
    salesforce.org.edits = [ordered(order)]

    seen = [salesforce.call("GET", DEAL).json() for _ in range(3)]

    assert [(deal["NextStep"], deal["LastModifiedById"] == SAM) for deal in seen] == [
        (None, False), ("Mine", True), ("Mine", True),
    ]  # fmt: skip
    assert salesforce.org.edits == []


def test_somebody_else_can_delete_and_no_lock_stops_them(salesforce: Salesforce) -> None:
    salesforce.org.locked_ids = {ACME_2026}
    salesforce.org.edits = [ordered({"id": ACME_2026, "user_id": SAM, "fields": None})]

    [part] = salesforce.composite(guarded(ACME_2026, format_datetime(MONDAY, usegmt=True)))

    assert (part["httpStatusCode"], part["body"][0]["errorCode"]) == (404, "ENTITY_IS_DELETED")


def test_an_impossible_edit_is_noticed(salesforce: Salesforce) -> None:
    salesforce.org.edits = [ordered({"id": ACME_2026, "user_id": SAM, "fields": {"Nope": 1}, "path": ".*"})]

    assert salesforce.call("GET", DEAL).status_code == 500


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ([], "an edit has"),
        ({"id": ACME_2026, "fields": {}}, "an edit has"),
        ({"id": ACME_2026, "fields": {}, "user_id": SAM, "when": 1}, "an edit has"),
        ({"fields": {}, "user_id": SAM}, "id of a record, or the sobject"),
        ({"id": ACME_2026, "sobject": "Event", "fields": {}, "user_id": SAM}, "id of a record, or the sobject"),
        ({"sobject": "Event", "fields": None, "user_id": SAM}, "object, or null"),
        ({"id": "006", "fields": {}, "user_id": SAM}, "record ids"),
        ({"id": ACME_2026, "fields": "x", "user_id": SAM}, "object, or null"),
        ({"id": ACME_2026, "fields": {}, "user_id": SAM, "before_call": 0}, "at least 1"),
        ({"id": ACME_2026, "fields": {}, "user_id": SAM, "path": "("}, "regular expression"),
    ],
)
def test_an_edit_that_is_not_understood_is_refused(order: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ordered(order)


def test_all_of_it_is_set_and_told_over_http(salesforce: Salesforce) -> None:
    wanted = {
        "locked_times": {ACME_2026: 2}, "read_only_ids": [ACME_2027], "lost_ids": [GLOBEX_2026],
        "moves_close_date": True, "edits": [{"id": ACME_2026, "fields": None, "user_id": SAM}],
    }  # fmt: skip
    with serve(Starlette(routes=[org_controls.route(salesforce.org)])) as url:
        control = f"{url}/__sandbox__/org"
        told = requests.post(control, json=wanted, timeout=5).json()
        refused = requests.post(control, json={"edits": [{"id": ACME_2026}]}, timeout=5)

    edit = {"id": ACME_2026, "fields": None, "user_id": SAM, "path": ".*/composite/?", "before_call": 1, "sobject": "",
            "seen": 0}  # fmt: skip
    assert {name: told[name] for name in wanted} == {**wanted, "edits": [edit]}
    assert (refused.status_code, "an edit has" in refused.json()["error"]) == (400, True)


def test_the_list_of_resources_says_who_asks(salesforce: Salesforce) -> None:
    resources = salesforce.call("GET", "/services/data/v67.0/").json()

    assert resources["identity"] == f"https://login.salesforce.com/id/{salesforce.org.id}/{ALEX}"
