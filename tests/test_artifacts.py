"""What a run leaves in the Prefect UI, read back from a real server: a table that is JSON, a text that is only text."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest
from markdown_it import MarkdownIt
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import Artifact

from tasks.artifacts import ROWS, show
from tasks.reports.pipeline import message
from tasks.rules.findings import Deal, Verdict
from tasks.salesforce_pipeline import Reading
from tests.reports.review_builder import make_context, make_deal, make_review

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]

HOSTILE = [
    "[Acme](https://evil.example)", "<script>alert(1)</script>", "```\n# all is well\n```", "~~~\nout\n~~~",
    "\n\n# Acme\n\n", "\r\n\r\n![x](https://evil.example/x.png)", "\u2028# Acme", "\x0c\x0b# Acme", "\x85# Acme",
    "<https://evil.example>", "| a | b |\n|---|---|", "</code></pre><img src=x onerror=alert(1)>", "\t\tAcme",
    "- one\n- two", "> quote", "***\n---", "[x]: https://evil.example",
]  # fmt: skip


@dataclass(frozen=True)
class Left:
    """The two artifacts of one run."""

    report: Artifact
    table: Artifact

    @property
    def rows(self) -> list[dict[str, Any]]:
        def refuse(constant: str) -> None:
            raise AssertionError(f"{constant} is no JSON")

        return list(json.loads(str(self.table.data), parse_constant=refuse))


def reading(**said: Any) -> Reading:
    """A reading of which only what it cost matters here."""
    frames = dict.fromkeys(("opportunities", "activities", "newest", "roles", "history", "stages"), pd.DataFrame())
    since = {"next_steps_since": date(2026, 10, 26), "silent_accounts": (), "expected": 0}
    cost: dict[str, Any] = {"calls": 2, "used": 20_000, "allowed": 115_000, "in_bulk": False}
    return Reading(**{**frames, **since, **cost, **said})


def left_by(deals: list[Deal], **cost: Any) -> Left:
    """What a run leaves that judged these deals."""
    findings = make_review(deals)
    report = message(findings, make_context())

    @flow(name="shows-a-review", persist_result=False)
    def shows() -> None:
        show(findings, report, reading(**cost))

    state = shows(return_state=True)
    state.result()
    mine = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id]))
    with get_client(sync_client=True) as client:
        found = {artifact.key: artifact for artifact in client.read_artifacts(artifact_filter=mine)}
    return Left(found["pipeline-review"], found["pipeline-review-deals"])


def test_a_cell_is_what_json_can_carry() -> None:
    known = make_deal(
        1, "Acme 2026", verdict=Verdict.PROPOSE, days=45, last_touch=date(2026, 10, 9), hygiene=("no next step", "late")
    )
    unknown = make_deal(2, "Hooli", amount=None, value=None, close_date=None, last_touch=None, next_booked=None)

    [acme, hooli] = left_by([known, unknown]).rows

    assert (acme["Opportunity"], acme["Verdict"], acme["Days silent"]) == ("Acme 2026", "propose to close", 45)
    assert (acme["Close date"], acme["Last touch"]) == ("2026-12-18", "2026-10-09")
    assert (acme["To update"], acme["To repair"]) == ("no next step; late", "")
    assert acme["Amount"] == 10_000
    assert [hooli[name] for name in ("Amount", "Close date", "Last touch", "Next booked")] == [None] * 4


SIZES: list[tuple[int, int, str]] = [
    (0, 0, "0 open opportunities as judged"),
    (1, 1, "1 open opportunities as judged"),
    (ROWS, ROWS, "2,000 open opportunities as judged"),
    (ROWS + 1, ROWS, "2,001 open opportunities as judged, the 2,000 largest of them; all are in the file"),
]


@pytest.mark.parametrize(("deals", "shown", "says"), SIZES, ids=[str(deals) for deals, _, _ in SIZES])
def test_the_table_is_cut_at_two_thousand_and_says_so(deals: int, shown: int, says: str) -> None:
    left = left_by([make_deal(n, f"Deal {n}", amount=float(n), value=float(n)) for n in range(deals)])

    assert (len(left.rows), left.table.description) == (shown, says)


def test_what_is_cut_is_the_least_money() -> None:
    left = left_by([make_deal(n, f"Deal {n}", amount=float(n), value=float(n)) for n in range(ROWS + 1)])

    amounts = [row["Amount"] for row in left.rows]
    assert (amounts[0], amounts[-1]) == (ROWS, 1)


def test_the_report_is_one_code_block_and_a_line_of_ours_whatever_the_names_are() -> None:
    fields: list[Callable[[str], dict[str, Any]]] = [
        lambda text: {"account": text}, lambda text: {"owner": text}, lambda text: {"stage": text},
        lambda text: {"reason": text}, lambda text: {"hygiene": (text,)}, lambda text: {"problems": (text,)},
    ]  # fmt: skip
    verdicts = list(Verdict)
    deals = [
        make_deal(n, text, verdict=verdicts[n % len(verdicts)], **fields[n % len(fields)](text))
        for n, text in enumerate(HOSTILE * 2)
    ]

    left = left_by(deals)

    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    blocks = markdown.parse(str(left.report.data))
    assert [block.type for block in blocks] == ["code_block", "paragraph_open", "inline", "paragraph_close"]
    assert blocks[2].content == "Salesforce: 2 API calls (REST), 95,000 of 115,000 left today."
    assert "evil.example" in blocks[0].content  # it was there to be read


@pytest.mark.parametrize(
    ("cost", "says"),
    [
        ({}, "Salesforce: 2 API calls (REST), 95,000 of 115,000 left today."),
        ({"calls": 1_039, "in_bulk": True}, "Salesforce: 1,039 API calls (Bulk API 2.0 and REST), 95,000 of"),
        ({"used": 0, "allowed": 0}, "Salesforce: 2 API calls (REST)."),
    ],
    ids=["pages", "bulk", "a limit that is not known"],
)
def test_the_report_ends_with_what_it_cost(cost: dict[str, Any], says: str) -> None:
    left = left_by([make_deal(1, "Acme 2026")], **cost)

    assert str(left.report.data).rsplit("\n", maxsplit=1)[-1].startswith(says)
