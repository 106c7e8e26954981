"""Comparing the messages of a night with 5,000 open issues, for `measure.alone`."""

import random
import time

from tasks.likeness import alike
from tasks.rules.feedback import KnownIssue
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.privacy_words import COMMON
from tests.benchmarks.measure import report

ISSUES, MESSAGES, INVENTED = 5_000, 40, 15_000


def compare() -> dict[str, float]:
    """Issues of 30 to 350 words and messages of 40, of a vocabulary in which, as in any, a few words are most."""
    drawn = random.Random(3)  # noqa: S311 - a benchmark
    words = sorted(COMMON)
    words += [
        one + other
        for one, other in zip(drawn.choices(words, k=INVENTED), drawn.choices(words, k=INVENTED), strict=True)
    ]
    drawn.shuffle(words)
    often = [1 / (rank + 5) for rank in range(len(words))]

    def text(size: int) -> str:
        return " ".join(drawn.choices(words, often, k=size))

    issues = [KnownIssue(number, text(9), "", text(drawn.randint(30, 350))) for number in range(ISSUES)]
    texts = {str(number): text(MESSAGES) for number in range(MESSAGES)}
    started = time.process_time()
    found = alike(texts, issues, FeedbackPolicy())
    taken = time.process_time() - started
    return {"comparing": taken, "messages": len(found), "candidates": sum(map(len, found.values()))}


if __name__ == "__main__":
    report(compare)
