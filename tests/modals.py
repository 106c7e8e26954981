"""Modals in tests: the forms they are made from, and what the pretend Slack takes, complains about and sends back."""

from collections.abc import Iterator, Mapping
from datetime import date
from inspect import getmembers
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

import flows.feedback_forms
import flows.forms
from deployments.sandbox.slack.errors import SlackError
from deployments.sandbox.slack.inputs import beginning, complaint
from deployments.sandbox.slack.view_blocks import checked_view
from deployments.slack_modal import Ask, view

FORMS = sorted(
    {
        form
        for module in (flows.forms, flows.feedback_forms)
        for _, form in getmembers(module, lambda one: isinstance(one, type) and issubclass(one, BaseModel))
        if form is not BaseModel
    },
    key=lambda form: form.__name__,
)
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
ASK = Ask("Close deals", "Close", "decide", private_metadata="C030A767HQV")
SIGNED = Ask("Close deals", "Close", "decide", private_metadata="C030A767HQV", signed="Marisol Vega")


class Party(BaseModel):
    """All kinds that are known, some in other ways than our forms."""

    day: date = Field(default=date(2026, 11, 23), title="Day")
    many: int | None = Field(default=None, ge=2, title="Many")
    few: Annotated[int, Field(le=9)] = 3
    songs: list[Literal[tuple(f"Song {number}" for number in range(12))]] = Field(default_factory=list)  # type: ignore[valid-type]
    word: str = Field(default="please", min_length=3, pattern="^[a-z]+$")


Shown = Mapping[str, Any]
State = dict[str, dict[str, dict[str, Any]]]


def blocks(made: Shown) -> dict[str, dict[str, Any]]:
    """The input blocks by block_id."""
    return {block["block_id"]: block for block in made["blocks"] if block["type"] == "input"}


def element(form: type[BaseModel], name: str, given: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """The element that asks for a field."""
    asked: dict[str, Any] = blocks(view(form, given or {}, ask=ASK, **more))[name]["element"]
    return asked


def lines(made: Shown) -> list[str]:
    """What is shown beside the inputs, a text each."""
    shown = [block for block in made["blocks"] if block["type"] != "input"]
    return [part["text"] for part in _parts(shown) if isinstance(part.get("text"), str)]


def submitted(made: Shown) -> State:
    """`view.state.values` when the person submits the modal as it is."""
    return {name: {block["element"]["action_id"]: beginning(block["element"])} for name, block in blocks(made).items()}


def problems(made: Shown) -> list[str]:
    """What Slack would refuse about the modal, its client about what stands in it, and we about its texts."""
    try:
        checked_view(made)
    except SlackError as error:
        return [error.code, *error.messages]
    state = submitted(made)
    begun = {name: block for name, block in blocks(made).items() if any(block["element"].get(key) for key in _BEGUN)}
    unsent = [complaint(block, next(iter(state[name].values()))) for name, block in begun.items()]
    return [sentence for sentence in unsent if sentence] + [wrong for part in _parts(made) for wrong in _wrong(part)]


_BEGUN = ("initial_value", "initial_option", "initial_options", "initial_date", "initial_date_time")


def _parts(part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _parts(inner)


def _wrong(part: Mapping[str, Any]) -> Iterator[str]:
    """What would let text of others mention, link or become a picture, and what Slack refuses without a rule for it."""
    if part.get("type") == "mrkdwn" or part.get("emoji", False):
        yield f"not shown literally: {part['text']}"
    if "options" in part:
        if len({option["value"] for option in part["options"]}) < len(part["options"]):
            yield "two options of one value"
        chosen = part.get("initial_options", [part["initial_option"]] if "initial_option" in part else None)
        if chosen == [] or any(option not in part["options"] for option in chosen or ()):
            yield "what is chosen at first is not among the options, or is nothing"
    if "\n" in part.get("initial_value", "") and not part["multiline"]:
        yield "lines in a text of one line"
    if len(str(part.get("initial_date_time", 10**9))) != 10:
        yield "a moment of not ten digits"
