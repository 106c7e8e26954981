"""Great Expectations where it surprises: what it drops, passes or mixes up must not become a verdict.

Not tested, because they cannot happen here: Slack actions, checkpoints and Data Docs are not used (so neither their
messages nor their pages of other hosts); conditions on rows and SQL are not used; no column's type is expected;
results are never handed on, but our own verdicts made of them. The files of expectations are ours, read by our loader.
"""

import logging
from pathlib import Path

import pandas as pd
import pytest

from tasks.quality import judged
from tasks.quality_suites import RESULT_FORMAT, Suites, comparable, record_checks
from tasks.rules.expected import (
    Among,
    ByEye,
    Equals,
    Expectation,
    Has,
    Matches,
    NoNotes,
    NotAfter,
    Opens,
    Pattern,
    Records,
    Source,
)
from tasks.rules.record_checks import judged_records
from tasks.rules.validation_policy import ValidationPolicy
from tests.quality.orgs import DAY, accounts, deals, expectation, org, records, sums

NO_TIME, DAY_1, DAY_2 = pd.NaT, pd.Timestamp("2026-01-01"), pd.Timestamp("2026-06-01")
NO = float("nan")


@pytest.fixture(scope="module")
def suites() -> Suites:
    return Suites()


def names(*values: str | None) -> pd.DataFrame:
    return pd.DataFrame({"Id": [str(n) for n in range(len(values))], "value": pd.Series(values, dtype="str")})


def year(number: int, *, required: bool = False) -> list[object]:
    return record_checks(expectation(Matches("Name", Pattern.YEAR, required=required), line=number), number)


def test_a_check_that_it_cannot_read_is_dropped_by_it_and_missed_by_us(suites: Suites) -> None:
    unknown = {"type": "expect_what_nobody_knows", "kwargs": {}, "meta": {"number": 0}}

    alone = suites.run(names("a 2026"), {0: [unknown]})
    beside = suites.run(names("a 2026"), {0: [unknown], 1: year(1)})

    assert "nothing was evaluated" in alone[0].mishap
    assert "0 of 1 results came back" in beside[0].mishap
    assert (beside[1].success, beside[1].mishap) == (True, "")


def test_one_of_two_results_is_not_enough(suites: Suites) -> None:
    ran = suites.run(names("a 2026"), {0: [*year(0), {"type": "expect_nothing", "kwargs": {}, "meta": {"number": 0}}]})

    assert "1 of 2 results" in ran[0].mishap


def test_no_checks_at_all_are_no_success(suites: Suites) -> None:
    assert suites.run(names("a 2026"), {}) == {}


def test_results_are_known_by_their_number_whatever_their_order(suites: Suites) -> None:
    no_such_column = record_checks(expectation(Has("Name", "x")), 1)

    ran = suites.run(names("a 2026", "b"), {0: year(0), 1: no_such_column, 2: year(2, required=True)})

    assert [(ran[n].success, ran[n].rows) for n in (0, 2)] == [(False, (1,)), (False, (1,))]
    assert "other" in ran[1].mishap


def test_a_frame_is_judged_by_its_own_checks_only(suites: Suites) -> None:
    first, second = (suites.run(frame, {0: year(0)})[0] for frame in (names("a 2026"), names("b", "c")))

    assert (first.success, second.rows) == (True, (0, 1))


def test_a_blank_is_skipped_unless_it_is_required(suites: Suites) -> None:
    ran = suites.run(names("a 2026", None), {0: year(0), 1: year(1, required=True)})

    assert (ran[0].success, ran[1].rows) == (True, (1,))


def test_every_wrong_row_comes_back_and_no_value_of_it(suites: Suites) -> None:
    ran = suites.run(names(*["no year"] * 5_000), {0: year(0)})

    assert ran[0].rows == tuple(range(5_000))
    assert RESULT_FORMAT["exclude_unexpected_values"]


def test_a_claim_that_is_none_of_records_has_no_checks() -> None:
    with pytest.raises(ValueError, match="ByEye is not a claim about records"):
        record_checks(expectation(ByEye("the pin")), 0)


def test_nothing_is_left_on_disk_or_said_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.INFO):
        judged([expectation(NoNotes())], org("Leads"), records(), ValidationPolicy(), DAY)

    assert list(tmp_path.iterdir()) == []
    assert (*capfd.readouterr(), caplog.messages) == ("", "", [])


DATES = (NO_TIME, DAY_1, DAY_2)
NUMBERS = (NO, 0.0, 2.0, 2.004, -1.0)
TEXTS = (
    None,
    "",
    "  ",
    "Acme 2026",
    "20261",
    "x2026",
    "1999",
    "2026-Acme",
    "\uff12\uff10\uff12\uff16",
    "\n2026",
    "Acme\t2099",
)
PAGES = (
    None, "https://www.linkedin.com/company/acme", "http://www.linkedin.com/company/acme", "linkedin.com/company/a",
    " https://linkedin.com/company/acme ", "https://linkedin.com.evil.example/company/a", "https://linkedin.com/in/me",
    "https://www.linkedin.com/sales/company/1", "HTTPS://LINKEDIN.COM/COMPANY/Acme", "https://a@linkedin.com/company/b",
)  # fmt: skip


def crossed(first: tuple[object, ...], second: tuple[object, ...]) -> tuple[list[object], list[object]]:
    return [a for a in first for _ in second], [b for _ in first for b in second]


STARTS, ENDS = crossed(DATES, DATES)
STEPS, DUE = crossed(TEXTS[:4], DATES)
DEALS = deals(*["Acme 2026"] * len(STARTS), Starts__c=pd.to_datetime(STARTS), Ends__c=pd.to_datetime(ENDS))
STEPPED = deals(*["x"] * len(STEPS), NextStep=pd.Series(STEPS, dtype="str"), Due__c=pd.to_datetime(DUE))
WINS, SUMMED = crossed(NUMBERS, NUMBERS)
FIRSTS, CLOSED = crossed(DATES, DATES)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (Matches("Opportunity Name", Pattern.YEAR), {"frames": {"Opportunity": deals(*TEXTS)}}),
        (Matches("Opportunity Name", Pattern.YEAR, required=True), {"frames": {"Opportunity": deals(*TEXTS)}}),
        *[
            (
                Matches("LinkedIn company URL", pattern),
                {"frames": {"Account": accounts(Page__c=pd.Series(PAGES, dtype="str"))}},
            )
            for pattern in (Pattern.LINKEDIN_COMPANY, Pattern.LINKEDIN_PERSON, Pattern.SALES_NAVIGATOR)
        ],
        (NotAfter("Effective date", "Subscription end date"), {"frames": {"Opportunity": DEALS}}),
        (NotAfter("Effective date", "Subscription end date", Among.WON), {"frames": {"Opportunity": DEALS}}),
        (Has("Next step", "Next step's due date"), {"frames": {"Opportunity": STEPPED}}),
        (Has("Next step's due date", "Next step", Among.ALL), {"frames": {"Opportunity": STEPPED}}),
        (
            Equals("Deals won (#)", Source.COUNT_WON),
            {"frames": {"Account": accounts(Wins__c=[*WINS, 0.0, NO, 3.0])}, "sums": sums(Source.COUNT_WON, SUMMED)},
        ),
        (
            Equals("Cumulative revenue", Source.SUM_WON),
            {"frames": {"Account": accounts(Revenue__c=[*WINS, 0.0, NO])}, "sums": sums(Source.SUM_WON, SUMMED)},
        ),
        (
            Equals("Close date (first deal)", Source.FIRST_WON),
            {
                "frames": {"Account": accounts(First__c=pd.to_datetime([*FIRSTS, NO_TIME, DAY_1]))},
                "sums": sums(Source.FIRST_WON, list(pd.to_datetime(CLOSED))),
            },
        ),
        (
            Opens("LinkedIn company URL"),
            {
                "frames": {"Account": accounts(Page__c=["https://a", "https://b", "https://c", "https://d"])},
                "links": pd.DataFrame({"url": ["https://a", "https://b"], "state": ["works", "broken"]}),
            },
        ),
    ],
)
def test_it_finds_what_the_plain_rules_find(claim: Records, given: dict[str, object]) -> None:
    one: Expectation = expectation(claim, next(iter(given["frames"])))  # type: ignore[call-overload]
    held = records(**given)

    [verdict] = judged([one], org("Leads"), held, ValidationPolicy(), DAY)

    assert verdict == judged_records(one, held, org("Leads"))
    assert isinstance(claim, NotAfter) or verdict.discrepancies


def test_what_is_blank_is_missing_where_that_is_what_is_asked() -> None:
    frame = pd.DataFrame({"Id": ["1", "2"], "Name": "x", "value": "y", "other": ["  ", "z"]}, index=[5, 6])

    seen = comparable(expectation(Has("Next step", "Next step's due date")), frame)

    assert (seen["other"].isna().tolist(), seen.index.tolist()) == ([True, False], [0, 1])
