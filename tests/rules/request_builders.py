"""Conversations of Delmar Foods in which each test states only the words, and their drafts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tasks.rules.feedback import (
    Conversation,
    Details,
    DraftedRequest,
    IssueDraft,
    Judged,
    Kind,
    Message,
    Need,
    Priority,
    SharedFile,
)
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.privacy_gate import Known, known_of
from tasks.rules.request_draft import draft_of

POLICY = FeedbackPolicy()
KNOWN = known_of(["Delmar Foods", "Acme"], people=["Gwen Archer", "Hank Osei", "Tom Okafor"])
JUDGED = Judged(Need.ANSWER, "It asks for something.", Kind.BUG, "timeout", Priority.P2, "")
SUNDAY = datetime(2026, 11, 22, 21, 5, tzinfo=UTC)  # 13:05 in the office


def said(*texts: str, ours: str = "", files: int = 0) -> Conversation:
    """A thread of Gwen Archer's, minutes apart, with our answer below where there is one."""
    written = [(text, False) for text in texts] + ([(ours, True)] if ours else [])
    messages = [
        Message(
            ts=f"{(SUNDAY + timedelta(minutes=minute)).timestamp():.6f}",
            at=SUNDAY + timedelta(minutes=minute),
            author="U0TOM" if is_ours else "U0GWEN",
            name="Tom Okafor" if is_ours else "Gwen Archer",
            is_ours=is_ours,
            text=text,
            files=tuple(SharedFile("screen.png", "https://x.slack.com/f") for _ in range(0 if minute else files)),
            link="https://x.slack.com/archives/C0DELMAR/p1",
        )
        for minute, (text, is_ours) in enumerate(written)
    ]
    return Conversation("C0DELMAR", messages[0].ts, tuple(messages))


def drafted(*texts: str, known: Known = KNOWN, codename: str = "Ceraskia", **more: Any) -> IssueDraft:
    """The draft of a conversation of Delmar Foods."""
    details = more.pop("details", Details())
    thread = said(*texts, **more)
    return draft_of(thread, JUDGED, details, codename=codename, policy=POLICY, known=known, customer="Delmar Foods")


def request(draft: IssueDraft) -> DraftedRequest:
    """As it is kept for the person who may file it."""
    return DraftedRequest(said("x").key, "C0DELMAR", said("x").root, "001Ax00000KpQ2ZIAV", draft)
