"""What a message of a customer wants of us: an answer, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.rules import feedback_replies as replies
from tasks.rules.feedback import Message
from tasks.rules.feedback_doubts import Place, Told, is_unsaid
from tasks.rules.feedback_kind_signs import PRAISE
from tasks.rules.feedback_kinds import Hint, Signs, hints
from tasks.rules.feedback_text import Prose, has_words, prose, shown
from tasks.rules.feedback_words import compiled

_SHORT = 120
_WANTED = frozenset({"question", "request", "wish"})
_AT_ONCE = frozenset({"outage", "question"})  # even where it says that nothing is needed
_MAY_BE_TO_OTHERS = frozenset({"question", "request", "unclear"})
_UNKNOWN = "nothing says that it needs no answer"


@dataclass(frozen=True)
class Reply:
    """What one message of a customer wants: an answer, or none, whether it settles what they asked before,
    or accepts what we offered. `is_unclear` where nothing says whether it asks: then it is taken to."""

    asks: bool
    reason: str
    settles: bool = False
    accepts: bool = False
    is_unclear: bool = False


@dataclass(frozen=True)
class _Settled:
    """The last words that say that all is well, where they end in the plain text, and whether they answer a question
    too: "found it" does, "it runs again" does not."""

    words: str = ""
    end: int = 0
    for_good: bool = False


def read(message: Message, before: str, said: Sequence[Message], signs: Signs) -> Reply:
    """What a message of a customer wants. `before` is what we wrote last before it, "" for nothing; `said` are all
    messages of the conversation."""
    text = prose(message.text)
    if not has_words(text.plain) and (text.pasted or message.files):
        return Reply(asks=True, reason="a file or pasted lines, and no word")
    is_short = len(text.plain) <= _SHORT or not has_words(text.plain)
    if is_short and (short := _short(text, prose(before).plain)):
        return short
    settled = _settled(text, signs)
    asking, asked_in = _asking(message, text, settled, signs)
    colleague = _colleague(message, said)
    if asking and not (colleague and all(hint.says in _MAY_BE_TO_OTHERS for hint in asking)):
        unknown = asking[0].says == "unclear"
        reason = _UNKNOWN if unknown else f'asks: "{asking[0].quoted(asked_in)}"'
        return Reply(asks=True, reason=reason, is_unclear=unknown)
    if settled.words:
        return Reply(asks=False, reason=f'settled: "{settled.words}"', settles=True)
    needs_none = (*replies.NOTHING_NEEDED, *replies.NOTICE, *replies.CLOSING)
    words = _first(text, needs_none, signs) or _first(text, PRAISE, signs, "praise")
    if words or colleague:
        return Reply(asks=False, reason=f'says "{words}"' if words else f"to {colleague}, not to us")
    return Reply(asks=True, reason=_UNKNOWN, is_unclear=True)


def _asking(message: Message, text: Prose, settled: _Settled, signs: Signs) -> tuple[list[Hint], Prose]:
    """What of a message asks for something, and the text that it stands in: what comes after all was settled."""
    rest = prose(message.text[text.places[settled.end - 1] + 1 :]) if settled.words else text
    asking = [hint for hint in hints(rest, signs) if hint.says != "praise" and hint.told is not Told.OVER]
    if settled.for_good:
        asking = [hint for hint in asking if not _explains(hint)]
    if settled.words and not settled.for_good and not asking:
        wanted = [hint for hint in hints(text, signs) if hint.says in _WANTED or hint.place.sentence.asks]
        asking, rest = (wanted, text) if wanted else (asking, rest)
    if _first(text, replies.NOTHING_NEEDED, signs):
        return [hint for hint in asking if hint.says in _AT_ONCE], rest
    if settled.words or _first(text, replies.NOTICE, signs):
        return [hint for hint in asking if hint.says != "unclear"], rest
    return asking, rest


def _explains(hint: Hint) -> bool:
    """Whether it only says why: "never mind, wrong address", where the text is what follows "never mind"."""
    follows = hint.place.sentence.start == 0 and hint.says in {"bug", "unclear"}
    return follows and not compiled(replies.BUT).search(hint.place.sentence.plain)


def _short(text: Prose, before: str) -> Reply | None:
    """What an emoji means, or a text of nothing but "yes", "no", "ok", "thanks": that depends on what we had asked.
    None for any other text."""
    if "?" in text.plain:
        return None
    goes_ahead, plain = _without(replies.GO_AHEAD, text.plain)
    says_no, plain = _without(replies.NO, plain)
    says_yes, plain = _without(replies.YES, plain)
    _, plain = _without(replies.THANKS, plain)
    if has_words(plain):
        return None
    says = shown(text.written) or "nothing"
    is_emoji = not has_words(text.plain) and bool(text.plain.strip())
    asked, answers = "?" in before, says_no or says_yes or is_emoji
    offered = compiled(replies.OFFERED).search(before) is not None
    if offered:
        asks = not says_no and (answers or goes_ahead)
    elif asked and compiled(replies.STILL).search(before):
        asks = answers and not says_no
    elif asked and compiled(replies.DONE).search(before):
        asks = says_no
    else:
        asks = goes_ahead or says_no or (asked and answers and not is_emoji)
    reason = f'answers us: "{says}"' if asks else f'says "{says}"'
    return Reply(asks=asks, reason=reason, accepts=asks and (offered or goes_ahead))


def _without(signs: tuple[str, ...], plain: str) -> tuple[bool, str]:
    """Whether one of these is in a text, and the text without them."""
    left, times = compiled(signs).subn(" ", plain)
    return times > 0, left


def _settled(text: Prose, signs: Signs) -> _Settled:
    last = _Settled()
    for table in (replies.RECOVERED, replies.SETTLED):
        pattern = compiled(table, signs.product)
        for sentence in text.sentences():
            for found in () if sentence.asks else pattern.finditer(sentence.plain):
                end = sentence.start + found.end()
                if end > last.end and not is_unsaid(Place(sentence, *found.span(), signs.product)):
                    last = _Settled(
                        text.quoted(sentence, *found.span()), end, table is replies.SETTLED or last.for_good
                    )
    return last


def _first(text: Prose, table: tuple[str, ...], signs: Signs, name: str = "no reply") -> str:
    """The words of the first of these signs, or of those of the settings by that name; "" for none."""
    for sentence in text.sentences():
        if found := signs.first(name, table, sentence):
            return text.quoted(sentence, found.start, found.end)
    return ""


def _colleague(message: Message, said: Iterable[Message]) -> str:
    """The name of the other customer of this conversation whom a message speaks to first, "" for none."""
    names = {other.name for other in said if not other.is_ours and other.author != message.author and other.name}
    opening = message.text.lstrip()
    return next((shown(name) for name in sorted(names) if opening.startswith(f"@{name}")), "")
