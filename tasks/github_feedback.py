"""What GitHub knows that a feedback sweep tells: open issues that may be about the same, and requests to the sales team
that wait (handbook L23, L280)."""

from collections.abc import Collection
from datetime import datetime

from prefect import task

from tasks.github import Issue, Issues, private_issues, public_issues
from tasks.github_door import PER_PAGE
from tasks.patience import PATIENT
from tasks.rules.business_days import OfficeDays
from tasks.rules.feedback import KnownIssue, OpenRequest
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.filing import marked
from tasks.rules.request_filing import waiting
from tasks.settings import settings


@task(**PATIENT)
def read_known_issues() -> tuple[KnownIssue, ...]:
    """The open issues of the public repository with a compared label or a customer's codename, the oldest first; no
    pull requests. Raises SettingsError; Unavailable, or Refused with the remedy, also where no token or repository is
    set."""
    config = settings()
    with public_issues(config) as github:
        found = compared(github, config.feedback)
    return tuple(KnownIssue(one.number, one.title, one.url, one.body, one.labels) for one in found)


@task(**PATIENT)
def read_open_requests(now: datetime) -> tuple[OpenRequest, ...]:
    """The open issues of the private repository with the sales team's label that wait longer than a business day at
    that moment (aware), the oldest first. Those that our own check filed are no requests of anybody: its report has
    them. Raises as `read_known_issues`."""
    config = settings()
    with private_issues(config) as github:
        opened = github.opened([config.validation.label])
    requests = [OpenRequest(one.number, one.title, one.url, one.opened) for one in opened if not marked(one.body)]
    return waiting(requests, now, config.feedback, OfficeDays(config.holidays), config.pipeline.time_zone)


def compared(github: Issues, policy: FeedbackPolicy) -> list[Issue]:
    """The open issues with one of the labels, the oldest first, in as few calls as there can be: GitHub lists those
    with all of several labels, but not those with any. So each label is asked for, unless all that is open is fewer
    pages."""
    pages = -(-github.how_many_are_open // PER_PAGE)
    labels = list(policy.compared_labels)
    if pages > len(labels) + 1:
        labels += [one.name for one in github.labels() if _is_codename(one.name, policy)]
    if pages > len(labels):
        found = [one for label in labels for one in github.opened([label])]
    else:
        found = [one for one in github.opened() if _is_compared(one.labels, policy)]
    return sorted({one.number: one for one in found}.values(), key=lambda one: one.number)


def _is_compared(labels: Collection[str], policy: FeedbackPolicy) -> bool:
    known = {one.casefold() for one in policy.compared_labels}
    return any(one.casefold() in known or _is_codename(one, policy) for one in labels)


def _is_codename(label: str, policy: FeedbackPolicy) -> bool:
    begins = policy.codename_prefix.casefold()
    return bool(begins) and label.casefold().startswith(begins)
