"""What the Slack app does when somebody types /rituals, presses a button or sends a form."""

import json
import logging
import shlex
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from prefect.client.schemas.objects import State
from slack_bolt import Ack, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deployments.slack_follow import Followed, Follower
from deployments.slack_modal import Ask, values, view
from deployments.slack_prefect import Deployed, everything, given_by, named, rituals, start
from deployments.slack_views import FORM, confirm, safe, told
from tasks.alarms import ended_line
from tasks.clients import Refused, Unavailable
from tasks.reports.rituals import rituals_said
from tasks.reports.slack_buttons import read
from tasks.runs import run_page
from tasks.settings import Settings, SettingsError
from tasks.slack_choices import Asked, Labels, Offer, offer
from tasks.slack_pages import code, in_words

NOT_ALLOWED = "You may not do this from Slack. RevOps adds people to RITUALS_SLACK_DECIDERS."
USAGE = "Type /rituals to list them, or /rituals run and a name, as /rituals run pipeline-review."
TOO_LATE = "This form is too old, or the app was started again: press the button once more."
UNKNOWN = "That did not work, and it is not known why: the log of the Slack app tells."
SLOW = "Slack waited too long for the form: press once more."
_KEPT = 500  # confirmations that wait; the oldest are forgotten first
_CURLY = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})  # as phones write them
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """What a modal keeps of where it came from: the deployment, the channel in which it was asked for, and the values
    that it does not ask for."""

    deployment: str
    channel: str
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def as_metadata(self) -> str:
        """As `private_metadata`."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Place":
        """The place of a modal that was sent."""
        return cls(**json.loads(shown["private_metadata"]))


class Desk:
    """Answers what Slack tells. Each method is a listener of Bolt, which fills its parameters in by their names."""

    def __init__(self, config: Settings, client: WebClient) -> None:
        self._config, self.client = config, client
        self._all = everything()
        self._confirming: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self.follower = Follower(self._tell_end)

    def on_command(self, ack: Ack, command: dict[str, Any], respond: Respond) -> None:
        """/rituals, alone or with `run`, a ritual's name, and values of its form as name=value."""
        ack()
        try:
            words = shlex.split(command.get("text", "").translate(_CURLY))
        except ValueError:
            respond(USAGE)
            return
        signed = self._signed(command["user_id"])
        if not words:
            self._list(respond, may_run=bool(signed))
        elif words[0] != "run" or len(words) == 1:
            respond(USAGE)
        elif not signed:
            respond(NOT_ALLOWED)
        elif (one := self._called(words[1])) is None:
            known = ", ".join(one.command for one in self._all.values() if one.listed)
            respond(safe(f"There is no ritual {words[1]}. There are {known}."))
        else:
            place = Place(one.name, command["channel_id"])
            self._open(
                one, _given(words[2:]), signed=signed, place=place, trigger=command["trigger_id"], respond=respond
            )

    def on_button(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond) -> None:
        """A button of a report: the form that it leads to."""
        ack()
        signed = self._signed(body["user"]["id"])
        if not signed:
            respond(NOT_ALLOWED, replace_original=False)
            return
        pressed = read(action["value"])
        one = named(pressed.deployment)
        place = Place(one.name, body["container"]["channel_id"])
        self._open(one, pressed.form, signed=signed, place=place, trigger=body["trigger_id"], respond=respond)

    def on_form(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """A form that was sent: back with what is wrong in it, on to the question, or started."""
        place = Place.of(view)
        one, signed = self._all[place.deployment], self._signed(body["user"]["id"])
        if not signed:
            ack(response_action="update", view=told(one.title, NOT_ALLOWED))
            return
        answer = values(one.form, view["state"]["values"], signed=signed)
        given = {**place.fixed, **answer.given}
        labels = self._offer(one, given, signed).labels if one.writes and not answer.errors else {}
        if errors := answer.errors or _emptied(given, labels):
            ack(response_action="errors", errors=dict(errors))
        elif one.writes and not given.get("dry_run", True):
            self._keep(view["root_view_id"], given)
            asked = confirm(one.form, given, labels, signed=signed, private_metadata=place.as_metadata())
            ack(response_action="push", view=asked)
        else:
            ack(response_action="update", view=told(one.title, "Starting it …"))
            self._start(one, given, body["user"]["id"], view, place)

    def on_confirm(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The question was answered with yes. Who answers must still be allowed to, and signs."""
        place = Place.of(view)
        one, signed = self._all[place.deployment], self._signed(body["user"]["id"])
        with self._lock:
            given = self._confirming.get(view["root_view_id"])
        if not signed or given is None:
            ack(response_action="update", view=told(one.title, TOO_LATE if signed else NOT_ALLOWED))
            return
        ack(response_action="update", view=told(one.title, "Starting it …"))
        self._start(one, given, body["user"]["id"], view, place)

    def on_trouble(self, error: Exception, body: dict[str, Any], respond: Respond) -> None:
        """Anything that went wrong: said to the person, once, and logged where it is none of our own sentences."""
        sentence = _sentence(error)
        if sentence == UNKNOWN:
            log.error("a listener failed", exc_info=error)
        if "view" in body and not body.get("response_url"):
            self._show(body["view"]["id"], told("Not started", safe(sentence)))
        else:
            respond(safe(sentence), replace_original=False)

    def _list(self, respond: Respond, *, may_run: bool) -> None:
        zone = self._config.pipeline.time_zone
        said = rituals_said(rituals(), datetime.now(ZoneInfo(zone)), zone, may_run=may_run)
        respond(text=said.text, blocks=said.blocks)

    def _open(
        self, one: Deployed, given: Mapping[str, Any], *, signed: str, place: Place, trigger: str, respond: Respond
    ) -> None:
        offered = self._offer(one, {**given_by(one), **given}, signed)
        if offered.stopped:
            respond(safe(offered.stopped), replace_original=False)
            return
        kept = replace(place, fixed={name: offered.given[name] for name in offered.fixed if name in offered.given})
        button = "Next" if one.writes else "Start"
        ask = Ask(one.title, button, FORM, kept.as_metadata(), signed, offered.lines, offered.fixed)
        try:
            shown = view(one.form, offered.given, ask=ask, labels=offered.labels)
        except ValueError as too_much:
            respond(safe(str(too_much)), replace_original=False)
            return
        self.client.views_open(trigger_id=trigger, view=shown)

    def _start(
        self, one: Deployed, given: Mapping[str, Any], person: str, shown: Mapping[str, Any], place: Place
    ) -> None:
        run = start(one, given, f"slack:{shown['root_view_id']}", person)
        url = run_page(str(run))
        link = f" <{url}|Open the run>." if url else ""
        self._show(shown["id"], told(one.title, f"Started.{link} You are told here and in the channel how it ended."))
        self.follower.follow(Followed(run, one.title, person, place.channel, shown["id"]))

    def _tell_end(self, one: Followed, state: State[Any]) -> None:
        said = ended_line(one.title, state, run_page(str(one.run)))
        self._show(one.view, told(one.title, said))
        try:
            with in_words(one.channel):
                self.client.chat_postEphemeral(channel=one.channel, user=one.person, text=said)
        except Refused:  # the command works where the bot is no member
            with in_words(one.person):
                self.client.chat_postMessage(channel=one.person, text=said)

    def _show(self, view_id: str, shown: dict[str, Any]) -> None:
        """In the modal, where it is still open. What has been started stays started, whether this is seen or not."""
        try:
            with in_words("the modal"):
                self.client.views_update(view_id=view_id, view=shown)
        except (Refused, Unavailable) as error:
            log.info("not shown: %s", error)

    def _keep(self, root: str, given: Mapping[str, Any]) -> None:
        with self._lock:
            self._confirming[root] = given
            while len(self._confirming) > _KEPT:
                self._confirming.popitem(last=False)

    def _signed(self, person: str) -> str:
        """The name by which that member decides; "" for who may not."""
        return self._config.slack_deciders.get(person, "")

    def _offer(self, one: Deployed, given: Mapping[str, Any], signed: str) -> Offer:
        return offer(one.name, Asked(given, signed, datetime.now(UTC)), self._config)

    def _called(self, word: str) -> Deployed | None:
        """The deployment that a person names by its flow, or in full; None where there is none."""
        return next((one for one in self._all.values() if word in (one.command, one.name)), None)


def _emptied(given: Mapping[str, Any], labels: Labels) -> Mapping[str, str]:
    """What is wrong where something was offered and all of it taken out: to a flow an empty list can mean all."""
    return {name: "Choose at least one, or close the form." for name in labels if labels[name] and not given.get(name)}


def _given(words: list[str]) -> Mapping[str, Any]:
    """name=value, each value as JSON has it or else as text."""
    pairs = (word.partition("=") for word in words)
    return {name: _value(value) for name, equals, value in pairs if equals}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _sentence(error: Exception) -> str:
    if isinstance(error, Refused | Unavailable | SettingsError):
        return str(error)
    if isinstance(error, SlackApiError) and code(error) == "expired_trigger_id":
        return SLOW
    return UNKNOWN
