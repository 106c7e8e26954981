"""The file of touches: what stands in it, in which order, and how many."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from tasks.reports import activity_table
from tasks.reports.activity_table import touches_file
from tasks.rules.activity_findings import ActivityReview, Rule

from .activity_reviews import ANA, DOE, GLOBEX, KAY, ROE, make_context, make_finding, make_rep, make_review, make_touch

AT = datetime(2026, 11, 3, 18, 12, tzinfo=UTC)


def rows(review: ActivityReview) -> list[dict[str, str]]:
    content = touches_file(review, make_context()).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_a_touch_is_told_on_the_offices_clock_with_its_findings_and_its_page() -> None:
    findings = [make_finding(Rule.STREAK, "4 in a row"), make_finding(Rule.GAP, "again after 1 day")]
    [row] = rows(make_review([make_rep(ANA)], findings, touches=[make_touch(1, AT)]))
    assert row == {
        "Time (America/Los_Angeles)": "2026-11-03 10:12", "Rep": "Ana Snyder", "Person": "J. Doe", "Account": "Acme",
        "Kind": "email", "Direction": "outbound", "Automated": "no", "Counts": "yes", "Answered": "no",
        "Subject": "Checking in", "Findings": "unanswered in a row; again too soon",
        "Link": "https://acme.my.salesforce.com/lightning/r/EmailMessage/02sHs00000000001AA/view",
        "Id": "02sHs00000000001AA",
    }  # fmt: skip


def test_where_only_the_day_is_known_the_day_is_told() -> None:
    [row] = rows(make_review([make_rep(ANA)], touches=[make_touch(1, None, day=date(2026, 11, 6))]))
    assert row["Time (America/Los_Angeles)"] == "2026-11-06"


def test_what_does_not_count_is_neither_answered_nor_not() -> None:
    [row] = rows(make_review([make_rep(ANA)], touches=[make_touch(1, AT, counts=False, rep_id=None)]))
    assert (row["Rep"], row["Counts"], row["Answered"]) == ("", "no", "")


def test_people_and_accounts_with_findings_come_first() -> None:
    touches = [
        make_touch(1, AT, person_id=KAY, account_id=None),
        make_touch(2, AT, person_id=None, account_id=GLOBEX),
        make_touch(3, AT, person_id=DOE),
        make_touch(4, AT, person_id=ROE, account_id=None),
    ]
    findings = [make_finding(Rule.STREAK, "4"), make_finding(Rule.ACCOUNT, "10", person_id=None, account_id=GLOBEX)]
    found = rows(make_review([make_rep(ANA)], findings, touches=touches))
    assert [row["Id"][-3] for row in found] == ["2", "3", "1", "4"]


@pytest.mark.parametrize(
    ("most", "shown", "title"),
    [
        (3, 3, "All 3 touches, those of people with findings first, 2026-11-23"),
        (2, 2, "2 of 3 touches, those of people with findings first, 2026-11-23"),
        (1, 1, "1 of 3 touches, those of people with findings first, 2026-11-23"),
    ],
)
def test_of_too_many_the_title_says_how_many(
    monkeypatch: pytest.MonkeyPatch, most: int, shown: int, title: str
) -> None:
    monkeypatch.setattr(activity_table, "ROWS", most)
    touches = [make_touch(n, AT, person_id=person) for n, person in enumerate((KAY, DOE, DOE), start=1)]
    review = make_review([make_rep(ANA)], [make_finding(Rule.STREAK, "4")], touches=touches)
    file = touches_file(review, make_context())
    assert file.title == title
    assert len(rows(review)) == shown
    assert rows(review)[0]["Id"] == touches[1]["id"]
