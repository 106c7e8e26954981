"""Which open issues may be about the same as what a customer wrote, by how alike the words are. A person decides."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.rules.feedback import Candidate, KnownIssue
from tasks.rules.feedback_policy import FeedbackPolicy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST, _LONGEST_IN_PARTS = 2_000, 600  # characters that are compared: what is pasted below says little
_OF_WORDS = 0.5  # how much whole words count beside parts of words
_DIGITS = 3


def alike(
    texts: Mapping[str, str], issues: Sequence[KnownIssue], policy: FeedbackPolicy
) -> dict[str, tuple[Candidate, ...]]:
    """For each text, by its key, the open issues that are most like it: at most `policy.candidates`, each at least
    `policy.likeness`, the most alike first; of equals the one with the lower number."""
    written = [text.strip() for text in texts.values()]
    if not issues or not any(written):
        return dict.fromkeys(texts, ())
    scores = _scores([f"{one.title}\n{one.title}\n{one.body}" for one in issues], written)
    return {key: _most_alike(row, issues, policy) for key, row in zip(texts, scores, strict=True)}


def _scores(issues: list[str], texts: list[str]) -> "NDArray[np.float64]":
    """How alike each text (a row) and each issue (a column) are, 0 to 1: by words and pairs of words, which tell the
    topic, and by parts of words, which tell it in another form."""
    import numpy as np  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.metrics.pairwise import linear_kernel  # noqa: PLC0415

    ways = (
        (_OF_WORDS, _LONGEST, {"analyzer": "word", "ngram_range": (1, 2), "stop_words": "english"}),
        (1 - _OF_WORDS, _LONGEST_IN_PARTS, {"analyzer": "char_wb", "ngram_range": (3, 5)}),
    )
    scores = np.zeros((len(texts), len(issues)))
    for weight, longest, way in ways:
        vectorizer = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", dtype=np.float32, **way)
        try:
            known = vectorizer.fit_transform([one[:longest] for one in issues])
        except ValueError:  # none of the issues has a word that counts
            continue
        scores += weight * linear_kernel(vectorizer.transform([one[:longest] for one in texts]), known)
    return scores


def _most_alike(
    row: "NDArray[np.float64]", issues: Sequence[KnownIssue], policy: FeedbackPolicy
) -> tuple[Candidate, ...]:
    ranked = sorted(zip(row.round(_DIGITS).tolist(), issues, strict=True), key=lambda one: (-one[0], one[1].number))
    best = [(score, issue) for score, issue in ranked[: policy.candidates] if score >= policy.likeness]
    return tuple(Candidate(issue.number, issue.title, issue.url, score) for score, issue in best)
