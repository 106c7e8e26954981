"""What a conversation with a customer is: what it needs, what it is about, how bad it is. Guessed from their words."""

from dataclasses import replace
from datetime import datetime

from tasks.rules.feedback import Conversation, Judged, Kind, Message, Priority
from tasks.rules.feedback_kinds import Guess, Signs, guess
from tasks.rules.feedback_need import standing
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.feedback_text import prose


def is_theirs(conversation: Conversation) -> bool:
    """Whether a customer wrote in it: what we announced and nobody took up is no item."""
    return any(not message.is_ours for message in conversation.messages)


def judge(conversation: Conversation, policy: FeedbackPolicy, product: str = "") -> Judged:
    """What the customers' words say; ours are never judged. `product` is the name of what we sell.

    What is unusable stays so, whatever else is talked of, until a customer says that it is well again.
    """
    signs = Signs(policy, product)
    stands = standing(conversation, signs)
    guessed = _guess(stands.matter, signs)
    if stands.unsettled != stands.matter:
        before = _guess(stands.unsettled, signs)
        guessed = before if before.priority is Priority.P0 else guessed
    if stands.accepts and not guessed.is_sure:
        guessed = replace(guessed, kind=Kind.REQUEST)
    return Judged(
        need=stands.need,
        reason=stands.reason,
        kind=guessed.kind,
        kind_sign=guessed.kind_sign,
        priority=guessed.priority,
        priority_sign=guessed.priority_sign,
    )


def asked_at(conversation: Conversation, policy: FeedbackPolicy, product: str = "") -> datetime:
    """When the first message came that nobody of ours answered since; the last of theirs where all are answered; the
    first of ours where nobody else wrote."""
    return standing(conversation, Signs(policy, product)).asked_at


def _guess(messages: tuple[Message, ...], signs: Signs) -> Guess:
    return guess(prose("\n".join(message.text for message in messages)), signs)
