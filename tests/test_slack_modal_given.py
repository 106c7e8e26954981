"""A run form as a Slack modal: what is filled in beforehand, and keys to choose among."""

from typing import Any

import pytest
from pydantic import BaseModel, model_validator

from deployments.slack_modal import values, view
from flows.feedback_forms import FeedbackForm, RequestForm
from flows.forms import (
    BookingForm,
    DecisionForm,
    FilingForm,
    PipelineReviewForm,
    UndoForm,
    ValidationForm,
)
from tests.modals import ASK, SIGNED, blocks, element, lines, problems, submitted


@pytest.mark.parametrize(
    ("form", "given", "left_out", "why"),
    [
        (PipelineReviewForm, {"as_of": "23/11/2026"}, "as_of", "A day such as 2026-11-23."),
        (PipelineReviewForm, {"stale_after_days": 6}, "stale_after_days", "Give a number from 7 to 365."),
        (PipelineReviewForm, {"dry_run": "perhaps"}, "dry_run", "Choose On or Off."),
        (PipelineReviewForm, {"channel": "#revenue"}, "channel", "The id of a channel or a private channel, such as"),
        (ValidationForm, {"objects": ["Tabs", "Case"]}, "objects", "Choose among: Tabs, Account, "),
        (FeedbackForm, {"since": "2026-11-23T06:00:00"}, "since", "A day and a time, such as "),
        (FeedbackForm, {"since": "1999-11-23T06:00:00Z"}, "since", "Slack shows moments from September 2001 on."),
        (BookingForm, {"talks": [f"t-{number}" for number in range(101)]}, "talks", "At most 100."),
        (BookingForm, {"talks": ["t-3f9a", 7]}, "talks", "One name, id or key a line."),
        (RequestForm, {"text": "x" * 3001}, "text", "It has 3,001 characters, and a form "),
        (DecisionForm, {"proposal": "x" * 101}, "proposal", "At most 100 characters."),
        (DecisionForm, {"keep": ["k" * 151, *map(str, range(800))]}, "keep", "Its 801 entries are more than "),
        (DecisionForm, {"keep": ["k" * 151, "Acme\nRenewal"]}, "keep", "Its 2 entries are more than "),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_left_at_its_default_and_the_form_says_so(
    form: type[BaseModel], given: dict[str, Any], left_out: str, why: str
) -> None:
    made = view(form, {**given, "dry_run": given.get("dry_run", False)}, ask=ASK)

    [said] = lines(made)
    assert said.startswith(f"{form.model_fields[left_out].title}: what was filled in beforehand is left out. {why}")
    assert blocks(made)[left_out] == blocks(view(form, {}, ask=ASK))[left_out]
    if left_out != "dry_run":
        assert values(form, submitted(made)).given["dry_run"] is False


def test_what_the_form_does_not_ask_for_is_named() -> None:
    made = view(UndoForm, {"proposal": "2026-11-23-3f9a1c", "dryrun": False, "*x*": 1}, ask=ASK)

    assert lines(made) == ["Left out, as this form does not ask for it: dryrun, *x*"]
    assert blocks(made)["proposal"]["element"]["initial_value"] == "2026-11-23-3f9a1c"


def test_values_that_contradict_each_other_are_all_left_out() -> None:
    class Span(BaseModel):
        first: int = 1
        last: int = 2

        @model_validator(mode="after")
        def in_order(self) -> "Span":
            if self.first > self.last:
                raise ValueError("The first day comes after the last.")
            return self

    made = view(Span, {"first": 5, "last": 4}, ask=ASK)
    state = submitted(made)
    state["first"]["first"]["value"] = "9"

    assert lines(made) == ["What was filled in beforehand does not fit together, so all of it is left out."]
    assert values(Span, submitted(made)).given == {"first": 1, "last": 2}
    assert values(Span, state).errors == {"last": "The first day comes after the last."}


def test_a_channel_that_is_given_stays_an_id() -> None:
    made = element(PipelineReviewForm, "channel", {"channel": "C030A767HQV"})

    assert (made["type"], made["initial_value"]) == ("plain_text_input", "C030A767HQV")


def test_a_name_of_pictures_fits_however_slack_counts_them() -> None:
    assert element(PipelineReviewForm, "owner_or_team", {"owner_or_team": "🐙" * 120})["max_length"] == 240


def test_a_text_with_lines_keeps_them() -> None:
    assert element(DecisionForm, "loss_reason", {"loss_reason": "No budget\nthis year"})["multiline"] is True


TALKS = {"t-3f9a": "Dana Cole, Wed 2 Dec 10:30 PT", "t-77b0": "Ray Ortiz, Wed 2 Dec 11:00 PT"}


def test_keys_that_are_given_are_a_menu_from_which_one_can_be_taken() -> None:
    made = view(BookingForm, {"talks": [*TALKS]}, ask=SIGNED, labels={"talks": TALKS})
    state = submitted(made)
    state["talks"]["talks"]["selected_options"].pop(0)

    assert [
        option["text"]["text"]
        for option in element(BookingForm, "talks", {"talks": [*TALKS]}, labels={"talks": TALKS})["options"]
    ] == [*TALKS.values()]
    assert values(BookingForm, state).given["talks"] == ["t-77b0"]


def test_a_key_is_offered_once_and_without_what_surrounds_it() -> None:
    made = element(BookingForm, "talks", {"talks": ["t-1 ", "t-1", "", "t-2"]}, labels={"talks": {" t-2": "", "": "x"}})

    assert [option["value"] for option in made["options"]] == ["t-1", "t-2"]


def test_labels_alone_offer_what_may_be_chosen_and_choose_nothing() -> None:
    made = view(DecisionForm, {}, ask=ASK, labels={"keep": {"006A": "Acme renewal", "006B": "Bolt, Inc."}})

    assert len(blocks(made)["keep"]["element"]["options"]) == 2
    assert values(DecisionForm, submitted(made)).given["keep"] == []
    assert blocks(made)["opportunities"]["element"]["type"] == "plain_text_input"


def test_a_label_of_anybody_is_only_text() -> None:
    [option] = element(
        BookingForm, "talks", {"talks": ["t-1"]}, labels={"talks": {"t-1": "<!channel> *now* :x:\u202e"}}
    )["options"]

    assert option == {"text": {"type": "plain_text", "text": "<!channel> *now* :x:", "emoji": False}, "value": "t-1"}


@pytest.mark.parametrize(
    ("keys", "labels"),
    [
        pytest.param(["006A", "006B"], {"006A": "Acme renewal", "006B": "Acme renewal"}, id="of one name"),
        pytest.param([f"layout.{'x' * 100}.{n}" for n in (1, 2)], {}, id="long keys that end differently"),
        pytest.param(["006A", "006B"], {"006A": "A" * 90 + "1", "006B": "A" * 90 + "2"}, id="long names"),
        pytest.param(["006A", "\u200b"], {"006A": "\u200b"}, id="names that nobody sees"),
    ],
)
def test_two_that_read_alike_can_be_told_apart(keys: list[str], labels: dict[str, str]) -> None:
    made = view(DecisionForm, {"keep": keys}, ask=ASK, labels={"keep": labels})

    said = [option["text"]["text"] for option in blocks(made)["keep"]["element"]["options"]]
    assert len(set(said)) == 2
    assert problems(made) == []


def test_five_hundred_findings_are_five_menus_and_come_back_in_order() -> None:
    findings = [f"account.page.{number}" for number in range(500)]
    made = view(FilingForm, {"findings": findings}, ask=SIGNED)

    labels = [block["label"]["text"] for block in blocks(made).values()][:5]
    assert labels[0] == "Findings (1 to 100 of 500)"
    assert labels[4] == "Findings (401 to 500 of 500)"
    assert problems(made) == []
    assert values(FilingForm, submitted(made)).given["findings"] == findings


@pytest.mark.parametrize("size", [99, 100, 101])
def test_a_menu_has_a_hundred_options_at_most(size: int) -> None:
    made = view(FilingForm, {"findings": [f"f-{number}" for number in range(size)]}, ask=SIGNED)

    assert len([name for name in blocks(made) if name.startswith("findings")]) == (1 if size <= 100 else 2)


def test_long_labels_of_many_are_shortened_until_slack_takes_them() -> None:
    names = {f"{number:03}{'k' * 60}": f"Страница счёта без поля номер {number} " * 3 for number in range(500)}
    made = view(FilingForm, {"findings": [*names]}, ask=SIGNED, labels={"findings": names})

    assert problems(made) == []
    assert values(FilingForm, submitted(made)).given["findings"] == [*names]


def test_more_than_slack_takes_in_all_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        ValueError, match=r"^“Discrepancies to file” is filled in with more .* Start it in Prefect instead\.$"
    ):
        view(FilingForm, {"findings": [f"{number:03}{'ключ' * 36}" for number in range(500)]}, ask=SIGNED)


def test_too_many_labels_are_left_out_and_what_is_given_stays() -> None:
    names = {f"006{number}": f"Deal {number}" for number in range(501)}
    made = element(DecisionForm, "keep", {"keep": ["0067"]}, labels={"keep": names})

    assert made["options"] == [{"text": {"type": "plain_text", "text": "Deal 7", "emoji": False}, "value": "0067"}]


def test_labels_that_are_more_than_slack_takes_in_all_are_left_out() -> None:
    names = {f"{number:03}{'ключ' * 36}": f"Deal {number}" for number in range(500)}
    made = view(
        DecisionForm, {"proposal": "2026-11-23-3f9a1c"}, ask=ASK, labels={"opportunities": names, "keep": names}
    )

    assert problems(made) == []
    assert blocks(made)["keep"]["element"]["type"] == "plain_text_input"


def test_keys_too_long_for_a_menu_are_lines() -> None:
    keys = ["k" * 151, "Acme, Inc."]
    made = view(DecisionForm, {"keep": keys}, ask=ASK)

    assert blocks(made)["keep"]["element"]["initial_value"] == "\n".join(keys)
    assert values(DecisionForm, submitted(made)).given["keep"] == keys


def test_only_lines_part_names() -> None:
    state = submitted(view(DecisionForm, {}, ask=ASK))
    state["keep"]["keep"]["value"] = "Bolt, Inc. - renewal \r\n\n  Acme\nAcme\n"

    assert values(DecisionForm, state).given["keep"] == ["Bolt, Inc. - renewal", "Acme"]
