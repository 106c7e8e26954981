"""Writing opportunities over real HTTP: guarded, and with an answer for each record."""

import ast
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deployments.sandbox.salesforce.ids import make_id
from tasks import salesforce_writes
from tasks.rules.proposals import Fields
from tasks.salesforce_writes import BATCH, Answer, Change, Said, lock_waits
from tests import writing_desk
from tests.company import REVIEW_AT, Sandbox
from tests.writing_desk import LOST, NOBODY, TOM, US, Desk, sent


@pytest.fixture
def desk(sandbox: Sandbox) -> Desk:
    return writing_desk.at(sandbox)


def test_a_deal_is_closed_by_the_integration_user(desk: Desk) -> None:
    assert desk.write() == Answer(Said.WRITTEN)

    now = desk.now(desk.deals[0])
    assert {"StageName": now["StageName"], "Loss_Reason__c": now["Loss_Reason__c"]} == LOST
    assert (now["IsClosed"], now["IsWon"]) == (True, False)
    assert now["LastModifiedById"] == desk.writer.us == US
    assert frozenset({US}) == desk.sandbox.settings.touches.ignored_users
    assert datetime.fromisoformat(now["LastModifiedDate"]) == REVIEW_AT


def test_a_deal_changed_since_it_was_read_is_left_untouched(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.org(edits=[{"id": change.record_id, "fields": {"NextStep": "They called back"}, "user_id": TOM}])

    assert desk.writer.write([change]) == {change.record_id: Answer(Said.CHANGED)}

    now = desk.now(change.record_id)
    assert (now["IsClosed"], now["NextStep"], now["LastModifiedById"]) == (False, "They called back", TOM)


def test_a_deal_deleted_since_it_was_read_is_gone(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    desk.sandbox.org(edits=[{"id": change.record_id, "fields": None, "user_id": TOM}])

    assert desk.writer.write([change]) == {change.record_id: Answer(Said.GONE)}


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(0), Said.WRITTEN),
        (timedelta(milliseconds=999), Said.WRITTEN),  # never rounded up: this is the same whole second
        (timedelta(seconds=-1), Said.CHANGED),
        (timedelta(milliseconds=-1), Said.CHANGED),
    ],
    ids=["the moment itself", "999 ms later", "a second earlier", "1 ms earlier"],
)
def test_the_guard_is_the_whole_second_of_the_moment_that_was_read(desk: Desk, later: timedelta, said: Said) -> None:
    change = desk.change(desk.deals[0])
    moved = Change(change.record_id, LOST, change.unmodified_since + later)

    assert desk.writer.write([moved])[change.record_id].said is said


def test_the_guard_is_the_same_moment_in_any_time_zone(desk: Desk) -> None:
    change = desk.change(desk.deals[0])
    in_the_office = Change(change.record_id, LOST, change.unmodified_since.astimezone(REVIEW_AT.tzinfo))

    assert desk.writer.write([in_the_office])[change.record_id].said is Said.WRITTEN


def test_a_second_change_within_the_same_second_goes_unnoticed(desk: Desk) -> None:
    """Salesforce's own weakness, as documented: whole seconds. Hence the look right before each write."""
    desk.write({"NextStep": "First"})
    change = desk.change(desk.deals[0])
    desk.sandbox.org(edits=[{"id": change.record_id, "fields": {"NextStep": "Second"}, "user_id": TOM}])

    assert desk.writer.write([change])[change.record_id].said is Said.WRITTEN


def troubled(desk: Desk) -> dict[str, tuple[Change, Answer]]:
    """A change for each kind of answer."""
    ok, stale, locked, ruled, wrong, denied, lost, text, *_ = desk.deals
    lock = f"unable to obtain exclusive access to this record or 1 records: {locked}"
    rights = (
        "insufficient access rights on object id. Give the integration user Edit on Opportunity, and access to this"
    )
    desk.sandbox.org(
        locked_times={locked: 1},
        read_only_ids=[denied],
        lost_ids=[lost],
        validation_rules={ruled: "Say why it was lost"},
    )
    old = datetime(2020, 1, 6, tzinfo=UTC)
    return {
        "written": (desk.change(ok), Answer(Said.WRITTEN)),
        "changed": (Change(stale, LOST, old), Answer(Said.CHANGED)),
        "locked": (desk.change(locked), Answer(Said.LOCKED, lock)),
        "refused by a rule": (desk.change(ruled), Answer(Said.REFUSED, "Say why it was lost")),
        "refused for a value": (
            desk.change(wrong, {"StageName": "Closed Lost", "Loss_Reason__c": "Because"}),
            Answer(Said.REFUSED, "Loss reason: bad value for restricted picklist field: Because (Loss_Reason__c)"),
        ),
        "forbidden": (desk.change(denied), Answer(Said.FORBIDDEN, f"{rights} record (sharing, or Modify All).")),
        "gone": (Change(NOBODY, LOST, REVIEW_AT), Answer(Said.GONE)),
        "unknown": (
            desk.change(lost),
            Answer(Said.UNKNOWN, "Salesforce could not say whether it was written (HTTP 500)"),
        ),
        "a reference": (
            desk.change(text, {"NextStep": f"@{{{ok}.id}}"}),
            Answer(Said.REFUSED, "a text with @{ in it cannot be written in one call with others: edit it by hand"),
        ),
    }  # fmt: skip


def test_each_of_25_has_its_own_answer_in_one_call(desk: Desk) -> None:
    cases = troubled(desk)
    plain = [desk.change(deal) for deal in desk.deals[len(cases) : BATCH + 1]]
    changes = [*(change for change, _ in cases.values()), *plain][:BATCH]
    assert len(changes) == BATCH
    desk.sandbox.forget_calls()

    answers = desk.writer.write(changes)

    assert sent(desk.sandbox) == 1
    assert list(answers) == [change.record_id for change in changes]
    assert {name: answers[change.record_id] for name, (change, _) in cases.items()} == {
        name: answer for name, (_, answer) in cases.items()
    }
    assert {answers[change.record_id].said for change in changes[len(cases) :]} == {Said.WRITTEN}


def test_only_what_was_written_is_changed(desk: Desk) -> None:
    cases = troubled(desk)
    before = {
        change.record_id: desk.now(change.record_id) for change, _ in cases.values() if change.record_id != NOBODY
    }

    desk.writer.write([change for change, _ in cases.values()])

    changed = {name for name, (change, _) in cases.items() if (was := before.get(change.record_id)) and
               was != desk.now(change.record_id)}  # fmt: skip
    assert changed == {"written", "unknown"}


def test_a_lock_that_is_let_go_is_written_the_next_time(desk: Desk) -> None:
    desk.sandbox.org(locked_times={desk.deals[0]: 2})

    assert [desk.write().said for _ in range(3)] == [Said.LOCKED, Said.LOCKED, Said.WRITTEN]


@pytest.mark.parametrize(
    "text",
    [
        "It's \"quoted\" \\ and \\' escaped",
        "'; DELETE FROM Opportunity --",
        "<!channel> <https://evil.example|click> &lt;",
        "=HYPERLINK(1)",
        "{0} {name} %s ${x} }{",
        "Ünïcödé \U0001f680 \u202e hidden",
    ],
)
def test_any_text_is_written_as_it_is(desk: Desk, text: str) -> None:
    assert desk.write({"NextStep": text}).said is Said.WRITTEN

    assert desk.writer.read([desk.deals[0]])[desk.deals[0]]["NextStep"] == text


def test_an_empty_value_clears_the_field(desk: Desk) -> None:
    desk.write({"NextStep": "Something"})

    assert desk.write({"NextStep": None}).said is Said.WRITTEN
    assert desk.now(desk.deals[0])["NextStep"] is None


def test_what_the_org_changes_by_itself_is_seen_when_it_is_read_back(desk: Desk) -> None:
    [deal, *_] = desk.deals
    before = desk.writer.read([deal])[deal]
    desk.sandbox.org(moves_close_date=True)

    desk.write()

    after = desk.writer.read([deal])[deal]
    moved = {name for name in after if after[name] != before[name]} - set(LOST)
    assert (before["CloseDate"] != "2026-11-23", after["CloseDate"]) == (True, "2026-11-23")
    assert {"CloseDate", "Probability", "ForecastCategoryName", "IsClosed", "LastModifiedDate"} <= moved
    assert (after["LastModifiedById"], after["LastModifiedBy.Name"]) == (US, "Integrations admin")


@pytest.mark.parametrize("count", [0, BATCH + 1])
def test_a_call_takes_1_to_25_changes(desk: Desk, count: int) -> None:
    changes = [Change(deal, LOST, REVIEW_AT) for deal in desk.deals[:count]]

    with pytest.raises(ValueError, match=f"not {count}"):
        desk.writer.write(changes)


def test_a_call_changes_a_record_once(desk: Desk) -> None:
    with pytest.raises(ValueError, match="once"):
        desk.writer.write([desk.change(desk.deals[0]), desk.change(desk.deals[0], {"NextStep": "x"})])


@pytest.mark.parametrize(
    ("record_id", "fields", "since", "says"),
    [
        ("../Account/001", LOST, REVIEW_AT, "no opportunity's id"),
        (make_id("001", 1), LOST, REVIEW_AT, "no opportunity's id"),
        (NOBODY[:15], LOST, REVIEW_AT, "no opportunity's id of 18"),
        (NOBODY, LOST, REVIEW_AT.replace(tzinfo=None), f"{NOBODY}: .* no time zone"),
        (NOBODY, {"Amount": float("nan")}, REVIEW_AT, f"{NOBODY}: .*JSON"),
        (NOBODY, {"CloseDate": REVIEW_AT}, REVIEW_AT, f"{NOBODY}: .*JSON"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_sent_is_none(record_id: str, fields: Fields, since: datetime, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Change(record_id, fields, since)


@pytest.mark.parametrize("seed", range(20))
def test_locked_records_are_tried_four_more_times_ever_later(seed: int) -> None:
    waits = list(lock_waits(random.Random(seed)))  # noqa: S311 - no secret

    assert all(low <= wait <= 3 * low for low, wait in zip((0.5, 1, 2, 4), waits, strict=True))
    assert waits != list(lock_waits(random.Random(seed + 1)))  # noqa: S311 - no secret


def test_salesforce_is_written_through_no_method_of_the_library() -> None:
    """Its object methods drop the caller's headers, and so the guard, when a session is renewed."""
    shipped = [path for top in ("tasks", "flows") for path in (Path(__file__).parents[1] / top).rglob("*.py")]
    text = {path: path.read_text(encoding="utf-8") for path in shipped}
    used = {name for words in text.values() for name in re.findall(r"\b_?sf\.(\w+)", words)}
    written = [
        path.name for path, words in text.items() if re.search(r"\bSFType\b|\bOpportunity\.(update|upsert)", words)
    ]
    senders = {
        path.name
        for path, words in text.items()
        if "salesforce" in words.lower()
        for node in ast.walk(ast.parse(words))
        if isinstance(node, ast.Constant) and node.value in {"PATCH", "DELETE", "PUT"}
    }

    assert used <= {"restful", "headers", "base_url", "api_usage"}
    assert written == []
    assert senders == {Path(salesforce_writes.__file__).name}
