"""The privacy gate over everything that the pretend company knows, and over texts that tell nothing."""

from pathlib import Path

import pytest
import yaml

from tasks.rules.privacy_gate import LONGEST_TEXT, Known, known_of, why_withheld
from tests.rules.leaks import ACCOUNTS, DISGUISES, DOMAINS, MAILS, PEOPLE, of_the_company

COMPANY = of_the_company()
INNOCENT = yaml.safe_load((Path(__file__).parents[1] / "payloads/leaks/innocent.yml").read_text(encoding="utf-8"))
# Makers of products that the innocent texts name, and everyday words, all of which are companies, too.
EVERYDAY = known_of(
    ["Apple Inc.", "Target Corporation", "Delta Air Lines", "Ring LLC", "Square", "Box", "Shell", "Zoom", "Microsoft"]
)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("words", [ACCOUNTS, DOMAINS, PEOPLE, MAILS], ids=["accounts", "domains", "people", "mails"])
def test_nothing_of_a_customer_gets_through(words: tuple[str, ...], disguise: str) -> None:
    hide = DISGUISES[disguise]
    leaks = []
    for word in words:
        hidden = hide(word)
        texts = {"title": f"{hidden} cannot log in", "text": f"All hosts of ({hidden}) are offline after the update."}
        said = why_withheld(texts, COMPANY)
        leaks += [(word, where) for where in texts if not any(one.startswith(f"The {where} ") for one in said)]

    assert leaks == []


@pytest.mark.parametrize("text", INNOCENT, ids=lambda text: text.partition("\n")[0][:60])
def test_an_innocent_text_passes(text: str) -> None:
    title, _, body = text.partition("\n")

    assert why_withheld({"title": title, "text": body}, known_of_ours()) == ()


def test_there_are_innocent_texts_enough() -> None:
    assert len(INNOCENT) == 100


def test_customers_with_names_of_everyday_words_cost_few_false_alarms() -> None:
    """Each of the texts that is withheld names one of these with a capital: a person has to look."""
    withheld = [text for text in INNOCENT if why_withheld({"text": text}, EVERYDAY)]

    assert [text.partition("\n")[0] for text in withheld] == [
        "Automatic install of Zoom fails because the app is open",
        'Custom OS settings: "Failed" without a reason',
        "How can I rotate the enroll secret without re-enrolling?",
        "Target selector forgets the team when I go back",
        "Delta updates for big packages",
        "Ring deployments: first 1%, then 10%, then all",
        "Shell scripts with CRLF line ends fail on Linux",
        'Setup assistant shows step "Create your Apple ID" again',
    ]


def test_without_a_known_account_nothing_passes() -> None:
    assert why_withheld({"title": "Dark mode"}, Known()) == (
        "No account is known, so nobody can tell whether one is named: read the accounts from Salesforce first.",
    )
    assert why_withheld({"title": "Dark mode"}, known_of([" "], people=["Dana Reyes"])) != ()


def test_what_is_too_long_is_not_looked_through() -> None:
    assert why_withheld({"text": "a " * (LONGEST_TEXT // 2)}, COMPANY) == ()
    assert why_withheld({"text": "a " * (LONGEST_TEXT // 2) + "a"}, COMPANY) == (
        "The text is too long to be looked through: 65,537 characters, 65,536 at most.",
    )


def test_it_says_what_was_found_and_where() -> None:
    texts = {
        "title": "Delmar Foods cannot log in",
        "text": "Gwen Archer wrote\nto x@y.example:\npassword=hunter2!!",
        "label customer-globex": "customer-globex",
        "file name": "hosts-of-initech.csv",
    }

    assert why_withheld(texts, COMPANY) == (
        'The title holds an account\'s name: "Delmar Foods".',
        'The text holds an e-mail address: "x@y.example".',
        'The text holds a person\'s name: "Gwen Archer".',
        "The text holds a key, password or token in line 3.",
        'The label customer-globex holds an account\'s name: "globex".',
        'The file name holds an account\'s name: "initech".',
    )


def test_of_very_many_findings_the_first_are_told() -> None:
    said = why_withheld({"text": "\n".join(ACCOUNTS)}, COMPANY)

    assert len(said) == 13
    assert said[-1].endswith("more of that kind.")


def known_of_ours() -> Known:
    """As the company, with the domain of the product's own pages."""
    return Known(**{**vars(COMPANY), "public": ("fleetdm.com",)})
