"""What the ticket of an after-hours message says, its comments, the automatic reply, and a dry run.

What customers write is quoted line by line, and cannot format, link, mention or fill in a placeholder in Zendesk: signs
that could are parted by a character without width. Addresses in it are therefore no links; the message in Slack is one
click away. The first line of each text of ours is known by its beginning, so that what was sent is found again.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tasks.reports.dates import clock_time, weekday
from tasks.reports.slack_text import clean, mrkdwn, shorten
from tasks.rules.after_hours import Handled, Matter
from tasks.rules.feedback import Message, SharedFile
from tasks.rules.feedback_policy import SupportPolicy
from tasks.rules.markdown import plain

SUBJECT, MESSAGE, BODY = 140, 20_000, 60_000  # characters; Zendesk takes 65,535 of a comment
_NAME, _FILE = 80, 120
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,20}")
_UP_TO = re.compile(r"Slack thread \d{10}\.\d{6}, up to message (\d{10}\.\d{6})(?!\d)")
_JOINER = "\u2060"
# What Zendesk or Markdown could read: placeholders, HTML, links, emphasis, entities.
_PARTED = re.compile(r"(?<=\{)(?=[{%])|(?<=<)(?=\S)|(?<=\])(?=[(\[:])|(?<=!)(?=\[)|(?<=&)(?=[\w#])")
_LOOK_ALIKES = str.maketrans({"*": "\u2217", "_": "\u02cd", "~": "\u223c", "|": "\u2223"})


def subject(asked: Message, channel: str) -> str:
    """The ticket's subject: who asked, where, and how it begins. `channel` is its name."""
    files = ", ".join(file.name for file in asked.files)
    begins = clean(asked.text) or (f"({files})" if files else "(no text)")
    return _literal(shorten(f"{shorten(asked.name, _NAME)} in #{channel}: {begins}", SUBJECT))


def ticket_body(matter: Matter, time_zone: str) -> str:
    """The ticket's first comment: the whole thread, with the names and addresses of its files. Where it is too long the
    first message and the latest stay."""
    first, *later = [_block(message, time_zone) for message in matter.messages]
    head = f"Slack thread {matter.root}, up to message {matter.messages[-1].ts}: {_link(matter.messages[0].link)}"
    left = BODY - len(head) - len(first) - 200
    kept: list[str] = []
    for block in reversed(later):
        left -= len(block) + 2
        if left < 0:
            break
        kept.insert(0, block)
    gap = [f"({len(later) - len(kept):,} messages left out: see Slack)"] if len(kept) < len(later) else []
    return "\n\n".join([f"{head}\nWritten while support was closed.", first, *gap, *kept])


def comment_body(message: Message, time_zone: str) -> str:
    """A later message, as a comment."""
    return f"{_mark(message.ts)}: {_link(message.link)}\n\n{_block(message, time_zone)}"


def up_to(description: str) -> str:
    """The ts of the last message that a ticket of ours began with; "" for a ticket of somebody else."""
    found = _UP_TO.match(description.lstrip())
    return found[1] if found else ""


def tells(body: str, ts: str) -> bool:
    """Whether the comment is ours on the message of that ts."""
    return body.lstrip().startswith(f"{_mark(ts)}:")


def reply_text(asked: Message, policy: SupportPolicy, time_zone: str) -> str:
    """The automatic reply (L76), in safe mrkdwn, to who asked, with the hours and the company of the settings. The
    handbook's words, but for the days, without which it were not true on a weekend."""
    greeting = f"Hi <@{asked.author}>" if _MEMBER.fullmatch(asked.author) else "Hi"
    company = mrkdwn(policy.company)
    whose, who = (f"{company}'s", f"{_article(company)} {company} team member") if company else ("our", "a team member")
    zone = clock_time(asked.at, ZoneInfo(time_zone)).partition(" ")[2]
    hours = f"{_clock(policy.opens)} - {_clock(policy.closes)} {zone}, Monday to Friday"
    return (
        f"{greeting}, it's currently outside {whose} support hours ({hours}). We've created a support ticket based on "
        f"your message, and {who} will respond as soon as possible. If you have more questions or comments, feel free "
        "to reply in this thread, and we'll add them to the ticket."
    )


def whereabouts(channel: str, message: Message, time_zone: str) -> str:
    """Which message it is, for an error: its channel and its time, and none of its words."""
    return f"Channel {clean(channel)}, message of {_when(message.at, time_zone)} ({message.ts})"


def planned(channel: str, asked: Message, what: Sequence[str], time_zone: str) -> str:
    """A line of a dry run: what would be done with a thread, and how it begins."""
    begins = shorten(asked.text or ", ".join(file.name for file in asked.files), 100)
    who = shorten(asked.name, _NAME)
    return f"{clean(channel)}, {_when(asked.at, time_zone)}, {who}: {begins}\n  {', '.join(what)}"


def in_short(handled: Iterable[Handled]) -> str:
    """For a run's state: "2 tickets, 1 comment, 2 replies"; counts alone, "" for none."""
    done = list(handled)
    numbers = {
        "ticket": sum(one.tickets for one in done),
        "comment": sum(one.comments for one in done),
        "reply": sum(one.replies for one in done),
    }
    plural = {"ticket": "tickets", "comment": "comments", "reply": "replies"}
    said = [f"{number:,} {name if number == 1 else plural[name]}" for name, number in numbers.items() if number]
    return ", ".join(said)


def _block(message: Message, time_zone: str) -> str:
    lines = [_literal(line) for line in _cut(message.text).splitlines()] or ([] if message.files else ["(no text)"])
    whose = " (ours)" if message.is_ours else ""
    quoted = [f"> {line}" for line in lines]
    files = [_file(file) for file in message.files]
    return "\n".join([f"{_called(message)}{whose}, {_when(message.at, time_zone)}", *quoted, *files])


def _file(file: SharedFile) -> str:
    return f"> File: {_literal(shorten(file.name, _FILE))} {_link(file.link)}".rstrip()


def _cut(text: str) -> str:
    return text if len(text) <= MESSAGE else f"{text[:MESSAGE]}\n(cut: the whole message is in Slack)"


def _called(message: Message) -> str:
    return _literal(shorten(message.name, _NAME))


def _literal(text: str) -> str:
    """On one line, and nothing in it does anything."""
    return _PARTED.sub(_JOINER, plain(text).translate(_LOOK_ALIKES))


def _link(url: str) -> str:
    """An address that Slack gave, where it is one."""
    return url if re.fullmatch(r"https?://[^\s<>\[\](){}\"'`|\\]+", url) else ""


def _mark(ts: str) -> str:
    return f"Slack message {ts}"


def _when(moment: datetime, time_zone: str) -> str:
    """ "Mon 23 Nov 2026, 18:03 PT": always with its year, as it is read long after."""
    zone = ZoneInfo(time_zone)
    return f"{weekday(moment.astimezone(zone).date(), date.min)}, {clock_time(moment, zone)}"


def _clock(at: time) -> str:
    """As the handbook writes it: 6am, 4:30pm."""
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def _article(word: str) -> str:
    return "an" if word[:1].lower() in set("aeiou") else "a"
