"""GitHub through the door: what goes wrong is said with its remedy, nothing is sent twice, the token is never said."""

import json
import logging
from dataclasses import replace

import pytest

from tasks.clients import NotExecuted, Refused, Unavailable
from tasks.github import private_issues
from tasks.ledger import Ledger
from tests.findings import FINDINGS
from tests.github.desk import filer
from tests.github_alone import PRIVATE, PUBLIC, Github


def test_the_door_itself_writes_nothing_where_everybody_reads(github: Github) -> None:
    with private_issues(github.config(VALIDATION__PRIVATE_REPOSITORY=PUBLIC)) as door:
        for write in (lambda: door.open("T", "B"), lambda: door.comment(1, "B"), door.have_label):
            with pytest.raises(Refused, match="is not private"):
                write()


def test_a_post_whose_answer_is_lost_is_not_sent_again_by_the_library(github: Github) -> None:
    for kind in ("drop_after", "server_error", "secondary_limit", "rate_limited", "unavailable"):
        github.fault(kind, match={"method": "POST", "path": ".*"})
        with private_issues(github.config()) as door, pytest.raises(Unavailable):
            door.open("T", "B")

    assert sum(call.startswith("POST") for call in github.calls()) == 5


ERRORS = [
    ("unauthorized", Refused, "GitHub refused the token. Check RITUALS_GITHUB_TOKEN"),
    ("limit_reached", NotExecuted, "rate limit"),
    ("rate_limited", NotExecuted, "rate limit"),
    ("server_error", Unavailable, "GitHub cannot answer now (HTTP 500)"),
    ("unavailable", Unavailable, "GitHub cannot answer now (HTTP 503)"),
    ("html", Unavailable, "none of its own"),
    ("drop_before", Unavailable, "GitHub did not answer in full"),
    ("cut_body", Unavailable, "GitHub did not answer in full"),
]


@pytest.mark.parametrize(("kind", "error", "said"), ERRORS, ids=[row[0] for row in ERRORS])
@pytest.mark.parametrize("write", [False, True], ids=["reading", "writing"])
def test_what_goes_wrong_is_one_sentence_with_a_remedy(github: Github, kind, error, said, write) -> None:
    with private_issues(github.config()) as door:
        door.refuse_other_readers()
        github.fault(kind, times=None)
        with pytest.raises(error) as raised:
            door.open("T", "B") if write else door.listed()

    assert said in str(raised.value)
    assert type(raised.value) in {Refused, Unavailable, NotExecuted}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"VALIDATION__PRIVATE_REPOSITORY": "acme/nothing"}, "GitHub shows no acme/nothing with issues to this token"),
        ({"GITHUB_TOKEN": "github_pat_wrong"}, "GitHub refused the token"),
        ({"GITHUB_TOKEN": "github_pat_stranger"}, f"GitHub shows no {PRIVATE}"),
        ({"VALIDATION__PRIVATE_REPOSITORY": ""}, "RITUALS_VALIDATION__PRIVATE_REPOSITORY is empty"),
    ],
)
def test_settings_that_lead_nowhere_are_refused_with_their_remedy(github: Github, other, said: str) -> None:
    with pytest.raises(Refused, match=said), private_issues(github.config(**other)) as door:
        door.refuse_other_readers()


def test_a_repository_that_was_renamed_is_not_written_to(github: Github) -> None:
    renamed = replace(github.state.repositories[PRIVATE].seed, name="secrets")
    github.state.repositories[PRIVATE].seed = renamed
    github.state.tokens = {
        value: replace(token, repositories=(renamed.full_name,)) for value, token in github.state.tokens.items()
    }
    with private_issues(github.config()) as door, pytest.raises(Refused, match="was renamed on GitHub"):
        door.open("T", "B")


def test_the_token_is_never_said(github: Github, ledger: Ledger, caplog: pytest.LogCaptureFixture) -> None:
    canary = "github_pat_canary_51c0"
    github.state.tokens[canary] = next(iter(github.state.tokens.values()))
    said: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for kind in ("", *(row[0] for row in ERRORS)):
            with filer(github, ledger, GITHUB_TOKEN=canary) as filing:
                if kind:
                    github.fault(kind, times=None)
                said += [repr(filing), repr(filing.github), str(vars(filing.github.repository))]
                try:
                    said += map(repr, filing.file(FINDINGS))
                except (Refused, Unavailable) as error:
                    said += [repr(error), repr(error.__cause__)]

    assert "POST" in caplog.text
    assert canary not in caplog.text + json.dumps(said)
