"""The door to GitHub: address, login, timeout, retries, and what its errors mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import requests
from github import Auth, Github
from github.GithubException import (
    BadAttributeException,
    BadCredentialsException,
    GithubException,
    RateLimitExceededException,
)

from tasks.clients import READ_RETRIES, NotExecuted, Refused, Unavailable, never_arrived
from tasks.settings import Settings

SECONDS = 30
SECONDS_BETWEEN_WRITES = 1.0  # what GitHub asks of those who write several things
PER_PAGE = 100
# What PyGithub stumbles over where an answer is JSON of another shape, or a page of somebody in between.
_STUMBLES = (ValueError, KeyError, TypeError, AttributeError, AssertionError, RuntimeError)
_SECONDARY = ("secondary rate limit", "abuse detection")


def github(settings: Settings) -> Github:
    """GitHub, by the token of the settings; nothing is asked yet. Raises Refused without a token.

    Only what reads is repeated: PyGithub's own retries would send a POST again whose answer was lost.
    """
    if settings.github_token is None:
        raise Refused("RITUALS_GITHUB_TOKEN is missing: a token that may read and write issues.")
    return Github(
        base_url=settings.github_url.rstrip("/"),
        auth=Auth.Token(settings.github_token.get_secret_value()),
        timeout=SECONDS,
        retry=READ_RETRIES,
        per_page=PER_PAGE,
        seconds_between_requests=None,
        seconds_between_writes=SECONDS_BETWEEN_WRITES,
        lazy=True,
    )


@contextmanager
def in_words(repository: str, setting: str) -> Iterator[None]:
    """Turns what PyGithub raises into Unavailable, NotExecuted or Refused, with the remedy and without tokens.
    `setting` is where the repository is named."""
    try:
        yield
    except RateLimitExceededException:
        raise NotExecuted("GitHub takes no more for now (its rate limit); what was asked was not done") from None
    except BadCredentialsException:
        raise Refused(
            "GitHub refused the token. Check RITUALS_GITHUB_TOKEN: it may have expired or been withdrawn."
        ) from None
    except BadAttributeException:
        raise Unavailable("GitHub answered with something that is none of its own") from None
    except GithubException as error:
        raise _meaning(error, repository, setting) from None
    except requests.RequestException as error:
        kind = NotExecuted if never_arrived(error) else Unavailable
        raise kind(f"GitHub did not answer in full ({type(error).__name__})") from None
    except _STUMBLES as error:
        raise Unavailable(f"GitHub answered with something that is none of its own ({type(error).__name__})") from None


def is_gone(error: GithubException) -> bool:
    """Whether it says that the thing asked for is not there, or was deleted."""
    return error.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def _meaning(error: GithubException, repository: str, setting: str) -> Unavailable | Refused:
    status = error.status
    said = _said(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS or any(sign in said.lower() for sign in _SECONDARY):
        return NotExecuted("GitHub takes no more for now (its rate limit); what was asked was not done")
    if status == HTTPStatus.UNAUTHORIZED:
        return Refused(f"GitHub wants a login ({said}). Check RITUALS_GITHUB_TOKEN.")
    if status == HTTPStatus.FORBIDDEN:
        return Refused(
            f"GitHub does not permit it ({said}). Give the token read and write access to the issues of {repository}."
        )
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Refused(
            f"GitHub shows no {repository} with issues to this token. Check {setting}, "
            "that its issues are switched on, and which repositories the token may read."
        )
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Refused(f"GitHub refused ({said})")
    return Unavailable(f"GitHub cannot answer now (HTTP {status})")


def _said(error: GithubException) -> str:
    """GitHub's own words on one line, with the field that is wrong; never a page of somebody else."""
    data = error.data if isinstance(error.data, dict) else {}
    fields = [
        " ".join(str(one[name]) for name in ("field", "code", "message") if one.get(name))
        for one in data.get("errors") or ()
        if isinstance(one, dict)
    ]
    words = [str(data["message"])] if data.get("message") else [f"HTTP {error.status}"]
    return " ".join("; ".join([*words, *fields]).split())[:300]
