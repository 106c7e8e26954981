"""The run forms as Slack modals, made from the same models as Prefect's forms. Nothing here talks to anybody.

A person's name is never taken from what a button carries: who signs is either known from Slack (`signed`), or typed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from deployments.slack_fields import Field, fields
from deployments.slack_inputs import OPTION_TEXT, inputs, misfit
from deployments.slack_values import State, filled_in, keys, sentence, wrong
from tasks.reports.blocks import Block, context, rich_text, section, text
from tasks.reports.limits import SECTION_TEXT, length
from tasks.reports.slack_text import fit

TITLE = 24  # of the modal and of its buttons
CALLBACK, METADATA = 255, 3_000
VIEW = 250_000  # characters of its JSON
_NAMED = 200  # characters of names of fields that are not there
_WIDTHS = (OPTION_TEXT, 45, 24)  # of options, where there are too many for long ones

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Ask:
    """How a form is asked for.

    title, submit       of the modal and of the button that starts the run; cut to 24 characters
    callback_id         tells the app which form comes back
    private_metadata    comes back with it unchanged; at most 3,000 characters
    signed              the full name of who decides, known from Slack; "" where the form has to ask
    lines               shown literally above the inputs
    without             names of fields that are not asked for

    Raises ValueError for an empty title or submit, and for an id or metadata that is too long to come back whole.
    """

    title: str
    submit: str
    callback_id: str
    private_metadata: str = ""
    signed: str = ""
    lines: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not fit(self.title, TITLE) or not fit(self.submit, TITLE):
            raise ValueError("A modal needs a title, and a word on its button.")
        if length(self.callback_id) > CALLBACK:
            raise ValueError(
                f"callback_id has {length(self.callback_id):,} characters, of which Slack takes {CALLBACK}."
            )
        if length(self.private_metadata) > METADATA:
            raise ValueError(
                f"private_metadata has {length(self.private_metadata):,} characters, of which Slack takes {METADATA:,}."
            )


@dataclass(frozen=True)
class Answer:
    """What came back: the values of a form (JSON, for Prefect's parameters), or what is wrong by block_id.

    `given` has the fields that were asked for and the signature, and no others; it is empty where anything is wrong.
    """

    given: dict[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def view(form: type[BaseModel], given: Mapping[str, Any], *, ask: Ask, labels: Labels | None = None) -> dict[str, Any]:
    """The modal, as views.open takes it.

    given     values to begin with, as a button carries them; from anybody. What the form would refuse, or Slack cannot
              show, is left at its default, and the modal says so
    labels    what the keys of a field mean, by field and key: shown instead of the keys. They are offered to choose
              among even where none is given; left out where they are more than Slack takes

    Raises TypeError for a field of a kind that is not known, and ValueError where all that is to be shown is more than
    Slack takes.
    """
    asked = fields(form)
    filled, refused = _to_begin_with(form, asked, given)
    words = labels or {}
    for width, shown in (*((width, words) for width in _WIDTHS), (_WIDTHS[-1], {})):
        made = {
            "type": "modal",
            "callback_id": ask.callback_id,
            "private_metadata": ask.private_metadata,
            "title": words_of(ask.title),
            "submit": words_of(ask.submit),
            "close": words_of("Cancel"),
            "blocks": [
                *_said(ask.lines),
                *_said(refused),
                *(
                    block
                    for one in asked
                    if one.name not in ask.without
                    for block in _asking(one, filled[one.name], ask.signed, shown, width)
                ),
            ],
        }
        if len(json.dumps(made)) <= VIEW:
            return made
    name = form.model_config.get("title") or form.__name__
    raise ValueError(f"“{name}” is filled in with more than a form in Slack takes. Start it in Prefect instead.")


def values(form: type[BaseModel], state: State, *, signed: str = "") -> Answer:
    """What was filled in, from `view.state.values` of a submitted modal; with `signed`, whatever the modal says, that
    is the name of who decides."""
    known = {one.name: one for one in fields(form)}
    told = filled_in(known.values(), state)
    if signed:
        told |= {name: signed for name, one in known.items() if one.signs}
    errors = wrong(form, told)
    if not errors:
        return Answer(form.model_validate(told).model_dump(mode="json", include=set(told)))
    # Slack shows an error only at a block that is there.
    last = next((name for name in reversed(known) if name in state), "")
    return Answer(
        errors={name if name in state else last or name: sentence(known.get(name), one) for name, one in errors.items()}
    )


def _to_begin_with(
    form: type[BaseModel], asked: tuple[Field, ...], given: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The value (JSON) of every field, and a sentence for each that is not as it was given."""
    known = {one.name: one for one in asked}
    right = {name: value for name, value in given.items() if name in known and not known[name].signs}
    strange = ", ".join(name for name in given if name not in known)
    refused = [f"Left out, as this form does not ask for it: {fit(strange, _NAMED)}"] if strange else []
    for name, error in wrong(form, right).items():
        if name in right:
            del right[name]
            refused.append(_left_out(known[name], sentence(known[name], error)))
    if wrong(form, right):
        right = {}
        refused.append("What was filled in beforehand does not fit together, so all of it is left out.")
    valid = form.model_validate(right).model_dump(mode="json")
    for one in asked:
        if one.name in right and isinstance(valid[one.name], list):
            valid[one.name] = keys(valid[one.name])
        if why := misfit(one, valid[one.name]):
            valid[one.name] = one.default
            refused.append(_left_out(one, why))
    return valid, tuple(refused)


def _asking(one: Field, value: Any, signed: str, labels: Labels, width: int) -> list[Block]:
    if one.signs and signed:
        return [context(f"Signed as {signed}")]
    return inputs(one, value, labels.get(one.name, {}), width)


def _left_out(one: Field, why: str) -> str:
    return f"{one.title}: what was filled in beforehand is left out. {why}"


def _said(lines: tuple[str, ...]) -> list[Block]:
    return [rich_text(*(section(text(fit(line, SECTION_TEXT))) for line in lines))] if lines else []


def words_of(words: str) -> dict[str, Any]:
    """The title of a modal, or the words on a button of it; cut to what Slack takes."""
    return {"type": "plain_text", "text": fit(words, TITLE), "emoji": False}
