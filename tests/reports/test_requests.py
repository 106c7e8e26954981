"""What a customer is told of their request, and what a run shows; text of others is only text."""

import json
from dataclasses import replace

import pytest

from tasks.reports.post import lines
from tasks.reports.requests import codename_lines, customer_reply, request_lines
from tasks.rules.feedback import IssueDraft
from tasks.rules.filing import Filed, FilingResult
from tasks.rules.request_filing import Account, Codenamed

URL = "https://github.com/acme/product/issues/42"
BANK = Account("001Ax00000KpQ2ZIAV", "Acme Bank")


def test_the_customer_reads_where_their_request_is() -> None:
    reply = customer_reply(42, URL)

    assert reply.text == f"This is <{URL}|#42> on GitHub now, where you can follow it and add to it."
    assert lines(reply.blocks) == ["This is #42 on GitHub now, where you can follow it and add to it."]
    assert json.dumps(reply.blocks).count(URL) == 1


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "https://evil.example/|<!channel>", "https://evil.example/ <@U0TOM>", "//evil"]
)
def test_an_address_that_is_none_leaves_the_number_alone(url: str) -> None:
    assert customer_reply(42, url).text == "This is #42 on GitHub now, where you can follow it and add to it."


def test_a_run_shows_what_became_of_each_and_who_ordered_it() -> None:
    results = [
        FilingResult("a", "Slow", Filed.FILED, 42, URL),
        FilingResult("b", "Dark", Filed.REFUSED, detail=f"{'It names somebody. ' * 20}The last reason."),
        FilingResult("a", "Slow", Filed.TOLD, 42, URL),
    ]

    said = request_lines(results, "Kira Sandoval", ["No request 'c' is remembered"])

    first, second, third, last = said.split("\n\n")[1].splitlines()
    assert said.startswith("Ordered by Kira Sandoval:\n\n")
    assert first == f"filed #42: Slow {URL}"
    assert second.startswith("refused: Dark (It names somebody. ")
    assert second.endswith("The last reason.)")
    assert (third, last) == (f"told to the customer #42: Slow {URL}", "No request 'c' is remembered")


def test_a_dry_run_shows_word_for_word_what_everybody_would_read() -> None:
    draft = IssueDraft("Slow", "> it is slow\n\n- Version: 4.61\n    code\n", ("customer request", "customer-ceraskia"))

    said = request_lines([FilingResult("a", "Slow", Filed.WOULD_FILE)], "Kira Sandoval", drafts=[draft])

    assert said == (
        "Ordered by Kira Sandoval:\n\nwould be filed: Slow\n\n"
        "Slow\nLabels: customer request, customer-ceraskia\n\n> it is slow\n\n- Version: 4.61\n    code"
    )


def test_hidden_characters_do_not_stay_hidden_in_what_would_be_read() -> None:
    said = request_lines([], "Kira\u202e", drafts=[IssueDraft("a\u200bb", "c\u202ed\x00e", ("f\ng",))])

    assert said == "Ordered by Kira:\n\nNothing to file.\n\nab\nLabels: f g\n\ncd e"


WHO, WHERE = "Acme Bank (001Ax00000KpQ2ZIAV)", "in acme/confidential and acme/product."
SUCH_AS = "would be given a name such as Ceraskia; another is drawn when it is kept."
WOULD = "would be made, where it is missing,"
CODENAMED: list[tuple[dict[str, object], list[str]]] = [
    ({"is_new": True}, [f"{WHO} is Ceraskia.", f"The label customer-ceraskia is there {WHERE}"]),
    ({"notes": ("Look",)}, [f"{WHO} is Ceraskia, as before.", f"The label customer-ceraskia is there {WHERE}", "Look"]),
    ({"is_new": True, "dry_run": True}, [f"{WHO} {SUCH_AS}", f"Such a label {WOULD} {WHERE}"]),
    ({"dry_run": True}, [f"{WHO} is Ceraskia, as before.", f"The label customer-ceraskia {WOULD} {WHERE}"]),
]


@pytest.mark.parametrize(("how", "said"), CODENAMED, ids=[str(row[0]) for row in CODENAMED])
def test_a_codename_is_shown_with_who_has_it(how: dict[str, object], said: list[str]) -> None:
    done = Codenamed(BANK, "Ceraskia", "customer-ceraskia", ("acme/confidential", "acme/product"), is_new=False)

    assert codename_lines(replace(done, **how)).splitlines() == said  # type: ignore[arg-type]
