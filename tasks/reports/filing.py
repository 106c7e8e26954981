"""What is said of findings that were filed as issues: the reply under the check's report, and the text of a run."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from tasks.reports.blocks import Block, Element, bold, items, link, rich_text, section, text
from tasks.reports.limits import MESSAGE_WEIGHT, weight
from tasks.reports.post import Post
from tasks.reports.slack_text import clean, mrkdwn, shorten
from tasks.rules.filing import Filed, FilingResult, counted

_TITLE, _DETAIL = 160, 200
_LOOK_AGAIN = "Run the same again: it looks first."
_STANDS = {Filed.FILED, Filed.ALREADY}


def filed_reply(results: Sequence[FilingResult], repository: str, by: str) -> Post:
    """The reply: what has an issue, what is fixed, and what could not be filed. `repository` is owner/name; `by` who
    decided so. It reads the same for one who files the same twice."""
    first = _first_line(results, repository, by)
    rows = [_row(one) for one in results]
    for count in range(len(rows), -1, -1):
        more = [section(text(f"{count:,} of {len(rows):,} shown"))] if count < len(rows) else []
        listed: list[Element] = [items("bullet", rows[:count])] if count else []
        blocks: list[Block] = [rich_text(section(bold(first)), *listed, *more)]
        if weight(blocks) <= MESSAGE_WEIGHT:
            break
    return Post(mrkdwn(first), blocks)


def reply_key(results: Iterable[FilingResult], by: str) -> str:
    """What the reply is known by: what it tells of and who decided so; the same order twice is one reply."""
    facts = sorted(f"{one.key} {one.number} {one.outcome is Filed.COMMENTED}" for one in results)
    return sha256("\n".join([by, *facts]).encode()).hexdigest()[:12]


def as_lines(results: Sequence[FilingResult], refused: Sequence[str] = (), longest: int = _DETAIL) -> str:
    """The same for a run's artifact, a line each, with what was refused at the end. `longest` is how many characters
    of a reason are shown."""
    return (
        "\n".join([*(_line(one, longest) for one in results), *(clean(why) for why in refused)]) or "Nothing to file."
    )


def in_short(results: Iterable[FilingResult]) -> str:
    """For a run's state: "2 filed, 1 already"."""
    return ", ".join(f"{number:,} {outcome}" for outcome, number in counted(results).items()) or "nothing to file"


def _first_line(results: Sequence[FilingResult], repository: str, by: str) -> str:
    stands = sum(one.outcome in _STANDS for one in results)
    fixed = sum(one.outcome is Filed.COMMENTED for one in results)
    failed = sum(one.outcome in {Filed.REFUSED, Filed.UNKNOWN} for one in results)
    parts = [
        f"{stands:,} {'finding' if stands == 1 else 'findings'} filed" if stands or not fixed else "",
        f"{fixed:,} fixed, said there" if fixed else "",
        f"{failed:,} not filed" if failed else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{shorten(repository, _TITLE)}, ordered by {shorten(by, _TITLE)}: {said}"


def _row(one: FilingResult) -> list[Element]:
    title = text(f" {shorten(one.title, _TITLE)}")
    if not one.number:
        return [bold(f"{str(one.outcome).capitalize()}:"), title, *([text(f" {_why(one)}")] if _why(one) else [])]
    note = " (closed)" if one.is_closed else " (fixed)" if one.outcome is Filed.COMMENTED else ""
    return [link(f"#{one.number}", one.url), title, *([text(note)] if note else [])]


def _line(one: FilingResult, longest: int) -> str:
    number = f" #{one.number}" if one.number else ""
    closed = " (closed)" if one.is_closed else ""
    said = _why(one, longest)
    why = f" {said}" if said else ""
    url = f" {clean(one.url)}" if one.url else ""
    return f"{one.outcome}{number}{closed}: {clean(one.title)}{why}{url}"


def _why(one: FilingResult, longest: int = _DETAIL) -> str:
    said = shorten(one.detail, longest).rstrip(".")
    again = f" {_LOOK_AGAIN}" if one.outcome is Filed.UNKNOWN else ""
    return f"({said}.{again})" if said else ""
