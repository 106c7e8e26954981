"""What blocks are made of: text objects, buttons, menus, pickers. Limits are those of Slack's Block Kit reference."""

import re
from typing import Any

from deployments.sandbox.slack.checks import (
    Check,
    Problems,
    both,
    fields,
    flag,
    items,
    needs_one,
    number,
    one_of,
    text,
    typed,
    wrong,
)

TEXT = 3000
ID = text(255)
URL = text(3000, 1)
STYLE = one_of("primary", "danger")


def plain(most: int) -> Check:
    """A plain_text object."""
    return typed({"plain_text": fields({"text": text(most, 1)}, {"emoji": flag})})


def formatted(most: int) -> Check:
    """A plain_text or mrkdwn object. Slack first says that neither fits, then why."""
    either = typed(
        {
            "plain_text": fields({"text": text(most, 1)}, {"emoji": flag}),
            "mrkdwn": fields({"text": text(most, 1)}, {"verbatim": flag}),
        }
    )

    def check(value: Any, pointer: str, problems: Problems) -> None:
        found: Problems = []
        either(value, pointer, found)
        if found:
            wrong(problems, "failed to match all allowed schemas", pointer)
            problems.extend(found)

    return check


CONFIRM = fields(
    {"title": plain(100), "text": formatted(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE}
)
OPTION = fields({"text": formatted(75), "value": text(150)}, {"description": formatted(75), "url": text(3000)})
# Only radio buttons and checkboxes format the text of an option.
PLAIN_OPTION = fields({"text": plain(75), "value": text(150)}, {"description": plain(75), "url": text(3000)})
OPTION_GROUP = fields({"label": plain(75), "options": items(PLAIN_OPTION, 100, 1)})
ACTION = {"action_id": ID, "confirm": CONFIRM}
FOCUS = {**ACTION, "focus_on_load": flag}
MENU = {**FOCUS, "placeholder": plain(150)}
SEVERAL = {**MENU, "max_selected_items": number(1, whole=True)}
CHOICES = {"options": items(PLAIN_OPTION, 100, 1), "option_groups": items(OPTION_GROUP, 100, 1)}
FILTER = fields(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), least=1),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
SOURCE = {"default_to_current_conversation": flag, "response_url_enabled": flag, "filter": FILTER}


def _chosen_from_options(element: Any, pointer: str, problems: Problems) -> None:
    """What is chosen at the start is one of the options, to the letter."""
    groups = [{"options": element.get("options")}, *(element.get("option_groups") or [])]
    try:
        options = [option for group in groups for option in group["options"] or []]
    except (KeyError, TypeError):
        return  # the shape is wrong, which is said elsewhere
    one = [element["initial_option"]] if "initial_option" in element else []
    several = element.get("initial_options") or []
    for chosen in (*one, *(several if isinstance(several, list) else [])):
        if chosen not in options:
            wrong(problems, "initial options must match one of the options", pointer)


def _shaped(pattern: str, called: str) -> Check:
    """A string of that shape."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            wrong(problems, f"must be {called}", pointer)

    return check


DATE = _shaped(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD")
TIME = _shaped(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")

IMAGE = both(
    fields(
        {"alt_text": text(2000, 1)},
        {"image_url": URL, "slack_file": fields({}, {"id": text(), "url": text()})},
    ),
    needs_one("image_url", "slack_file"),
)
BUTTON = fields(
    {"text": plain(75)},
    {**ACTION, "url": text(3000), "value": text(2000), "style": STYLE, "accessibility_label": text(75)},
)
WORKFLOW_BUTTON = fields(
    {
        "text": plain(75),
        "workflow": fields(
            {
                "trigger": fields(
                    {"url": URL}, {"customizable_input_parameters": items(fields({"name": text(), "value": text()}))}
                )
            }
        ),
    },
    {"action_id": ID, "style": STYLE, "accessibility_label": text(75)},
)

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "workflow_button": WORKFLOW_BUTTON,
    "overflow": fields({"options": items(PLAIN_OPTION, 5, 1)}, ACTION),
    "checkboxes": both(
        fields({"options": items(OPTION, 10, 1)}, {**FOCUS, "initial_options": items(OPTION, least=1)}),
        _chosen_from_options,
    ),
    "radio_buttons": both(
        fields({"options": items(OPTION, 10, 1)}, {**FOCUS, "initial_option": OPTION}), _chosen_from_options
    ),
    "datepicker": fields({}, {**MENU, "initial_date": DATE}),
    "timepicker": fields({}, {**MENU, "initial_time": TIME, "timezone": text()}),
    "datetimepicker": fields({}, {**FOCUS, "initial_date_time": number(0, whole=True)}),
    "static_select": both(
        fields({}, {**MENU, **CHOICES, "initial_option": PLAIN_OPTION}),
        needs_one("options", "option_groups"),
        _chosen_from_options,
    ),
    "multi_static_select": both(
        fields({}, {**SEVERAL, **CHOICES, "initial_options": items(PLAIN_OPTION, least=1)}),
        needs_one("options", "option_groups"),
        _chosen_from_options,
    ),
    "external_select": fields({}, {**MENU, "initial_option": OPTION, "min_query_length": number(0, whole=True)}),
    "multi_external_select": fields(
        {}, {**SEVERAL, "initial_options": items(OPTION), "min_query_length": number(0, whole=True)}
    ),
    "users_select": fields({}, {**MENU, "initial_user": text()}),
    "multi_users_select": fields({}, {**SEVERAL, "initial_users": items(text())}),
    "conversations_select": fields({}, {**MENU, **SOURCE, "initial_conversation": text()}),
    "multi_conversations_select": fields({}, {**SEVERAL, **SOURCE, "initial_conversations": items(text())}),
    "channels_select": fields({}, {**MENU, "initial_channel": text(), "response_url_enabled": flag}),
    "multi_channels_select": fields({}, {**SEVERAL, "initial_channels": items(text())}),
}

ACCESSORY = typed({**ELEMENTS, "image": IMAGE})
ACTION_ELEMENT = typed(ELEMENTS)
CONTEXT_ELEMENT = typed(
    {
        "image": IMAGE,
        "mrkdwn": fields({"text": text(TEXT, 1)}, {"verbatim": flag}),
        "plain_text": fields({"text": text(TEXT, 1)}, {"emoji": flag}),
    }
)
