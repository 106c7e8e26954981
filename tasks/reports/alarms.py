"""A run that failed or crashed, as one line for the report's channel."""

from datetime import datetime

from tasks.reports.slack_text import fit, mrkdwn
from tasks.rules.alarms import Trouble

LONGEST = 500  # characters of what went wrong
_LOGS = "The run's logs tell why."
_CRASHED = (
    "Its process ended without a word: it was killed, ran out of memory, or its machine went down. Look at the worker."
)
_AGAIN = "Then run it again: what is done stays done."


def alarm_line(ritual: str, trouble: Trouble, run_url: str, *, crashed: bool) -> str:
    """What failed ("pipeline-review/weekly"), why and what to do, and where to look, as safe mrkdwn. Neither names of
    people nor of records."""
    what = "crashed" if crashed else "failed"
    why = mrkdwn(fit(trouble.sentence, LONGEST)) if trouble.sentence else (_CRASHED if crashed else _LOGS)
    place = f" <{run_url}|Open the run>." if run_url else ""
    return f"*{mrkdwn(ritual)} {what}.* {why if why.endswith('.') else f'{why}.'}{place} {_AGAIN}"


def run_ended(title: str, state: str, sentence: str, run_url: str) -> str:
    """How a run ended ("Refused") and what it said, as safe mrkdwn; `sentence` is our own, and may name records."""
    said = mrkdwn(fit(sentence, LONGEST))
    place = f" <{run_url}|Open the run>." if run_url else ""
    return f"*{mrkdwn(title)}: {mrkdwn(state.lower())}.* {said}{'' if not said or said.endswith('.') else '.'}{place}"


def missing_line(ritual: str, due: datetime, url: str) -> str:
    """That a ritual has not posted which was due then, in the zone of `due`, as safe mrkdwn; `url` is its deployment
    in Prefect, "" where that is not known."""
    place = f"<{url}|Open it>" if url else "Open it in Prefect"
    return (
        f"*{mrkdwn(ritual)} has not posted.* Its report has been due since {due:%a} {due.day} {due:%b}, {due:%H:%M}. "
        f"{place}. If its run is *Late* or *Scheduled*, it waits for a worker: start one. If it runs, failed or "
        f"crashed, its logs tell why. {_AGAIN}"
    )


def unanswered_line(sentence: str) -> str:
    """That Prefect does not answer, so that no ritual runs, as safe mrkdwn."""
    return f"*The rituals do not run.* {mrkdwn(fit(sentence, LONGEST))} Start it again; what was due then runs late."
