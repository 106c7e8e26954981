"""The public issue that a customer's conversation may become (handbook L30, L280 to L310): in their own words, without
their name. Whether it may be read by everybody is for the privacy gate to say; here nothing is made neutral in secret.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tasks.rules.codenames import label
from tasks.rules.feedback import Conversation, Details, DraftedRequest, IssueDraft, Judged, Message
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.markdown import code, cut, literal, plain
from tasks.rules.privacy_gate import Known, known_of, why_withheld

LONGEST_TITLE = 100
NO_CODENAME = "The customer has no codename yet: give them one with assign-codename."
_NO_WORDS = "The customer wrote no words that could be a title: give the issue a title and a text of your own."
_UNTITLED = "A customer's {kind}"
_LONGEST_OWN_TITLE = 200  # GitHub takes 256
_LONGEST_QUOTE, _MOST_LINES = 6_000, 80
_LEFT_OUT = "[…]"
_MARKED = re.compile(r"<!-- rituals:request:([0-9a-f]{12}) -->")
_ANONYMOUS = "Asked for by a customer who stays anonymous."
_BY = re.compile(rf"^Asked for by `[^`\n]+`\.$|^{re.escape(_ANONYMOUS)}$", re.MULTILINE)
_NAME = r"@?[A-Z][\w.'-]+(?: [A-Z][\w'-]+)?"
_GREETING = re.compile(
    r"^(?:(?i:hi|hiya|hello|hey|hallo|dear|greetings|(?:good )?(?:morning|afternoon|evening)|good day|guten \w+)\b"
    rf"(?:,? (?:(?i:there|all|team|folks|everyone|everybody|support|and)\b|{_NAME})){{0,3}}|@{_NAME[2:]})"
    r"(?:\s*[,!.:\u2013\u2014-]+\s*|\s*$|\s+(?=@))"
)
_EVERYBODY = re.compile(r"^@(?:here|channel|everyone)\b[\s,:!-]*", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"^(?i:many thanks|thanks|thank you|thx|cheers|best|best regards|kind regards|regards|danke|ta)\b"
    rf"(?:,? (?i:again|all|team|everyone|so much|a lot|in advance|very much))*[,!. ]*(?:{_NAME})?[!. ]*$"
    rf"|^[\u2013\u2014~-] ?{_NAME}$"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 3
_MENTION = re.compile(r"(?<![\w`])@[A-Za-z0-9][\w-]*")


def draft_of(
    conversation: Conversation,
    judged: Judged,
    details: Details,
    *,
    codename: str,
    policy: FeedbackPolicy,
    known: Known,
    customer: str = "",
) -> IssueDraft:
    """The issue of a bug or a request: a title of the customer's first sentence that says something, what they wrote,
    literally, and what is known of the required details. Greetings and sign-offs are left out, marked as that.

    codename   "" for none yet      known   of all customers
    customer   the account's full name, so that also a name of everyday words is found, and so are those who wrote
    """
    theirs = [message for message in conversation.messages if not message.is_ours]
    first = _title(theirs)
    title = cut(plain(first or _UNTITLED.format(kind=judged.kind)), LONGEST_TITLE)
    tag = label(codename, policy)
    body = "\n\n".join([*_quoted(theirs), *_told(details), _by(tag), marker(conversation.key)]) + "\n"
    labels = tuple(filter(None, (policy.request_label, tag)))
    about = known_of([customer], people=[message.name for message in theirs], strictly=True) if customer else None
    why = [*([] if tag else [NO_CODENAME]), *([] if first else [_NO_WORDS])]
    why += why_withheld(texts_of(IssueDraft(title, body, labels)), known, about)
    return IssueDraft(title, body, labels, tuple(why))


def texts_of(draft: IssueDraft) -> Mapping[str, str]:
    """What everybody would read of it, by what it is: for the privacy gate."""
    return {"title": draft.title, "text": draft.body, **{f"label {name}": name for name in draft.labels}}


def redrafted(request: DraftedRequest, title: str, text: str) -> IssueDraft:
    """The draft with a person's own title or text, "" for the drafted one. The text is theirs to format, but calls
    nobody and hides nothing. The privacy gate has to look at it again: what it found in the draft before is gone."""
    draft, own, why = request.draft, text.strip(), []
    if own:
        tag = next((found[0] for found in _BY.finditer(draft.body)), _ANONYMOUS)
        draft = replace(draft, body=f"{own}\n\n{tag}\n\n{marker(request.key)}\n")
        if "<!--" in own:
            why.append("The text has a part that is hidden (<!--): write it without.")
        if called := _MENTION.findall(own):
            why.append(f"The text calls {called[0]} on GitHub: write it without the @.")
    if title.strip():
        draft = replace(draft, title=cut(plain(title), _LONGEST_OWN_TITLE))
    return replace(draft, withheld=tuple(why))


def under_codename(draft: IssueDraft, codename: str, policy: FeedbackPolicy) -> IssueDraft:
    """The draft of a customer who has a codename by now: asked for under it, and not withheld for want of it. Other
    labels stay. The privacy gate has to look at it again."""
    tag, begins = label(codename, policy), policy.codename_prefix.casefold()
    others = [one for one in draft.labels if not begins or not one.casefold().startswith(begins)]
    return replace(
        draft,
        body=_BY.sub(lambda _: _by(tag), draft.body),
        labels=tuple(dict.fromkeys(filter(None, (policy.request_label, tag, *others)))),
        withheld=tuple(reason for reason in draft.withheld if not (tag and reason == NO_CODENAME)),
    )


def marker(key: str) -> str:
    """The hidden line that the issue of a conversation is found by; it tells nothing of it."""
    return f"<!-- rituals:request:{key} -->"


def marked(body: str) -> str | None:
    """The key that an issue's body is marked with; None for none. The last one counts: one before it may be quoted."""
    found = _MARKED.findall(body)
    return found[-1] if found else None


def _title(theirs: list[Message]) -> str:
    """The first sentence that says something; the longest of few words where none does; "" without any words."""
    said = [
        sentence.strip(" -\u2013\u2014*>\u2022")
        for one in theirs
        for sentence in _SENTENCE.split(_without_greeting(one.text))
    ]
    spoken = [one for one in said if _WORD.search(one) and not _SIGN_OFF.match(one)]
    full = (one for one in spoken if len(_WORD.findall(one)) >= _FEWEST_WORDS and not _GREETING.fullmatch(one))
    return next(full, max(spoken, key=len, default="")).rstrip(" .:;,")


def _quoted(theirs: list[Message]) -> Iterator[str]:
    """What they wrote, a quotation a message, and how many files came with it."""
    left, lines = _LONGEST_QUOTE, _MOST_LINES
    for message in theirs:
        said = [one for one in _lines(message.text) if one][: max(lines, 0)]
        quoted = [f"> {literal(cut(one, max(left, 0)))}" for one in said if left > 0]
        if quoted:
            yield "\n>\n".join(quoted)
        left, lines = left - sum(map(len, said)), lines - len(said)
    if left <= 0 or lines <= 0:
        yield "There is more; it is not repeated here."
    if files := sum(len(message.files) for message in theirs):
        yield f"With {files:,} file{'s' if files > 1 else ''}, which we have."


def _lines(text: str) -> list[str]:
    """The lines of a message; of a greeting and a sign-off that they were there."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines:
        return []
    rest = _without_greeting(lines[0])
    if rest != lines[0]:
        lines[0] = f"{_LEFT_OUT} {rest}".strip()
    end = len(lines)
    while end > 1 and (not lines[end - 1] or _SIGN_OFF.match(lines[end - 1])):
        end -= 1
    return [*lines[:end], _LEFT_OUT] if any(lines[end:]) else lines[:end]


def _without_greeting(text: str) -> str:
    rest = before = text.strip()
    while True:
        rest = _GREETING.sub("", _EVERYBODY.sub("", rest), count=1).strip()
        if rest == before or not rest:
            return rest
        before = rest


def _told(details: Details) -> Iterator[str]:
    if details.found:
        yield "\n".join(f"- {literal(f'{name}: {words}')}" for name, words in details.found.items())
    if details.missing:
        yield f"Not told yet: {', '.join(literal(name) for name in details.missing)}."


def _by(tag: str) -> str:
    return f"Asked for by {code(tag)}." if tag else _ANONYMOUS
