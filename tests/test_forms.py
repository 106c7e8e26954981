"""What a person sees in the Prefect run form, and which values it refuses."""

from typing import Any

import pytest
from prefect import Flow
from prefect.exceptions import ParameterTypeError
from prefect.utilities.callables import parameter_schema
from pydantic import ValidationError

from flows.activity_review import activity_review
from flows.book_coaching import book_coaching
from flows.close_opportunities import close_opportunities
from flows.forms import ActivityReviewForm, BookingForm, DecisionForm, PipelineReviewForm, UndoForm
from flows.pipeline_review import pipeline_review
from flows.undo_closure import undo_closure


@pytest.fixture(scope="module")
def form() -> dict[str, Any]:
    """The form as Prefect hands it to its UI."""
    schema = parameter_schema(pipeline_review).model_dump()
    assert list(schema["properties"]) == ["form"]
    [made] = schema["definitions"].values()
    return dict(made)


def test_the_form_has_a_title_and_says_what_it_is_for(form: dict[str, Any]) -> None:
    assert (form["title"], form["description"]) == ("Pipeline review", "The weekly opportunity pipeline review.")


def test_the_form_itself_says_what_it_asks_for() -> None:
    [parameter] = parameter_schema(pipeline_review).properties.values()

    assert parameter["description"] == "Which deals, as of which day, and where the report goes."


def test_the_fields_are_in_the_order_in_which_one_thinks_of_them(form: dict[str, Any]) -> None:
    titles = [field["title"] for field in form["properties"].values()]

    assert titles == ["As of", "Owner or team", "Stale after (days)", "Dry run", "Slack channel"]


def test_nothing_has_to_be_filled_in(form: dict[str, Any]) -> None:
    assert "required" not in form
    assert {name: field["default"] for name, field in form["properties"].items()} == {
        "as_of": None,
        "owner_or_team": "",
        "stale_after_days": None,
        "dry_run": True,
        "channel": "",
    }


@pytest.mark.parametrize("name", PipelineReviewForm.model_fields)
def test_each_field_says_in_a_sentence_what_it_does(form: dict[str, Any], name: str) -> None:
    assert form["properties"][name]["description"].endswith(".")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("as_of", "Leave empty for the day the run was scheduled for"),
        ("owner_or_team", "Empty: all"),
        ("stale_after_days", "Empty: as in the settings (45)"),
        ("channel", "Empty: the channel of the settings"),
    ],
)
def test_a_field_that_may_stay_empty_says_what_happens_then(form: dict[str, Any], name: str, says: str) -> None:
    assert says in form["properties"][name]["description"]


def test_the_day_is_a_date_and_the_days_have_bounds(form: dict[str, Any]) -> None:
    day, _ = form["properties"]["as_of"]["anyOf"]
    days, _ = form["properties"]["stale_after_days"]["anyOf"]

    assert (day["type"], day["format"]) == ("string", "date")
    assert (days["type"], days["minimum"], days["maximum"]) == ("integer", 7, 365)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"stale_after_days": 6}, id="fewer than 7 days"),
        pytest.param({"stale_after_days": 366}, id="more than a year"),
        pytest.param({"stale_after_days": "soon"}, id="days that are no number"),
        pytest.param({"as_of": "23/11/2026"}, id="a date that could be read two ways"),
        pytest.param({"owner_or_team": "x" * 121}, id="a name longer than names are"),
        pytest.param({"channel": "#revenue"}, id="a channel's name instead of its id"),
        pytest.param({"channel": "C030A767HQV\n"}, id="a channel's id with a line after it"),
        pytest.param({"channel": "U030A767HQV"}, id="a person instead of a channel"),
        pytest.param({"dry_run": "perhaps"}, id="neither yes nor no"),
        pytest.param({"dryrun": False}, id="a field that is not there"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_before_anything_runs(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterTypeError):
        pipeline_review.validate_parameters({"form": given})


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"stale_after_days": 7}, id="7 days"),
        pytest.param({"stale_after_days": 365}, id="a year"),
        pytest.param({"channel": "C030A767HQV"}, id="a public channel"),
        pytest.param({"channel": "G01ABCDEF"}, id="a private channel of old"),
        pytest.param({"as_of": "2026-11-23", "dry_run": False}, id="a day"),
    ],
)
def test_a_value_that_makes_sense_is_taken(given: dict[str, Any]) -> None:
    validated = pipeline_review.validate_parameters({"form": given})["form"]

    assert validated == PipelineReviewForm(**given)


def test_a_form_cannot_be_changed_on_its_way() -> None:
    with pytest.raises(ValidationError):
        PipelineReviewForm().dry_run = False


DECISIONS = {
    "close": (
        close_opportunities,
        "Decision",
        ["Proposal", "Only these opportunities", "Keep these open", "Loss reason", "Decided by"],
    ),
    "undo": (undo_closure, "Undo", ["Proposal", "Only these opportunities", "Undone by"]),
    "book": (book_coaching, "Coaching talks", ["Talks", "Decided by"]),
}


@pytest.mark.parametrize(("flow", "title", "asks"), DECISIONS.values(), ids=DECISIONS)
def test_a_decision_asks_for_what_is_needed_and_is_a_dry_run_by_itself(
    flow: Flow[..., Any], title: str, asks: list[str]
) -> None:
    schema = parameter_schema(flow).model_dump()
    [made] = schema["definitions"].values()

    assert made["title"] == title
    assert [field["title"] for field in made["properties"].values()] == [*asks, "Dry run"]
    assert all(field["description"].endswith(".") for field in made["properties"].values())
    assert made["properties"]["dry_run"]["default"] is True


@pytest.mark.parametrize("form", [DecisionForm, UndoForm, BookingForm])
def test_a_decision_takes_no_field_it_does_not_know(form: type[DecisionForm | UndoForm | BookingForm]) -> None:
    with pytest.raises(ValidationError):
        form.model_validate({"proposal": "2026-11-23-3f9a1c", "approved_by": "Marisol Vega"})


def test_the_activity_review_asks_for_a_rep_the_days_and_the_limits() -> None:
    schema = parameter_schema(activity_review).model_dump()
    [made] = schema["definitions"].values()

    assert [field["title"] for field in made["properties"].values()] == [
        "As of", "Rep", "Days", "Unanswered in a row, amber", "Unanswered in a row, red", "Days between", "Dry run",
        "Slack channel",
    ]  # fmt: skip
    assert all(field["description"].endswith(".") for field in made["properties"].values())
    assert "everybody who opens Prefect can read" in made["properties"]["dry_run"]["description"]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"window_days": 6}, id="fewer than 7 days"),
        pytest.param({"window_days": 93}, id="more than a quarter"),
        pytest.param({"unanswered_amber": 0}, id="nobody can have too few"),
        pytest.param({"channel": "U030A767HQV"}, id="a person instead of a direct message"),
        pytest.param({"team": "SDR"}, id="a field that is not there"),
    ],
)
def test_an_activity_review_that_makes_no_sense_is_refused_before_anything_runs(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterTypeError):
        activity_review.validate_parameters({"form": given})


def test_only_the_limits_that_were_given_are_asked_for() -> None:
    assert ActivityReviewForm(window_days=14, channel="D030A767HQV").limits == {
        "window_days": 14,
        "unanswered_amber": None,
        "unanswered_red": None,
        "gap_days": None,
    }
