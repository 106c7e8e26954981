"""What is said of customer requests that were filed, and of codenames: the reply to the customer, the text of a run."""

import re
from collections.abc import Iterable, Sequence

from tasks.reports.blocks import link, rich_text, section, text
from tasks.reports.filing import as_lines
from tasks.reports.post import Post
from tasks.reports.slack_text import clean
from tasks.rules.feedback import IssueDraft
from tasks.rules.filing import FilingResult
from tasks.rules.request_filing import Codenamed

_BEFORE, _AFTER = "This is ", " on GitHub now, where you can follow it and add to it."
_REASONS = 2_000  # characters: all that speaks against a request is told
_WEB = re.compile(r"https?://[^\s<>|\"]+")


def customer_reply(number: int, url: str) -> Post:
    """What the customer is told below their message: where their request is now. Nothing that was read is in it but the
    issue's address."""
    name = f"#{number}"
    words = f"<{url}|{name}>" if _WEB.fullmatch(url) else name
    return Post(f"{_BEFORE}{words}{_AFTER}", [rich_text(section(text(_BEFORE), link(name, url), text(_AFTER)))])


def request_lines(
    results: Sequence[FilingResult], by: str, refused: Sequence[str] = (), drafts: Iterable[IssueDraft] = ()
) -> str:
    """What became of each request for a run's artifact, a line each; below it what everybody will read of the `drafts`
    that would be filed, word for word. `by` is who ordered so."""
    first = f"Ordered by {clean(by)}:"
    return "\n\n".join([first, as_lines(results, refused, _REASONS), *map(_draft, drafts)])


def codename_lines(done: Codenamed) -> str:
    """The codename of a customer for a run's artifact, which only we read: who it is, and where its label stands."""
    told, drawn = f"{clean(done.account.name)} ({clean(done.account.id)})", done.is_new and done.dry_run
    first = f"{told} is {clean(done.name)}{'' if done.is_new else ', as before'}."
    if drawn:
        first = f"{told} would be given a name such as {clean(done.name)}; another is drawn when it is kept."
    where, label = clean(" and ".join(done.repositories)), "Such a label" if drawn else f"The label {clean(done.label)}"
    verb = "would be made, where it is missing," if done.dry_run else "is there"
    return "\n".join([first, f"{label} {verb} in {where}.", *(clean(note) for note in done.notes)])


def _draft(draft: IssueDraft) -> str:
    lines = [f"{line[: len(line) - len(line.lstrip())]}{clean(line)}" for line in draft.body.splitlines()]
    return "\n".join([clean(draft.title), f"Labels: {clean(', '.join(draft.labels))}", "", *lines])
