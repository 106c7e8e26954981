"""What takes the sign of an outage back, or makes less of it: "is not down", "if", "on staging", "for me", "fine now".

Each doubt is read from the words around the sign, most of them in its own sentence. They stand in a table, the
strongest first: the first that holds says what is left of the outage.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from tasks.rules import feedback_doubt_signs as signs
from tasks.rules.feedback_replies import RECOVERED
from tasks.rules.feedback_signs import WIDE
from tasks.rules.feedback_text import Prose, Sentence
from tasks.rules.feedback_words import compiled

_CLAUSE_WIDE, _SENTENCE_WIDE, _JUST_BEFORE = 120, 300, 20


class Told(IntEnum):
    """What is told of an outage: the higher, the more of it."""

    NOTHING = 0  # that there is none, or one that might be
    LIMITED = 1  # of one person, page or moment: no outage
    OVER = 2
    TESTS = 3  # of an instance that nobody works with
    UNSURE = 4  # asked, or now and then, or of one office
    NOW = 5


@dataclass(frozen=True)
class Whole:
    """What a text as a whole says.

    recovered   where it is said last that it is usable again, as a place in the plain text; -1 where it is not
    of_tests    an instance for tests is named, production is not
    wide        all users or all hosts are named          in_production   production is
    only_me     others are not affected                   again           it happened before
    """

    recovered: int
    of_tests: bool
    wide: bool
    in_production: bool
    only_me: bool
    again: bool


@dataclass(frozen=True)
class Place:
    """Where a sign stands: from `start` to `end` of a sentence. `product` is the name of what we sell."""

    sentence: Sentence
    start: int
    end: int
    product: str = ""

    @property
    def words(self) -> str:
        """The words of the sign."""
        return self.sentence.plain[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before it, as much as can belong to it."""
        return self.sentence.plain[max(0, self.start - _CLAUSE_WIDE) : self.start]

    @property
    def after(self) -> str:
        """What stands after it, likewise."""
        return self.sentence.plain[self.end : self.end + _CLAUSE_WIDE]

    @property
    def around(self) -> str:
        """Its sentence: of a very long one the part around the sign, or looking would take ever longer."""
        return self.sentence.plain[max(0, self.start - _SENTENCE_WIDE) : self.end + _SENTENCE_WIDE]

    @property
    def clause(self) -> str:
        """What stands before it in its own clause."""
        return str(signs.CLAUSE.split(self.before)[-1])


def whole_of(text: Prose, product: str = "") -> Whole:
    """What a text as a whole says of its outage."""
    pattern, recovered = compiled(RECOVERED, product), -1
    for sentence in text.sentences():
        for found in () if sentence.asks else pattern.finditer(sentence.plain):
            if not is_unsaid(Place(sentence, *found.span())):
                recovered = sentence.start + found.end()
    return Whole(
        recovered=recovered,
        of_tests=_names_tests(text.plain) and not signs.PRODUCTION.search(text.plain),
        wide=_says(text, compiled(WIDE, product)),
        in_production=_says(text, signs.PRODUCTION),
        only_me=bool(signs.ONLY_ME.search(text.plain)),
        again=bool(signs.AGAIN.search(text.plain)),
    )


def told(whole: Whole, place: Place, of_all: bool) -> Told:
    """What the sign of an outage tells. `of_all` is whether it says that all is unusable, which a single person or page
    takes back."""
    for tells, holds in _DOUBTS if of_all else _DOUBTS_OF_MOST:
        if holds(whole, place):
            return tells
    return Told.NOW


def of_whom(whole: Whole, place: Place) -> bool:
    """Whether the text says that a sign which names nobody, "cannot log in", is about all."""
    return whole.wide or (whole.in_production and signs.ENTRY.search(place.words) is not None)


def is_unsaid(place: Place) -> bool:
    """Whether the words of a sign say that it is not so, or might be: denied, supposed, in general, to come."""
    return bool(
        _is_in_general(place)
        or signs.NOT.search(place.before)
        or signs.DURING.search(place.before)
        or signs.SUPPOSED.search(place.clause)
        or signs.TO_COME.search(" ".join([*place.clause.split()[-3:], place.words]))
        or signs.ON_PURPOSE.search(place.before)
    )


def is_of_others(place: Place) -> bool:
    """Whether it is another company's product that is down, or the reason why nobody can log in."""
    if signs.OTHERS_SERVER.search(place.before):
        return True
    names_ours = compiled(("THE SYSTEM",), place.product).search(place.words)
    return signs.OTHERS.search(place.around) is not None and not names_ours


def _is_in_general(place: Place) -> bool:
    said = place.clause + place.words + signs.CLAUSE.split(place.after)[0]
    return bool(signs.IMAGINED.match(place.sentence.plain) or signs.IN_GENERAL.search(said))


def _is_asked(place: Place) -> bool:
    begins = place.words.startswith(("is ", "are ", "any", "does ")) and signs.BEGINS.search(place.before)
    return bool(begins or signs.ASKED.search(place.before))


def _is_past(place: Place) -> bool:
    if signs.STILL.search(place.around):
        return False
    was = signs.WAS.search(place.before[-_JUST_BEFORE:] + place.words)
    went = was or signs.WAS.search(place.before) or "went" in place.words
    return bool((was and signs.ONCE.search(place.around)) or (went and signs.FOR_A_WHILE.search(place.around)))


def _is_of_tests(place: Place) -> bool:
    return _names_tests(place.around) and not signs.PRODUCTION.search(place.around)


def _is_of_a_part(place: Place) -> bool:
    return bool(
        signs.PART.search(place.after) or signs.PART_AFTER.search(place.after) or signs.PART_BEFORE.search(place.before)
    )


def _is_of_few(place: Place) -> bool:
    return bool(
        signs.FEW.search(place.around)
        or signs.SELF.match(place.words)
        or signs.HERE.search(place.around)
        or signs.ONE.search(place.before)
    )


def _names_everyone(place: Place) -> bool:
    return signs.EVERYONE.search(place.around) is not None


def _is_now_and_then(place: Place) -> bool:
    return signs.NOW_AND_THEN.search(place.around) is not None


def _says(text: Prose, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(sentence.plain) for sentence in text.sentences() if not sentence.asks)


def _names_tests(plain: str) -> bool:
    return signs.TEST_SITE.search(signs.NOT_THERE.sub(" ", plain)) is not None


_Doubt = tuple[Told, Callable[[Whole, Place], bool]]
_DOUBTS_OF_ANY: tuple[_Doubt, ...] = (
    (Told.NOTHING, lambda _, place: place.sentence.is_spoken(place.start, place.end) or _is_in_general(place)),
    (Told.NOTHING, lambda _, place: _is_asked(place) and signs.MEANWHILE.search(place.after) is not None),
    (Told.UNSURE, lambda _, place: _is_asked(place)),
    (Told.NOTHING, lambda _, place: is_unsaid(place) or is_of_others(place)),
    (Told.OVER, lambda whole, place: whole.recovered > place.sentence.start + place.start or _is_past(place)),
    (Told.TESTS, lambda whole, place: whole.of_tests or _is_of_tests(place)),
    (Told.LIMITED, lambda _, place: _is_of_a_part(place)),
)
_DOUBTS_OF_MOST: tuple[_Doubt, ...] = (*_DOUBTS_OF_ANY, (Told.UNSURE, lambda _, place: _is_now_and_then(place)))
_DOUBTS: tuple[_Doubt, ...] = (
    *_DOUBTS_OF_ANY,
    (Told.LIMITED, lambda _, place: _is_now_and_then(place) and not _names_everyone(place)),
    (Told.UNSURE, lambda _, place: _is_now_and_then(place)),
    (Told.LIMITED, lambda whole, place: (whole.only_me or _is_of_few(place)) and not _names_everyone(place)),
    (Told.UNSURE, lambda _, place: signs.AREA.search(place.around) is not None),
    (Told.UNSURE, lambda _, place: signs.HOSTS.search(place.before) is not None and not _names_everyone(place)),
)
