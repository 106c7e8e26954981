"""A run form as a Slack modal: what comes back, and what is told where it is wrong."""

from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel

from deployments.slack_fields import Field as Asked
from deployments.slack_fields import Kind, fields
from deployments.slack_modal import values, view
from flows.feedback_forms import AfterHoursForm, FeedbackForm
from flows.forms import (
    ActivityReviewForm,
    BookingForm,
    DecisionForm,
    PipelineReviewForm,
    ValidationForm,
)
from tests.modals import ASK, SIGNED, Party, blocks, element, every_form, lines, problems, submitted


@pytest.mark.parametrize(
    ("form", "name", "filled", "says"),
    [
        (PipelineReviewForm, "as_of", {"selected_date": "2026-13-01"}, "A day such as 2026-11-23."),
        (PipelineReviewForm, "stale_after_days", {"value": "6"}, "Give a number from 7 to 365."),
        (PipelineReviewForm, "stale_after_days", {"value": "soon"}, "Give a number from 7 to 365."),
        (PipelineReviewForm, "stale_after_days", {"value": "7.5"}, "Give a number from 7 to 365."),
        (Party, "many", {"value": "1"}, "Give a number, 2 or more."),
        (Party, "few", {"value": "10"}, "Give a number, 9 or less."),
        (Party, "day", {"selected_date": None}, "A day such as 2026-11-23."),
        (Party, "word", {"value": "ab"}, "At least 3 characters."),
        (Party, "word", {"value": "ABC"}, "This does not fit."),
        (PipelineReviewForm, "dry_run", {"selected_option": None}, "Choose On or Off."),
        (PipelineReviewForm, "owner_or_team", {"value": "x" * 121}, "At most 120 characters."),
        (PipelineReviewForm, "channel", {"value": "revenue"}, "The id of a channel or a private channel, such as C…"),
        (ActivityReviewForm, "channel", {"value": "U030A767HQV"}, "The id of … or a direct message, such as C…"),
        (ValidationForm, "objects", {"selected_options": []}, "Choose at least 1 of: Tabs, …"),
        (BookingForm, "talks", {"value": "\n".join(map(str, range(101)))}, "At most 100."),
        (FeedbackForm, "since", {"selected_date_time": 10**18}, "A day and a time, such as 2026-11-23T06:00:00-08:00."),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_at_its_field_in_plain_words(
    form: type[BaseModel], name: str, filled: dict[str, Any], says: str
) -> None:
    state = submitted(view(form, {}, ask=ASK))
    state[name] = {name: filled}

    answer = values(form, state)

    assert (answer.errors.keys(), answer.given) == ({name}, {})
    assert fnmatchcase(answer.errors[name], says.replace("…", "*"))


def test_all_that_is_wrong_is_told_at_once() -> None:
    state = submitted(view(PipelineReviewForm, {}, ask=ASK))
    state["stale_after_days"]["stale_after_days"]["value"] = "6"
    state["channel"]["channel"] = {"type": "plain_text_input", "value": "revenue"}

    assert values(PipelineReviewForm, state).errors.keys() == {"stale_after_days", "channel"}


def test_an_error_of_what_was_not_asked_stands_at_a_block_that_is_there() -> None:
    state = submitted(view(DecisionForm, {}, ask=SIGNED))

    assert values(DecisionForm, state, signed="x" * 121).errors == {"dry_run": "At most 120 characters."}


def test_off_is_off_where_the_default_is_on() -> None:
    state = submitted(view(PipelineReviewForm, {}, ask=ASK))
    _, off = element(PipelineReviewForm, "dry_run")["options"]
    state["dry_run"]["dry_run"]["selected_option"] = off

    assert values(PipelineReviewForm, state).given["dry_run"] is False


def test_a_space_that_a_phone_has_added_is_no_part_of_a_name() -> None:
    state = submitted(view(PipelineReviewForm, {}, ask=ASK))
    state["owner_or_team"]["owner_or_team"]["value"] = " Dana Cole "

    assert values(PipelineReviewForm, state).given["owner_or_team"] == "Dana Cole"


def test_a_moment_comes_back_in_utc_whatever_its_offset_was() -> None:
    made = view(AfterHoursForm, {"as_of": "2026-11-23T06:00:00-08:00"}, ask=ASK)

    assert blocks(made)["as_of"]["element"]["initial_date_time"] == datetime(2026, 11, 23, 14, tzinfo=UTC).timestamp()
    assert values(AfterHoursForm, submitted(made)).given["as_of"] == "2026-11-23T14:00:00Z"


def test_only_what_was_asked_comes_back() -> None:
    state = submitted(view(PipelineReviewForm, {}, ask=ASK))
    asked = {"channel": {"channel": {"type": "conversations_select", "selected_conversation": "C030A767HQV"}}}

    assert values(PipelineReviewForm, asked).given == {"channel": "C030A767HQV"}
    assert values(PipelineReviewForm, {**asked, "of_the_app": {"x": {"value": "y"}}}).given == {
        "channel": "C030A767HQV"
    }
    assert values(PipelineReviewForm, state).given.keys() == PipelineReviewForm.model_fields.keys()


LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
WORDS = st.text(LETTERS, max_size=80).map(str.strip)
KEYS = st.lists(
    st.text(LETTERS, max_size=40).map(str.strip).filter(lambda key: len(key.splitlines()) == 1),
    max_size=12,
    unique=True,
)


def right(field: Asked) -> st.SearchStrategy[Any]:
    """Values that the form takes and Slack can show, as they come back."""
    moments = st.integers(1_000_080_000, 9_999_900_000).map(
        lambda seconds: f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    )
    return {
        Kind.DAY: st.none() | st.dates().map(date.isoformat),
        Kind.MOMENT: st.none() | moments,
        Kind.NUMBER: st.none() | st.integers(field.least, field.most),
        Kind.SWITCH: st.booleans(),
        Kind.TEXT: WORDS,
        Kind.CHANNEL: st.just("") | st.from_regex(f"[{field.conversations}][A-Z0-9]{{2,12}}", fullmatch=True),
        Kind.KEYS: KEYS,
        Kind.CHOICES: st.sets(st.sampled_from(field.choices or ("",)), min_size=1).map(
            lambda some: [choice for choice in field.choices if choice in some]
        ),
    }[field.kind]


@every_form
@settings(max_examples=25, deadline=None)
@drawn(data=st.data())
def test_what_is_given_comes_back(form: type[BaseModel], data: st.DataObject) -> None:
    given = {field.name: data.draw(right(field)) for field in fields(form) if not field.signs}
    labels = {
        name: dict.fromkeys(value, "alike")
        for name, value in given.items()
        if isinstance(value, list) and data.draw(st.booleans())
    }

    made = view(form, given, ask=ASK, labels=labels)

    assert problems(made) == []
    assert lines(made) == []
    answer = values(form, {name: told for name, told in submitted(made).items() if not name.endswith("_by")})
    assert answer.errors == {}
    assert answer.given == given
