"""Conversations into the items of a sweep: what each asks of us, by when, and in which order (decisions.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC

from tasks.rules.after_hours import Matter, matters
from tasks.rules.feedback import Candidate, Conversation, Customer, Details, IssueDraft, Item, Kind, Need
from tasks.rules.feedback_details import details
from tasks.rules.feedback_judging import asked_at, is_theirs, judge
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.support_clock import SupportClock

_NEEDS = (Need.ANSWER, Need.ANSWERED, Need.NO_REPLY)
_DRAFTED = frozenset({Kind.BUG, Kind.REQUEST})  # what may become a public issue
_DETAILED = frozenset({Kind.BUG, Kind.OUTAGE})  # what the required details speed up (L281)


def items_of(
    conversations: Iterable[Conversation],
    customers: Mapping[str, Customer],
    clock: SupportClock,
    policy: FeedbackPolicy,
) -> tuple[Item, ...]:
    """One item for what belongs together, where a customer wrote in it, in the order of `ordered`.

    customers   by channel id; a channel without one is named by its id
    """
    together = [_as_one(matter) for matter in matters(conversations, policy.together_minutes)]
    items = [_item(one, customers.get(one.channel), clock, policy) for one in together if is_theirs(one)]
    return ordered(_with_what_came_after(item, together) for item in items)


def ordered(items: Iterable[Item]) -> tuple[Item, ...]:
    """What needs an answer first: P0 candidates before all others, then by the instant at which the answer is due, of
    equals the graver. What needs none follows, in the order in which it was said."""

    def place(item: Item) -> tuple[object, ...]:
        rank = _NEEDS.index(item.judged.need)
        moment = item.asked_at if rank else item.deadlines.due
        return (rank, not item.may_be_p0, moment.astimezone(UTC), item.judged.priority, item.asked_at, item.key)

    return tuple(sorted(items, key=place))


def completed(
    items: Sequence[Item],
    tickets: Mapping[str, str],
    candidates: Mapping[str, tuple[Candidate, ...]],
    drafts: Mapping[str, IssueDraft],
) -> tuple[Item, ...]:
    """The items with their ticket, the issues that may be about the same, and their draft, each by the item's key."""
    return tuple(
        replace(
            item,
            ticket_url=tickets.get(item.key, ""),
            candidates=candidates.get(item.key, ()),
            draft=drafts.get(item.key),
        )
        for item in items
    )


def is_drafted(item: Item) -> bool:
    """Whether an issue is drafted of it: of bugs and requests, answered or not."""
    return item.judged.kind in _DRAFTED


def words_of(item: Item) -> str:
    """What the customer said, for comparing it with issues."""
    return "\n".join(message.text for message in item.conversation.messages if not message.is_ours)


def still_waiting(items: Iterable[Item]) -> tuple[tuple[str, str], ...]:
    """Channel and root of each conversation that is to be looked at again until it is answered."""
    waiting = [item.conversation for item in items if item.judged.need is Need.ANSWER]
    return tuple((one.channel, root) for one in waiting for root in (one.root, *one.joined))


def _with_what_came_after(item: Item, conversations: Iterable[Conversation]) -> Item:
    """Where the next thing said in the channel itself is ours, it may be the answer, and nobody can tell: the item
    still needs one, and its reason says so."""
    mine, last = item.conversation, item.conversation.messages[-1]
    if item.judged.need is not Need.ANSWER or last.is_ours:
        return item
    later = [one for one in conversations if one.channel == mine.channel and one.root > last.ts]
    following = min(later, key=lambda one: one.root, default=None)
    if following is None or not following.messages[0].is_ours:
        return item
    reason = f"{item.judged.reason}; {following.messages[0].name} wrote in the channel after it"
    return replace(item, judged=replace(item.judged, reason=reason))


def _as_one(matter: Matter) -> Conversation:
    """What somebody said in several messages to the channel, as one conversation."""
    first, *others = matter.conversations
    return replace(first, messages=matter.messages, joined=tuple(one.root for one in others))


def _item(conversation: Conversation, customer: Customer | None, clock: SupportClock, policy: FeedbackPolicy) -> Item:
    ours = clock.policy.company
    judged, asked = judge(conversation, policy, ours), asked_at(conversation, policy, ours)
    return Item(
        conversation=conversation,
        customer=customer or Customer("", conversation.channel),
        judged=judged,
        asked_at=asked,
        deadlines=clock.deadlines(judged.priority, asked),
        details=details(conversation, policy, ours) if judged.kind in _DETAILED else Details(),
        from_before=bool(conversation.after) and not any(not message.is_ours for message in conversation.news),
    )
