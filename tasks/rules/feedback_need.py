"""Whether a conversation waits for us, and since when (decisions.md: answered, needs an answer, no reply needed)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.rules.feedback import Conversation, Message, Need
from tasks.rules.feedback_kinds import Signs
from tasks.rules.feedback_reading import Reply, read
from tasks.rules.feedback_text import shown


@dataclass(frozen=True)
class Standing:
    """How a conversation stands.

    asked_at   when the first message came that nobody of ours answered; the last of theirs where all are
    accepts    they said yes to what we offered
    matter     what it is about: their messages after the last that closed what was before, "thanks" after an answer
    unsettled  their messages after the last that said that all is well again
    """

    need: Need
    reason: str
    asked_at: datetime
    accepts: bool = False
    matter: tuple[Message, ...] = ()
    unsettled: tuple[Message, ...] = ()


def together(messages: Iterable[Message], minutes: float) -> tuple[Message, ...]:
    """Messages of one author, each at most so many minutes after the one before, as one: their texts in lines, all
    their files, the rest as of the first. A message of somebody else between them keeps them apart."""
    joined: list[Message] = []
    last = None
    for message in messages:
        if last and joined[-1].author == message.author and message.at - last <= timedelta(minutes=minutes):
            texts = (text for text in (joined[-1].text, message.text) if text)
            joined[-1] = replace(joined[-1], text="\n".join(texts), files=joined[-1].files + message.files)
        else:
            joined.append(message)
        last = message.at
    return tuple(joined)


def standing(conversation: Conversation, signs: Signs) -> Standing:
    """How a conversation stands; one of ours alone waits for nobody."""
    said = together(conversation.messages, signs.given.together_minutes)
    theirs = [message for message in said if not message.is_ours]
    if not theirs:
        return Standing(Need.NO_REPLY, "nobody but us wrote", said[0].at)
    waiting: dict[str, tuple[Message, Reply]] = {}
    matter, unsettled = list[Message](), list[Message]()
    reply, answered, before, closed, accepts = Reply(asks=False, reason=""), "", "", False, False
    for message in said:
        if message.is_ours:
            answered = (shown(message.name) or "one of us") if waiting else answered
            before = message.text
            waiting.clear()
            continue
        matter, unsettled = [*(() if closed else matter), message], [*(() if reply.settles else unsettled), message]
        reply = read(message, before, said, signs)
        # What nobody can tell, after somebody else asked, is taken for a word to them.
        if reply.asks and not (reply.is_unclear and waiting and message.author not in waiting):
            waiting.setdefault(message.author, (message, reply))
            answered, accepts = "", reply.accepts
        elif reply.settles:
            # Whoever asked settles it. Somebody else does for the only one who waits.
            waiting.pop(message.author if message.author in waiting or len(waiting) != 1 else next(iter(waiting)), None)
        closed = not waiting and not reply.asks
    need, reason, at = Need.NO_REPLY, reply.reason, theirs[-1].at
    if waiting:
        first, asking = next(iter(waiting.values()))
        need, reason, at = Need.ANSWER, asking.reason, first.at
    elif answered:
        need, reason = Need.ANSWERED, f"answered by {answered}"
    return Standing(need, reason, at, accepts, tuple(matter), tuple(unsettled))
