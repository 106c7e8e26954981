"""A run form as a Slack modal: what a person is asked, and how."""

from fnmatch import fnmatchcase
from typing import Any

import pytest
from pydantic import BaseModel, Field
from slack_sdk.models.views import View

from deployments.slack_fields import Field as Asked
from deployments.slack_fields import Kind, fields
from deployments.slack_modal import Ask, values, view
from flows.feedback_forms import FeedbackForm, RequestForm
from flows.forms import (
    ActivityReviewForm,
    DecisionForm,
    PipelineReviewForm,
    UndoForm,
    ValidationForm,
)
from tests.modals import ASK, FORMS, SIGNED, blocks, element, every_form, lines, problems, submitted


def hint(form: type[BaseModel], name: str) -> str:
    """What stands below the input."""
    return str(blocks(view(form, {}, ask=ASK))[name].get("hint", {}).get("text", ""))


def full(field: Asked) -> Any:
    """A value up to the field's limits, or to Slack's."""
    return {
        Kind.DAY: "2026-11-23",
        Kind.MOMENT: "2026-11-23T14:00:00Z",
        Kind.NUMBER: field.most,
        Kind.SWITCH: True,
        Kind.TEXT: "x" * min(field.most or 3000, 3000),
        Kind.CHANNEL: "C030A767HQV",
        Kind.KEYS: [f"{number:03}{'k' * 97}" for number in range(min(field.most or 130, 130))],
        Kind.CHOICES: list(field.choices),
    }[field.kind]


def test_there_are_eleven_forms() -> None:
    assert len(FORMS) == 11


@every_form
def test_every_form_opens_empty_and_full(form: type[BaseModel]) -> None:
    filled = {field.name: full(field) for field in fields(form) if not field.signs}
    words = {
        name: {key: f"Дана Коул & <!channel> {key}" for key in keys}
        for name, keys in filled.items()
        if isinstance(keys, list)
    }

    for made in (view(form, {}, ask=ASK), view(form, filled, ask=SIGNED), view(form, filled, ask=SIGNED, labels=words)):
        assert problems(made) == []
        assert View(**made).to_dict() == made
    assert submitted(view(form, filled, ask=SIGNED, labels=words)).keys() >= filled.keys()
    assert lines(view(form, filled, ask=ASK)) == []


@every_form
def test_every_field_is_asked_for_under_its_title_and_the_dry_run_last(form: type[BaseModel]) -> None:
    made = blocks(view(form, {}, ask=ASK))

    assert {name: block["label"]["text"] for name, block in made.items()} == {
        name: field.title for name, field in form.model_fields.items()
    }
    assert [*made][-1] == "dry_run"


@every_form
def test_a_form_begins_with_its_defaults(form: type[BaseModel]) -> None:
    made = view(form, {}, ask=SIGNED)

    answer = values(form, submitted(made), signed="Marisol Vega")

    assert answer.errors == {}
    assert form.model_validate(answer.given).model_dump(exclude={"decided_by", "undone_by"}) == form().model_dump(
        exclude={"decided_by", "undone_by"}
    )


@every_form
def test_nothing_is_said_that_concerns_prefects_inputs(form: type[BaseModel]) -> None:
    for name in form.model_fields:
        assert "choose" not in hint(form, name)
        assert "T06:00" not in hint(form, name)


@pytest.mark.parametrize(
    ("form", "name", "says"),
    [
        (PipelineReviewForm, "as_of", "The day to judge. Leave empty for the day the run was scheduled for."),
        (FeedbackForm, "since", "… Empty: since the sweep before. Slack shows it in your own time zone."),
        (PipelineReviewForm, "stale_after_days", "… Empty: as in the settings (45)."),
        (PipelineReviewForm, "channel", "The channel to post to. Empty: the channel of the settings."),
        (ActivityReviewForm, "channel", "A private channel or direct message to post to. Empty: the CRO's, as in …"),
        (FeedbackForm, "channels", "Ids of the customer channels to read. Empty: all of the settings. One a line."),
        (RequestForm, "text", "… Everybody can read it. At most 3,000 characters here."),
        (PipelineReviewForm, "dry_run", ""),
        (ActivityReviewForm, "dry_run", "On: show the report, with names, in … Off: post it to the CRO alone."),
    ],
)
def test_a_field_says_below_it_what_it_does(form: type[BaseModel], name: str, says: str) -> None:
    assert fnmatchcase(hint(form, name), says.replace("…", "*"))


def test_a_sentence_of_ones_own_that_begins_alike_stays() -> None:
    class Gift(BaseModel):
        what: str = Field(default="", description="Any. To give one, choose date and place, then 2026-11-23T06:00.")

    assert hint(Gift, "what") == "Any. To give one, choose date and place, then 2026-11-23T06:00."


@pytest.mark.parametrize(
    ("form", "name", "kind", "more"),
    [
        (PipelineReviewForm, "as_of", "datepicker", {}),
        (FeedbackForm, "since", "datetimepicker", {}),
        (PipelineReviewForm, "stale_after_days", "number_input", {"min_value": "7", "max_value": "365"}),
        (PipelineReviewForm, "owner_or_team", "plain_text_input", {"multiline": False, "max_length": 120}),
        (RequestForm, "text", "plain_text_input", {"multiline": True, "max_length": 3000}),
        (DecisionForm, "keep", "plain_text_input", {"multiline": True, "max_length": 3000}),
        (ValidationForm, "objects", "checkboxes", {}),
        (PipelineReviewForm, "dry_run", "radio_buttons", {}),
    ],
)
def test_each_kind_has_its_input(form: type[BaseModel], name: str, kind: str, more: dict[str, Any]) -> None:
    made = element(form, name)

    assert made["type"] == kind
    assert made.items() >= more.items()


@pytest.mark.parametrize(
    ("form", "include"), [(PipelineReviewForm, ["private", "public"]), (ActivityReviewForm, ["im", "private"])]
)
def test_a_channel_is_chosen_among_ones_own_but_never_one_shared_with_a_customer(
    form: type[BaseModel], include: list[str]
) -> None:
    assert element(form, "channel")["filter"] == {"include": include, "exclude_external_shared_channels": True}


@pytest.mark.parametrize(
    ("form", "name", "needed"),
    [
        (PipelineReviewForm, "as_of", False),
        (DecisionForm, "loss_reason", False),
        (DecisionForm, "decided_by", True),
        (DecisionForm, "opportunities", False),
        (ValidationForm, "objects", True),
        (PipelineReviewForm, "dry_run", True),
    ],
)
def test_slack_itself_asks_for_what_is_needed(form: type[BaseModel], name: str, needed: bool) -> None:
    assert blocks(view(form, {}, ask=ASK))[name]["optional"] is not needed


def test_what_on_and_off_mean_stands_at_each() -> None:
    on, off = element(PipelineReviewForm, "dry_run")["options"]

    assert on["description"]["text"] == "Show the report in this run's artifacts only."
    assert off["description"]["text"] == "Post it to Slack."


def test_a_title_is_cut_to_what_slack_takes() -> None:
    made = view(UndoForm, {}, ask=Ask("Undo the decision of 23 November", "Undo the whole decision now", "undo"))

    assert (made["title"]["text"], made["submit"]["text"]) == ("Undo the decision of 23…", "Undo the whole decision…")


def test_what_comes_back_is_sent_whole() -> None:
    made = view(UndoForm, {}, ask=Ask("Undo", "Undo", "undo", private_metadata="m" * 3000))

    assert (made["callback_id"], made["private_metadata"]) == ("undo", "m" * 3000)


@pytest.mark.parametrize(
    "wrong",
    [{"private_metadata": "m" * 3001}, {"callback_id": "c" * 256}, {"title": " "}, {"submit": ""}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_slack_would_refuse_or_cut_is_refused_first(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"characters|title"):
        Ask(**{"title": "Undo", "submit": "Undo", "callback_id": "undo", **wrong})


def test_lines_stand_above_the_inputs_and_are_text() -> None:
    made = view(UndoForm, {}, ask=Ask("Undo", "Undo", "undo", lines=("Restores 4 deals.", "<!channel> *Acme* :x:")))

    assert made["blocks"][0]["type"] == "rich_text"
    assert lines(made) == ["Restores 4 deals.", "<!channel> *Acme* :x:"]
