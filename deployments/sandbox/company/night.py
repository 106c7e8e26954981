"""One night of the pretend company: what is written in customer channels between the close of support and 06:50.

The same is said whatever day it is: on the evening of the last weekday at or after 16:00 (on Monday that is Friday), on
the evening before, and in the morning. A holiday only makes the night begin earlier. `tests/company_night.py` says what
a sweep should make of each conversation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal

from deployments.sandbox.company.night_words import CRASH, DEBUG, HOSTILE, LONG
from deployments.sandbox.company.office_time import WEEKEND, OfficeTime
from deployments.sandbox.slack.seed import Attachment, Message

Day = Literal["close", "eve", "morning"]
FIRST: Final = 1_000  # the last digits of a ts below belong to the talk


@dataclass(frozen=True)
class Line:
    """One message: of `user` on that day, or so many days ago, at that time in the office; a reply is `under` the line
    of that id. `gone` is what is left of a message that somebody deleted."""

    id: str
    channel: str
    user: str
    day: Day | int
    at: str
    text: str
    under: str = ""
    broadcast: bool = False
    edited: bool = False
    file: Attachment | None = None
    subtype: str | None = None


NIMBUS: Final = (
    Line("tom", "C0NIMBUS", "U0TOM", "close", "16:20", "Heads-up: the demo site is back, the maintenance is over."),
    Line("staging", "C0NIMBUS", "U0KURT", "close", "17:05", "Our staging server answers 503 since we rehearsed the "
         "upgrade to 4.62.1. Production is fine, no hurry. Is that a known bug?"),
    Line("502", "C0NIMBUS", "U0SIA", "eve", "22:41", "502 for all users since a few minutes, nobody can log in."),
    Line("502 more", "C0NIMBUS", "U0SIA", "eve", "22:44", "This is production, all three nodes answer the same."),
    Line("alert", "C0NIMBUS", "U0NIMBUSBOT", "eve", "22:50", "[FIRING] console.nimbuscloud.example: HTTP 502"),
    Line("502 again", "C0NIMBUS", "U0KURT", "eve", "23:20", "We restarted the load balancer, no change.", under="502"),
)  # fmt: skip
ORCHID: Final = (
    Line("join", "C0ORCHID", "U0WES", "close", "16:30", "<@U0WES> has joined the channel", subtype="channel_join"),
    Line("policies", "C0ORCHID", "U0WES", "close", "18:02", "Policies show an old result after we edit them.\nServer "
         "version: 4.62.1\nAgent: fleetd 1.30.0\nOperating system: macOS 14.5\nBrowser: Chrome 126\nExpected: the new "
         "result after the next check-in\nActual: the old result stays until the host restarts"),
    Line("export", "C0ORCHID", "U0UMA", "close", "19:40", "How do I export the list of hosts together with their "
         "owners?", edited=True),
    Line("anybody", "C0ORCHID", "U0UMA", "eve", "19:12", "Is it down for anybody else, or is it only my VPN?"),
    Line("thanks", "C0ORCHID", "U0WES", "eve", "20:15", "Thanks, that did it!"),
    Line("at night", "C0ORCHID", "U0WES", "eve", "21:03", "It would be great if a scheduled query could run only at "
         "night, between certain hours, so that nobody's laptop slows down in working time."),
)  # fmt: skip
VANTAGE: Final = (
    Line("move", "C0VANTAGE", "U0ED", "close", "16:35", "Is there an API call that moves hosts to another team?"),
    Line("moved", "C0VANTAGE", "U0RAFAEL", "close", "16:52", "There is: POST to /hosts/transfer.", under="move"),
    Line("audit log", "C0VANTAGE", "U0FLO", "close", "17:30", "Where do I find the audit log?"),
    Line("found", "C0VANTAGE", "U0DANIEL", "close", "17:41", "Flo, it is under Settings, Activities."),
    Line("how long", "C0VANTAGE", "U0ED", "close", "18:10", "How long are the results of a query kept?"),
    Line("a month", "C0VANTAGE", "U0RAFAEL", "close", "18:20", "30 days, unless you change it.", under="how long"),
    Line("praise", "C0VANTAGE", "U0FLO", "eve", "18:44", "The new dashboard is wonderful, our nurses love it!"),
    Line("thumb", "C0VANTAGE", "U0ED", "eve", "18:58", ":+1:"),
    Line("which setting", "C0VANTAGE", "U0ED", "eve", "20:05", "And which setting is that?", under="how long"),
    Line("crash", "C0VANTAGE", "U0FLO", "eve", "21:30", "", file=CRASH),
)  # fmt: skip
FOXGLOVE: Final = (
    Line("deleted", "C0FOXGLOVE", "USLACKBOT", "close", "17:15", "This message was deleted.", subtype="tombstone"),
    Line("what was deleted", "C0FOXGLOVE", "U0RHODA", "close", "17:25", "I removed the screenshot, there were names on "
         "it. The question stays: why does the disk encryption status say unknown?", under="deleted"),
    Line("ports", "C0FOXGLOVE", "U0INGRID", "close", "20:22", "Which ports does the agent need through our firewall?"),
    Line("live queries", "C0FOXGLOVE", "U0NED", "eve", "23:55", "Live queries time out for most of our hosts since "
         "this afternoon. It blocks our whole team, and the auditors come tomorrow morning."),
)  # fmt: skip
MEADOWLARK: Final = (
    Line("data centre", "C0MEADOW", "U0ODETTE", 9, "11:00", "We move to the new data centre next month, is there "
         "anything to mind?"),
    Line("a guide", "C0MEADOW", "U0KIRA", 9, "11:40", "Only the server's address; the guide has it.",
         under="data centre"),
    Line("after sleep", "C0MEADOW", "U0BRAM", "close", "16:40", "The agents on our Windows laptops stay offline after "
         "sleep until somebody restarts them."),
    Line("step four", "C0MEADOW", "U0ODETTE", "eve", "16:45", "The guide stops at step 4, what comes after the "
         "certificates?", under="data centre"),
    Line("own domain", "C0MEADOW", "U0ODETTE", "eve", "17:20", "Feature request from Meadowlark Bank: please let us "
         "restrict logins to meadowlarkbank.example. Bram Kessler would try it at once."),
    Line("all laptops", "C0MEADOW", "U0BRAM", "eve", "18:30", "It happens on all laptops with the new image.",
         under="after sleep", broadcast=True),
    Line("dark", "C0MEADOW", "U0BRAM", "eve", "21:10", "Could you add a dark theme to the console? Our night shift "
         "asks for it every week."),
    Line("hostile", "C0MEADOW", "U0BRAM", "eve", "21:59", HOSTILE),
)  # fmt: skip
IBIS: Final = (
    Line("german", "C0IBIS", "U0RETO", "morning", "00:40", "Guten Morgen, wie k\u00f6nnen wir die Richtlinien nach "
         "Standort trennen?"),
    Line("long", "C0IBIS", "U0NOEMI", "morning", "01:15", LONG, file=DEBUG),
    Line("inventory", "C0IBIS", "U0RETO", "morning", "02:05", "The software inventory is empty for all our Linux "
         "hosts."),
    Line("changelog", "C0IBIS", "U0RETO", "morning", "04:10", "Where is the changelog of 4.62?"),
    Line("debian", "C0IBIS", "U0NOEMI", "morning", "04:12", "Does the new release still support Debian 11?"),
    Line("restart", "C0IBIS", "U0NOEMI", "morning", "06:20", "Can the agent be installed without a restart?"),
)  # fmt: skip
KITTIWAKE: Final = (
    Line("tablets", "C0KITTIWAKE", "U0JOSS", "eve", "16:10", "We want to roll out to 400 more tablets."),
    Line("key", "C0KITTIWAKE", "U0JOSS", "eve", "16:13", "Do we need another license key for that?"),
    Line("ok", "C0KITTIWAKE", "U0ANN", "eve", "16:30", "ok, thank you"),
    Line("login page", "C0KITTIWAKE", "U0JOSS", "eve", "22:05", "The login page "
         "<https://console.kittiwakelogistics.example/login|console.kittiwakelogistics.example/login> shows an error "
         "in Firefox 128 since the update to 4.62.1. In Chrome it works."),
    Line("invoice", "C0KITTIWAKE", "U0ANN", "morning", "06:50", "Good morning! Whom do I ask about our invoice?"),
)  # fmt: skip
# Nobody reads these: the bot is not in the one channel, and RevOps have not listed the other.
UNREAD: Final = (
    Line("unread", "C0SANDPIPER", "U0LOIS", "eve", "17:00", "Is there a way to pause the agent during exams?"),
    Line("stranger", "C0WHIMBREL", "U0PIERS", "eve", "17:05", "Hello! Where do we send our questions?"),
)  # fmt: skip
LINES: Final = (*NIMBUS, *ORCHID, *VANTAGE, *FOXGLOVE, *MEADOWLARK, *IBIS, *KITTIWAKE, *UNREAD)
_NUMBERS: Final = dict(zip((line.id for line in LINES), count(FIRST)))
_BY_ID: Final = {line.id: line for line in LINES}


def messages(office: OfficeTime) -> Iterator[Message]:
    """What is written, for Slack."""
    for line in LINES:
        ts = stamp(office, line.id)
        seconds, _, micros = ts.partition(".")
        yield Message(
            line.channel,
            line.user,
            ts,
            line.text,
            thread_ts=stamp(office, line.under) if line.under else None,
            broadcast=line.broadcast,
            edited_ts=f"{int(seconds) + 60}.{micros}" if line.edited else None,
            files=(line.file,) if line.file else (),
            subtype=line.subtype,
        )


def stamp(office: OfficeTime, id_: str) -> str:
    """The ts of the line of that id."""
    line = _BY_ID[id_]
    return f"{int(office.at(_days_ago(office, line.day), line.at).timestamp())}.{_NUMBERS[id_]:06d}"


def _days_ago(office: OfficeTime, day: Day | int) -> int:
    if isinstance(day, int):
        return day
    last_weekday = next(ago for ago in count(1) if office.date(ago).weekday() < WEEKEND)
    return {"close": last_weekday, "eve": 1, "morning": 0}[day]
