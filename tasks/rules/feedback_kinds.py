"""What each sentence of a customer is about, and what the text comes to."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.rules import feedback_kind_signs as kinds
from tasks.rules import feedback_replies as replies
from tasks.rules.feedback import Kind, Priority
from tasks.rules.feedback_doubts import Place, Told, Whole, is_of_others, is_unsaid, of_whom, told, whole_of
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.feedback_signs import COSMETIC, OUTAGE, P0, P1, SHUT
from tasks.rules.feedback_text import Prose, Sentence
from tasks.rules.feedback_words import compiled, compiled_as_given

# In this order a text is of a kind where its sentences are of several. A wish says itself what it is. What is told
# without any sign is taken for something that fails: nobody writes to support that all is as it should be.
_ORDER = ("outage", "wish", "bug", "request", "question", "unclear", "praise")
_KINDS = {"wish": Kind.REQUEST, "unclear": Kind.BUG}
_IMPACT = {Told.NOW: Priority.P0, Told.UNSURE: Priority.P1, Told.TESTS: Priority.P2, Told.OVER: Priority.P3}
_CLOSES = (*replies.NOTHING_NEEDED, *replies.NOTICE, *replies.CLOSING, *replies.RECOVERED, *replies.SETTLED)
_QUOTED = 58
_A_FEW_WORDS = 3


@dataclass(frozen=True)
class Signs:
    """The signs of the rules and those of the settings, by what they say; and the name of what we sell."""

    given: FeedbackPolicy
    product: str = ""

    def find(self, name: str, signs: tuple[str, ...], sentence: Sentence) -> Iterator[Place]:
        """Where one of these signs, or one that the settings give by that name, stands in a sentence."""
        for pattern in (compiled(signs, self.product), *compiled_as_given(tuple(self.given.signs.get(name, ())))):
            for found in pattern.finditer(sentence.plain):
                if found[0]:
                    yield Place(sentence, *found.span(), self.product)

    def first(self, name: str, signs: tuple[str, ...], sentence: Sentence) -> Place | None:
        """The first of them."""
        return next(self.find(name, signs, sentence), None)


@dataclass(frozen=True)
class Hint:
    """What a sentence says: a name of `_ORDER`, and the words by which it does."""

    says: str
    place: Place
    told: Told = Told.NOW

    def quoted(self, text: Prose) -> str:
        """Its words as they were written."""
        return text.quoted(self.place.sentence, self.place.start, self.place.end)


@dataclass(frozen=True)
class Guess:
    """What a text is about: a kind and a priority, each with the words that say so, "" for none. `is_sure` is False
    where nothing says anything."""

    kind: Kind = Kind.QUESTION
    kind_sign: str = ""
    priority: Priority = Priority.P3
    priority_sign: str = ""
    is_sure: bool = False


def guess(text: Prose, signs: Signs) -> Guess:
    """What a text is about. What is pasted without a word of explanation is something that fails."""
    said = hints(text, signs)
    if not said:
        return Guess(Kind.BUG, text.pasted, Priority.P2, text.pasted, is_sure=True) if text.pasted else Guess()
    first = min(said, key=lambda hint: (_ORDER.index(hint.says), -hint.told, hint.place.sentence.start))
    kind = _KINDS.get(first.says) or Kind(first.says)
    sign = "" if first.says == "unclear" else first.quoted(text)
    priority, priority_sign = _priority(text, kind, first, sign, signs)
    return Guess(kind, sign, priority, priority_sign, is_sure=True)


def hints(text: Prose, signs: Signs) -> tuple[Hint, ...]:
    """One for each sentence that says something: its first sign by order of precedence."""
    whole = whole_of(text, signs.product)
    found = (_hint(sentence, whole, signs) for sentence in text.sentences())
    return tuple(hint for hint in found if hint)


def _hint(sentence: Sentence, whole: Whole, signs: Signs) -> Hint | None:
    """An outage goes before all; one of a single person or page is something that fails, as a wish may tell of."""
    cut = _cut_off(sentence, whole, signs)
    if cut and cut.told > Told.LIMITED:
        return cut
    if wish := signs.first("", kinds.WISH, sentence):
        return Hint("wish", wish)
    asks_nobody = signs.first("", kinds.RHETORICAL, sentence) is not None
    asked = None if asks_nobody or cut else signs.first("", kinds.ASKED, sentence)
    if asked:
        return Hint("question", asked)
    return cut or _fails(sentence, signs) or _wants(sentence, signs, asks_nobody) or _unclear(sentence, signs)


def _cut_off(sentence: Sentence, whole: Whole, signs: Signs) -> Hint | None:
    """The strongest sign of an outage."""
    best: Hint | None = None
    for name, table in (("P0", P0), ("outage", OUTAGE), ("shut", SHUT)):
        for place in signs.find(name, table, sentence):
            tells = told(whole, place, of_all=name != "outage")
            if name == "outage":
                tells = min(tells, Told.UNSURE)
            elif name == "shut" and tells is not Told.OVER and not (of_whom(whole, place) and tells is not Told.UNSURE):
                tells = min(tells, Told.LIMITED)
            if tells is not Told.NOTHING and (best is None or tells > best.told):
                best = Hint("bug" if tells is Told.LIMITED else "outage", place, tells)
            if tells is Told.NOW:
                return best
    return best


def _fails(sentence: Sentence, signs: Signs) -> Hint | None:
    """The first sign of something that fails, and is ours."""
    for place in signs.find("bug", (*kinds.BUG, *COSMETIC), sentence):
        if not is_unsaid(place) and not is_of_others(place):
            return Hint("bug", place)
    return None


def _wants(sentence: Sentence, signs: Signs, asks_nobody: bool) -> Hint | None:
    if request := signs.first("request", kinds.REQUEST, sentence):
        return Hint("request", request)
    if not asks_nobody and (question := signs.first("question", kinds.QUESTION, sentence)):
        return Hint("question", question)
    if not asks_nobody and sentence.asks:
        return Hint("question", _last_words(sentence))
    praise = signs.first("praise", kinds.PRAISE, sentence)
    return Hint("praise", praise) if praise else None


def _unclear(sentence: Sentence, signs: Signs) -> Hint | None:
    """A sentence of some length that nothing is known by, and that closes nothing; or one that settings call bad."""
    if grave := signs.first("P1", (), sentence) or signs.first("P2", (), sentence):
        return Hint("unclear", grave)
    if len(sentence.plain.split()) <= _A_FEW_WORDS or signs.first("no reply", _CLOSES, sentence):
        return None
    return Hint("unclear", _last_words(sentence))


def _last_words(sentence: Sentence) -> Place:
    """As many as can be quoted."""
    end = len(sentence.plain.rstrip())
    start = max(0, end - _QUOTED)
    return Place(sentence, sentence.plain.find(" ", start, end) + 1 if start else 0, end)


def _priority(text: Prose, kind: Kind, first: Hint, sign: str, signs: Signs) -> tuple[Priority, str]:
    """How bad it is, and the words that say so: the worse of what the kind comes to and what single words say."""
    base = Priority.P3
    if kind is Kind.OUTAGE:
        comes_back = first.told is Told.OVER and whole_of(text, signs.product).again
        base = Priority.P2 if comes_back else _IMPACT[first.told]
    elif kind is Kind.BUG:
        base = Priority.P3 if compiled(COSMETIC, signs.product).search(text.plain) else Priority.P2
    raised = [(base, sign)]
    for priority, table in ((Priority.P1, P1 if kind is Kind.BUG else ()), (Priority.P2, ())):
        if words := _said(text, priority.value, table, signs):
            raised.append((priority, words))
    return min(raised, key=lambda one: (one[0], not one[1]))


def _said(text: Prose, name: str, table: tuple[str, ...], signs: Signs) -> str:
    """The words of the first of these signs that is meant, "" for none."""
    for sentence in text.sentences():
        for place in signs.find(name, table, sentence):
            if not is_unsaid(place):
                return text.quoted(sentence, place.start, place.end)
    return ""
