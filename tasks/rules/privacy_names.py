"""Names of customers and of their people in a text, in whatever spelling and disguise."""

import re
from collections.abc import Iterator, Sequence

from tasks.rules.privacy_gathering import ACCOUNT, FIRST, LAST, PERSON, SHORTEST, SURE, Mark
from tasks.rules.privacy_known import Known
from tasks.rules.privacy_words import LONGEST, Word, is_common, pieces, spelled, words

_BESIDE = {"at", "customer", "customers", "client", "account", "company", "tenant", "employer"}
_BEHIND = {"inc", "llc", "ltd", "gmbh", "corp", "corporation", "limited", "plc"}
_SPACE = re.compile(r"\s")
_ANYWHERE = 6  # letters of a name that is found in the midst of a word; a shorter one begins or ends it
_BACKWARDS = 6
Found = tuple[str, str]  # what it is, and as it is written


def names(text: str, known: Known) -> Iterator[Found]:
    """What the plain text names, each where it stands."""
    spoken, parted = words(text), pieces(text)
    yield from _runs(text, spoken, known)
    if len(parted) != len(spoken):
        yield from _runs(text, parted, known)
    yield from _within(spoken, known)
    for other in spelled(text):
        yield from _runs(other, words(other), known)
    yield from _backwards(spoken, known)


def _runs(text: str, spoken: Sequence[Word], known: Known) -> Iterator[Found]:
    """Names that are one word of the text, or several, however they are parted; of those that begin at one word the
    longest."""
    for first in range(len(spoken)):
        found, looks, letters, raw = "", "", "", ""
        for last in range(first, len(spoken)):
            word = spoken[last]
            looks, letters, raw = looks + word.shape, letters + word.folded, raw + word.raw
            if len(letters) > LONGEST + 1:
                break
            shown, singular = text[spoken[first].start : word.end], letters.removesuffix("s")
            mark = known.loose.get(looks) or known.loose.get(looks.removesuffix("s"))
            if mark and not _is_meant(spoken[first : last + 1], mark, letters, shown):
                mark = None
            mark = mark or known.exact.get(raw) or known.always.get(letters) or known.always.get(singular)
            careful = None if mark else known.careful.get(letters)
            if careful and _has_evidence(spoken, (first, last), careful, letters):
                mark = careful
            if mark:
                found, kind = shown, mark.kind
        if found:
            yield kind, found


def _is_meant(run: Sequence[Word], mark: Mark, letters: str, shown: str) -> bool:
    """Whether words that are put together to a name are one: "has an" is not Ms. Hasan, "a grace" no user "agrace"."""
    if mark.kind == PERSON and mark.words == 1 < len(run) < len(letters) and _SPACE.search(shown):
        return False
    if not all(is_common(word.folded) for word in run):
        return True
    if len(run) == mark.words:
        return mark.words > 1
    return mark.kind == ACCOUNT and len(letters) >= SURE


def _has_evidence(spoken: Sequence[Word], run: tuple[int, int], mark: Mark, letters: str) -> bool:
    """Whether everyday words are a name: written as one, spelled letter by letter, or beside a word that tells it."""
    first, last = run
    meant, size = spoken[first : last + 1], last + 1 - first
    if size == mark.words and all(word.has_capital for word in meant):
        return mark.kind not in {FIRST, LAST} or not _is_acronym(meant[0])
    if size == len(letters) >= SHORTEST or (size < mark.words and not is_common(letters)):
        return True
    before = spoken[first - 1].folded if first else ""
    after = spoken[last + 1].folded if last + 1 < len(spoken) else ""
    return mark.kind == ACCOUNT and (before in _BESIDE or after in _BEHIND)


def _is_acronym(word: Word) -> bool:
    return word.raw.isupper() and len(word.raw) < SHORTEST


def _within(spoken: Sequence[Word], known: Known) -> Iterator[Found]:
    """Names in the midst of longer words: "acmeprod"."""
    for word in spoken:
        looks, size = word.shape, len(word.shape)
        if size <= SHORTEST or is_common(word.folded):
            continue
        for start in range(size - SHORTEST + 1):
            for end in range(start + SHORTEST, min(size, start + LONGEST) + 1):
                at_an_end = start == 0 or end == size
                if (at_an_end or end - start >= _ANYWHERE) and looks[start:end] in known.inside:
                    yield (known.loose.get(looks[start:end]) or Mark(ACCOUNT, 1)).kind, word.raw


def _backwards(spoken: Sequence[Word], known: Known) -> Iterator[Found]:
    """Names that are written from the end: a word, or a first and a last name."""
    for place, word in enumerate(spoken):
        if is_common(word.folded):
            continue
        mark = known.loose.get(word.shape[::-1])
        if mark and (mark.kind == ACCOUNT or len(word.shape) >= _BACKWARDS):
            yield f"{mark.kind}, backwards", word.raw
        for following in spoken[place + 1 : place + 2]:
            person = known.loose.get((word.shape + following.shape)[::-1])
            if person and person.words > 1 and not is_common(following.folded):
                yield f"{person.kind}, backwards", f"{word.raw} {following.raw}"
