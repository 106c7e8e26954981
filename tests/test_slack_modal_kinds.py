"""A run form as a Slack modal: fields that are not there yet, and who signs."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model

from deployments.slack_fields import fields
from deployments.slack_modal import values, view
from flows.feedback_forms import CodenameForm, RequestForm
from flows.forms import (
    BookingForm,
    DecisionForm,
    FilingForm,
    PipelineReviewForm,
    UndoForm,
)
from tests.modals import ASK, SIGNED, Party, blocks, element, every_form, lines, problems, submitted


def test_a_new_field_of_a_known_kind_needs_no_change() -> None:
    made = view(Party, {}, ask=ASK)

    assert problems(made) == []
    assert values(Party, submitted(made)).given == Party().model_dump(mode="json")
    assert len(element(Party, "songs")["options"]) == 12
    assert blocks(made)["day"]["optional"] is False


@pytest.mark.parametrize("pattern", ["^[A-Z0-9]+$", "^[a-z ]*$", "^([CU][A-Z0-9]{2,})?$"])
def test_a_pattern_that_takes_more_than_channels_is_one_of_text(pattern: str) -> None:
    form = create_model("Ticket", code=(str, Field(default="", pattern=pattern)))

    assert element(form, "code")["type"] == "plain_text_input"


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        pytest.param(float, 0.5, id="a number with decimals"),
        pytest.param(Literal["a", "b"], "a", id="one of some"),
        pytest.param(list[int], [], id="a list of numbers"),
        pytest.param(bool | None, None, id="on, off or neither"),
        pytest.param(str | None, None, id="a text or none"),
        pytest.param(dict[str, str], {}, id="a mapping"),
        pytest.param(PipelineReviewForm, PipelineReviewForm(), id="a form in the form"),
        pytest.param(Annotated[int, Field(multiple_of=5)], 5, id="a rule that Slack does not know"),
        pytest.param(Annotated[str, Field(json_schema_extra={"format": "email"})], "", id="a format that is not known"),
        pytest.param(str, ..., id="no default"),
    ],
)
def test_a_field_of_an_unknown_kind_is_noticed(kind: Any, default: Any) -> None:
    class Strange(BaseModel):
        odd: kind = default

    with pytest.raises(TypeError, match=r"^Strange\.odd "):
        view(Strange, {}, ask=ASK)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (DecisionForm, "decided_by"), (UndoForm, "undone_by"), (BookingForm, "decided_by"), (FilingForm, "decided_by"),
        (RequestForm, "decided_by"), (CodenameForm, "decided_by"),
    ],
)  # fmt: skip
def test_who_is_known_from_slack_is_not_asked(form: type[BaseModel], name: str) -> None:
    made = view(form, {name: "Ray Ortiz"}, ask=SIGNED)

    assert name not in blocks(made)
    assert lines(made) == ["Signed as Marisol Vega"]
    assert values(form, submitted(made), signed="Marisol Vega").given[name] == "Marisol Vega"


def test_who_is_not_known_has_to_sign_and_a_button_does_not_do_it_for_them() -> None:
    made = view(DecisionForm, {"decided_by": "Marisol Vega"}, ask=ASK)

    assert "initial_value" not in blocks(made)["decided_by"]["element"]


def test_a_submitted_name_does_not_replace_the_one_that_is_known() -> None:
    state = submitted(view(DecisionForm, {}, ask=ASK))
    state["decided_by"]["decided_by"]["value"] = "Ray Ortiz"

    assert values(DecisionForm, state, signed="Marisol Vega").given["decided_by"] == "Marisol Vega"
    assert values(DecisionForm, state).given["decided_by"] == "Ray Ortiz"


@every_form
def test_nobody_signs_a_review(form: type[BaseModel]) -> None:
    signing = {field.name for field in fields(form) if field.signs}

    assert signing == {name for name in form.model_fields if name.endswith("_by")}


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param({"decided_by": (str, Field(default="", title="By"))}, id="by its name"),
        pytest.param({"approver": (str, Field(default="", title="Decided by"))}, id="by its title"),
        pytest.param(
            {
                "approver": (
                    str,
                    Field(default="", description="Your full name, as it is on the list of those who may file."),
                )
            },
            id="by what it says",
        ),
    ],
)
def test_a_signature_is_known_in_more_than_one_way(signature: Any) -> None:
    assert lines(view(create_model("Approval", **signature), {}, ask=SIGNED)) == ["Signed as Marisol Vega"]


def test_what_is_filled_in_comes_back_beside_the_signature() -> None:
    made = view(UndoForm, {"proposal": "2026-11-23-3f9a1c", "dry_run": False}, ask=SIGNED)

    assert values(UndoForm, submitted(made), signed="Marisol Vega").given == {
        "proposal": "2026-11-23-3f9a1c",
        "opportunities": [],
        "undone_by": "Marisol Vega",
        "dry_run": False,
    }
