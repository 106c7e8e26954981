"""What our people did lately: who was written to how often, who answered, and who has asked to be left alone.

A mail is `>` from us and `<` from them, a call `c`, a meeting `m`, LinkedIn `l`, a machine's own record `a`. The weeks
are counted back from that of the company's date: "3" is the third before it.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deployments.sandbox.company.build import build
from deployments.sandbox.company.office_time import OfficeTime
from deployments.sandbox.company.prospects import MANY, PROSPECTS
from deployments.sandbox.company.story_activity import ANSWERS, CAPTURE, WITH, Answer
from deployments.sandbox.company.tell import STORY, USER_IDS
from deployments.sandbox.salesforce.values import OFFICE

from .whole import Row, rows_of

AS_OF = date(2026, 11, 23)  # a Monday
EVERY_WEEKDAY = [pytest.param(AS_OF + timedelta(days), id=f"{AS_OF + timedelta(days):%A}") for days in range(7)]
SIGNS = {"Call": "c", "LinkedIn": "l", "List Email": "a", "Cadence": "a"}
KEYS = {id_: key for key, id_ in USER_IDS.items()}
Company = dict[str, list[Row]]


@pytest.fixture(scope="module")
def rows() -> Company:
    return rows_of(build(1, "small", AS_OF))


def person_ids(rows: Company) -> dict[str, str]:
    return {
        f"{row['FirstName']} {row['LastName']}": str(row["Id"]) for name in ("Contact", "Lead") for row in rows[name]
    }


def said(rows: Company, as_of: date = AS_OF) -> dict[str, str]:
    """What was done with each person (by id) in the weeks before that of `as_of`, oldest first: "3 Mon >"."""
    mails = {row["ActivityId"]: row for row in rows["EmailMessage"]}
    signs = [(task, "<" if mails[task["Id"]]["Incoming"] else ">") for task in rows["Task"] if task["Id"] in mails]
    signs += [(task, SIGNS[task["TaskSubtype"]]) for task in rows["Task"] if task["TaskSubtype"] in SIGNS]
    signs += [(event, "m") for event in rows["Event"]]
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row, sign in signs:
        at = row.get("CompletedDateTime") or row.get("StartDateTime")
        week = (monday(as_of) - monday(datetime.fromisoformat(at).astimezone(OFFICE).date())).days // 7
        if row["WhoId"] and 1 <= week <= 3:
            found[row["WhoId"]].append((at, f"{week} {datetime.fromisoformat(at).astimezone(OFFICE):%a} {sign}"))
    return {who: ", ".join(words for _, words in sorted(many)) for who, many in found.items()}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.mark.parametrize(
    ("person", "rep", "expected"),
    [
        ("Jordan Doe", "sam", "2 Mon >, 2 Tue >, 2 Wed a, 2 Thu >, 1 Mon >, 1 Tue >, 1 Wed >, 1 Thu >"),
        ("Imani Brooks", "sam", "3 Mon >, 3 Thu >, 2 Mon >, 2 Thu >, 1 Mon >"),
        ("Petra Hallam", "sam", "3 Tue >, 3 Fri >, 2 Wed >, 1 Tue >"),
        ("Lucia Marin", "sam jo", "3 Wed >, 2 Tue >"),
        ("Opal Reyes", "marcus", "3 Mon >, 3 Tue >, 3 Thu <, 3 Fri >"),
        ("Hari Patel", "marcus", "2 Mon >, 2 Tue >, 2 Wed >, 2 Fri <, 1 Mon c"),
        ("Greer Lindt", "marcus", "1 Mon >, 1 Mon >"),
        ("Dov Sela", "marcus", "2 Thu >, 2 Thu >, 1 Mon <, 1 Tue >"),
        ("Bo Larsson", "daniel", "3 Tue >, 3 Tue c"),
        ("Cara Voss", "daniel", "1 Tue >, 1 Wed >"),
        ("Milly Stone", "daniel", "2 Wed >"),
        ("Ansel Roy", "daniel", "2 Thu c"),
        ("Faye Ormond", "lena", "1 Tue >"),
        ("Ned Alcott", "sam", "2 Mon >"),
        ("Jonas Weber", "priya", "2 Sat >"),
        ("Ira Stokes", "jo", "3 Mon >, 3 Thu >, 2 Tue >, 1 Mon >"),
        ("Bea Quinn", "jo", "3 Tue >, 2 Mon >, 1 Tue >"),
        ("Cy Hale", "jo", "3 Wed >, 2 Wed >, 1 Wed >"),
        ("Vera Stahl", "priya", "2 Tue >, 2 Tue <, 1 Tue >"),
        ("Tobias Reed", "tom", "3 Thu >, 3 Thu <"),
        ("Rhoda Finch", "lena", "2 Mon <, 2 Mon >, 2 Mon >, 2 Tue >"),
        ("Selma Ortiz", "tom", "2 Wed l, 2 Thu <, 2 Fri >"),
        ("Tamsin Grove", "priya", "2 Thu >, 1 Mon <"),
        ("Farid Nasser", "sam", "1 Tue <"),
        ("Marta Silva", "ines", "3 Tue c, 2 Tue c"),
        ("Ken Oduya", "ines", "2 Wed c"),
    ],
)
def test_with_this_person_this_was_done(rows: Company, person: str, rep: str, expected: str) -> None:
    id_ = person_ids(rows)[person]
    by = [KEYS[task["OwnerId"]] for task in rows["Task"] if task["WhoId"] == id_]
    assert said(rows)[id_] == expected
    assert " ".join(dict.fromkeys(by)) == rep


@pytest.mark.parametrize("as_of", EVERY_WEEKDAY)
def test_it_was_done_on_the_same_weekdays_whatever_day_it_is(rows: Company, as_of: date) -> None:
    ids, other = person_ids(rows), rows_of(build(1, "small", as_of))
    told = {ids[lead.name] for lead in PROSPECTS} | {ids[name.split(" @ ")[0]] for name in WITH}
    now, then = said(rows), said(other, as_of)
    assert {id_: then[id_] for id_ in told} == {id_: now[id_] for id_ in told}


@pytest.mark.parametrize("as_of", EVERY_WEEKDAY)
def test_three_weeks_lie_within_thirty_days_and_are_over(as_of: date) -> None:
    office = OfficeTime(as_of)
    assert office.in_week(3, "Mon") < 30
    assert office.in_week(1, "Sun") >= 1


def test_two_of_the_mails_to_the_one_who_got_six_were_sent_by_machines(rows: Company) -> None:
    id_ = person_ids(rows)["Jordan Doe"]
    tasks = {task["Id"]: task for task in rows["Task"] if task["WhoId"] == id_}
    captured = [mail for mail in rows["EmailMessage"] if mail["ActivityId"] in tasks and mail["BccAddress"] == CAPTURE]
    cadence = [task for task in tasks.values() if task["TaskSubtype"] == "Cadence"]
    assert (len(captured), len(cadence)) == (1, 1)


@pytest.mark.parametrize(
    ("person", "sobject", "field", "expected"),
    [
        ("Milly Stone", "Contact", "HasOptedOutOfEmail", 1),
        ("Milly Stone", "Contact", "DoNotCall", 0),
        ("Ansel Roy", "Lead", "DoNotCall", 1),
        ("Ansel Roy", "Lead", "HasOptedOutOfEmail", 0),
        ("Jonas Weber", "Lead", "Country", "Germany"),
        ("Jordan Doe", "Lead", "State", "CO"),
    ],
)
def test_the_record_of_a_person_says_what_to_mind(
    rows: Company, person: str, sobject: str, field: str, expected: object
) -> None:
    id_ = person_ids(rows)[person]
    assert next(row[field] for row in rows[sobject] if row["Id"] == id_) == expected


def test_only_two_people_want_to_be_left_alone(rows: Company) -> None:
    people = [*rows["Contact"], *rows["Lead"]]
    assert sum(row["HasOptedOutOfEmail"] + row["DoNotCall"] for row in people) == 2


def test_the_prospect_in_berlin_got_mail_on_saturday_night(rows: Company) -> None:
    id_ = person_ids(rows)["Jonas Weber"]
    [task] = [task for task in rows["Task"] if task["WhoId"] == id_]
    there = datetime.fromisoformat(task["CompletedDateTime"]).astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{there:%a %H:%M}" == "Sat 23:10"


def test_a_deal_was_lost_and_their_people_written_to_afterwards(rows: Company) -> None:
    [deal] = [row for row in rows["Opportunity"] if row["Name"] == "Elmwood Press 2026"]
    mails = [task["ActivityDate"] for task in rows["Task"] if task["WhoId"] == person_ids(rows)["Faye Ormond"]]
    assert (deal["StageName"], deal["CloseDate"]) == ("Closed Lost", "2026-11-05")
    assert max(mails) == "2026-11-17"


def test_no_account_that_is_there_for_its_people_has_an_open_deal() -> None:
    accounts = {name.split(" @ ")[1] for name in WITH if " @ " in name}
    assert {deal.expect for deal in STORY if deal.account in accounts} == {None}


def test_what_looks_like_an_answer_says_that_it_is_none(rows: Company) -> None:
    tasks = {task["Id"]: task["WhoId"] for task in rows["Task"]}
    ids = {person_ids(rows)[name]: name for name in ("Vera Stahl", "Tobias Reed")}
    looks = [mail for mail in rows["EmailMessage"] if mail["Incoming"] and tasks.get(mail["ActivityId"]) in ids]
    starts = {ids[tasks[mail["ActivityId"]]]: (mail["Subject"].split(":")[0], mail["FromAddress"]) for mail in looks}
    assert starts == {
        "Vera Stahl": ("Automatic reply", "vera.stahl@cedarlineclinics.example"),
        "Tobias Reed": ("Undeliverable", "mailer-daemon@mail.example"),
    }


def test_support_writes_on_a_case(rows: Company) -> None:
    mails = [mail for mail in rows["EmailMessage"] if mail["ParentId"]]
    assert len(mails) == 4
    assert all(str(mail["ParentId"]).startswith("500") for mail in mails)


@pytest.mark.parametrize("rep", ["ines", "nadia"])
def test_of_two_reps_no_mail_is_logged_in_thirty_days(rows: Company, rep: str) -> None:
    first = OfficeTime(AS_OF).moment(29, "00:00")
    assert [m for m in rows["EmailMessage"] if m["CreatedById"] == USER_IDS[rep] and m["MessageDate"] >= first] == []


def test_most_of_the_many_answer(rows: Company) -> None:
    ids, done = person_ids(rows), said(rows)
    answered = ["<" in done[ids[lead.name]] for lead in MANY]
    assert 0.8 < sum(answered) / len(answered) < 0.95


def test_every_lead_is_somebody_else(rows: Company) -> None:
    assert len({lead.name for lead in PROSPECTS}) == len({lead.email for lead in PROSPECTS}) == len(PROSPECTS)
    contacts = {f"{row['FirstName']} {row['LastName']}" for row in rows["Contact"]}
    assert contacts.isdisjoint(lead.name for lead in PROSPECTS)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.deal)
def test_a_customer_is_answered_on_the_day_they_wrote_beside_the_record_of_the_deal(
    rows: Company, answer: Answer
) -> None:
    deal = next(each for each in STORY if each.name == answer.deal)
    assert any(touch.days == answer.days and touch.kind in {"mail in", "call in"} for touch in deal.touches)
    at = OfficeTime(AS_OF).moment(answer.days, "14:30")
    [mail] = [
        row for row in rows["EmailMessage"] if row["MessageDate"] == at and row["CreatedById"] == USER_IDS[deal.owner]
    ]
    assert not str(mail["RelatedToId"]).startswith("006")
