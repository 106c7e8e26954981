"""The check finds every way in which the pretend company differs from the handbook, and nothing else."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations.__main__ import main
from tasks.expectation_draft import drafted
from tasks.expectation_files import handbook_of, load, ours
from tasks.expectation_language import OURS
from tasks.rules.labels import plain
from tasks.rules.verdicts import Discrepancy, Status, Verdict
from tests.checked import Checked, checked
from tests.company import MONDAY, Sandbox, running
from tests.conftest import Install
from tests.known_deviations import DEVIATIONS, SHOWN_TO_SOME, Deviation

Found = tuple[Verdict, Discrepancy]


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def check(company: Sandbox) -> Checked:
    return checked(company, MONDAY)


@pytest.fixture(scope="module")
def found(check: Checked) -> list[Found]:
    return [(verdict, one) for verdict in check.verdicts for one in verdict.discrepancies]


def is_it(deviation: Deviation, found: Found) -> bool:
    verdict, one = found
    where = verdict.expectation.object, verdict.expectation.handbook_line
    named = {record.name for record in one.records}
    told = plain(deviation.about) in plain(one.said) or plain(deviation.about) in plain(one.subject)
    return where == (deviation.object, deviation.line) and told and named == set(deviation.records)


@pytest.mark.parametrize("deviation", DEVIATIONS, ids=lambda one: one.id)
def test_each_deviation_is_found(found: list[Found], deviation: Deviation) -> None:
    assert [one for one in found if is_it(deviation, one)]


def test_nothing_else_is_found(found: list[Found]) -> None:
    strange = [(v.expectation.source, one.said) for v, one in found if not any(is_it(d, (v, one)) for d in DEVIATIONS)]

    assert strange == []


def test_the_known_ways_are_many_and_of_many_kinds() -> None:
    assert len(DEVIATIONS) >= 12
    assert {one.object for one in DEVIATIONS} == {"", "Account", "Opportunity", "Contact", "Lead"}


def test_every_expectation_has_one_verdict(check: Checked) -> None:
    counts = Counter(verdict.status for verdict in check.verdicts)

    assert counts[Status.COULD_NOT_CHECK] == 0
    assert min(counts[Status.AS_EXPECTED], counts[Status.DIFFERS], counts[Status.NEEDS_EYES]) >= 5
    assert sum(counts.values()) == len({verdict.expectation.key for verdict in check.verdicts})


def test_what_is_shown_to_some_only_is_told_and_is_no_difference(check: Checked) -> None:
    told = {
        (one.expectation.object, one.expectation.handbook_line, remark)
        for one in check.verdicts
        for remark in one.remarks
    }

    for sobject, line, label in SHOWN_TO_SOME:
        assert (sobject, line, f"“{label}” is shown to some only") in {(o, n, r) for o, n, r in told}


def test_it_takes_about_thirty_calls_for_the_structure_and_few_for_the_records(check: Checked) -> None:
    assert check.structure.calls <= 36
    assert check.records.calls <= 5


def test_a_draft_of_the_org_is_what_the_org_is(
    company: Sandbox, check: Checked, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("draft")
    for name, text in drafted(check.structure.facts, MONDAY).items():
        (folder / name).write_text(text, encoding="utf-8")

    again = checked(company, MONDAY, load(folder))

    statuses = Counter(verdict.status for verdict in again.verdicts)
    assert [(v.expectation.source, v.found) for v in again.verdicts if v.status is Status.DIFFERS] == []
    assert statuses[Status.COULD_NOT_CHECK] == 0
    assert statuses[Status.AS_EXPECTED] >= 15


def test_the_command_writes_the_draft_of_the_org_of_the_settings(
    company: Sandbox, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(company.environment)

    assert main(["draft", "--out", str(tmp_path / "new")]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(OURS)
    assert capsys.readouterr().out.endswith(
        f"5 files in {tmp_path / 'new'}, as users of Standard User see Salesforce today\n"
    )
    assert main(["check", str(tmp_path / "new")]) == 0
    assert main(["check", str(tmp_path / "new"), "--handbook", str(handbook_of(ours()))]) == 1
    assert "Quote the handbook's sentence here." in capsys.readouterr().out


def test_a_draft_without_an_org_says_why(install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install({})

    assert main(["draft", "--out", str(tmp_path / "new")]) == 1
    assert "RITUALS_SALESFORCE_URL is missing" in capsys.readouterr().out
    assert not (tmp_path / "new").exists()
