"""The question before something is written from Slack, and the sentence that stands in place of a form."""

from typing import Any

import pytest
from slack_sdk.models.views import View

from deployments.sandbox.slack.view_blocks import checked_view
from deployments.slack_views import confirm, safe, told
from flows.feedback_forms import RequestForm
from flows.forms import DecisionForm, FilingForm
from tasks.reports.post import lines

ACME, HOOLI = "006000000000001AAA", "006000000000002AAA"
LABELS = {"opportunities": {ACME: "$120k · Acme 2026", HOOLI: "$9.5k · <!channel> *Hooli*"}}


def asked(form: type[Any], values: dict[str, Any], **labels: Any) -> list[str]:
    view = confirm(form, values, labels, signed="Marisol Vega", private_metadata="{}")
    checked_view(view)
    View(**view).validate_json()
    return lines(view["blocks"])


def test_it_names_what_is_written_line_by_line_and_who_signs() -> None:
    values = {"proposal": "2026-11-23-3f9a1c", "opportunities": [ACME, HOOLI], "loss_reason": "No response"}

    assert asked(DecisionForm, {**values, "decided_by": "Marisol Vega", "dry_run": False}, **LABELS) == [
        "Close opportunities that a pipeline review proposed.",
        "• Proposal: 2026-11-23-3f9a1c",
        "• Only these opportunities: 2",
        "• $120k · Acme 2026",
        "• $9.5k · <!channel> *Hooli*",
        "• Loss reason: No response",
        "It is written at once, as the decision of Marisol Vega.",
    ]


def test_what_is_empty_or_off_is_not_named() -> None:
    assert asked(DecisionForm, {"opportunities": [], "loss_reason": "", "keep": [], "dry_run": False}) == [
        "Close opportunities that a pipeline review proposed.",
        "It is written at once, as the decision of Marisol Vega.",
    ]


def test_what_is_on_is_named() -> None:
    assert "• Tell the customer: yes" in asked(RequestForm, {"requests": ["a"], "tell_customer": True})


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    said = asked(FilingForm, {"findings": [f"{number:012x}" for number in range(120)]})

    assert said[1:3] == ["• Findings: 120", "• 000000000000"]
    assert said[-2] == "• and 95 more"


def test_a_text_of_twenty_thousand_characters_still_fits() -> None:
    assert asked(RequestForm, {"requests": ["a"], "title": "t" * 200, "text": "x" * 20_000})


@pytest.mark.parametrize("words", ["<!channel>", "<https://evil.example|Salesforce>", "a & b"])
def test_words_of_others_format_and_link_nothing(words: str) -> None:
    [block] = told("Decision", safe(words))["blocks"]

    assert not set("<>") & set(block["text"]["text"])


def test_a_sentence_in_place_of_a_form_closes_what_lies_below() -> None:
    view = told("A title with more than twenty-four characters", "Started.")
    checked_view(view)

    assert (view["clear_on_close"], "submit" in view) == (True, False)
