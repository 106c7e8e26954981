"""The modals beside the forms: a question before something is written, and a sentence on what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from deployments.slack_fields import SIGNATURES
from deployments.slack_modal import words_of
from tasks.reports.blocks import Element, bold, items, rich_text, section, text
from tasks.reports.slack_text import fit, mrkdwn

FORM, CONFIRM = "form", "confirm"  # callback ids
SECTION = 3_000
_SHOWN, _LONGEST = 25, 500  # values of a list, characters of a value

View = dict[str, Any]


def told(title: str, said: str) -> View:
    """A sentence, safe mrkdwn, instead of the form; closing it closes what lies below."""
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]
    return {
        "type": "modal",
        "title": words_of(title),
        "close": words_of("Close"),
        "clear_on_close": True,
        "blocks": blocks,
    }


def confirm(
    form: type[BaseModel],
    values: Mapping[str, Any],
    labels: Mapping[str, Mapping[str, str]],
    *,
    signed: str,
    private_metadata: str,
) -> View:
    """The question before something is written: what the form is for, every value that was filled in, and who signs.
    `labels` are what values of a field are called."""
    rows = [
        part
        for name, info in form.model_fields.items()
        if values.get(name) not in (None, "", [], False) and name not in SIGNATURES
        for part in _rows(info.title or name, values[name], labels.get(name, {}))
    ]
    purpose = section(bold((form.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")))
    end = section(text(f"It is written at once, as the decision of {signed}."))
    return {
        "type": "modal",
        "callback_id": CONFIRM,
        "private_metadata": private_metadata,
        "title": words_of("Are you sure?"),
        "submit": words_of("Yes, do it"),
        "close": words_of("Back"),
        "blocks": [rich_text(purpose, *rows, end)],
    }


def safe(words: str) -> str:
    """Words of whoever, as a line of mrkdwn that formats and links nothing."""
    return mrkdwn(fit(words, SECTION))


def _rows(title: str, value: object, labels: Mapping[str, str]) -> list[Element]:
    """A field with its value; a list with a line for each of its first values."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        said = "yes" if value is True else fit(str(value), _LONGEST)
        return [items("bullet", [[bold(f"{title}: "), text(said)]])]
    shown = [[text(fit(labels.get(str(one), str(one)), _LONGEST))] for one in value[:_SHOWN]]
    more = [[text(f"and {len(value) - _SHOWN:,} more")]] if len(value) > _SHOWN else []
    return [
        items("bullet", [[bold(f"{title}: "), text(f"{len(value):,}")]]),
        {**items("bullet", [*shown, *more]), "indent": 1},
    ]
