"""Which words name a customer, and which are only words."""

import pytest

from tasks.rules.privacy_gate import Known, known_of, why_withheld

ACCOUNTS = known_of(
    [
        "Acme, Inc.", "Northwind Freight GmbH", "Target Corporation", "Delta Air Lines", "First Data Corp.",
        "The Best Buy Co.", "Bank of America", "AT&T", "3M", "Sable Logistics", "The Home Depot", "UPS",
        "M\u00fcller Maschinenbau AG",
        "\u682a\u5f0f\u4f1a\u793e\u7530\u4e2d", "Harbor Credit Union", "GitHub", "Gro\u00dfmann KG",
        "Bj\u00f8rnholm ASA",
    ]
)  # fmt: skip
PEOPLE = known_of(
    ["Acme"],
    people=[
        "Dana Reyes", "Noel Price", "Max Long", "Ms. Ruth Adeyemi (she/her)", "Mina Cho",
        "Jos\u00e9 Garc\u00eda L\u00f3pez", "Ian Hasan", "Lan Frost", "tkaufman", "\u7530\u4e2d \u592a\u90ce",
        "Ann Abbey", "Will Stone (EMEA)",
        "Dr. Max Stone Jr.",
    ],
    emails=[
        "noel.price@acme.example", "it@acme.example", "helpdesk@acme.example", "w.oberholzer+slack@gmail.com",
        "aquill@acme.example",
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "acme", "ACME", "Acmes", "acmeprod", "prodacme", "acme_prod", "AcmeProd", "acme01", "x-acme-y",
        "Northwind", "north wind freight", "northwindfreight", "mynorthwindhost",
        "Target", "at target", "customer target", "TARGET", "target inc", "T a r g e t", "t-a-r-g-e-t",
        "Delta hosts", "our tenant delta", "First Data", "FirstData", "first_data inc", "at first data",
        "best buy", "BestBuy", "bestbuy", "bank of america", "AT&T", "ATT", "3M", "home depot",
        "mueller", "Muller", "M\u00fcllers Macs", "sable", "UPS", "\u682a\u5f0f\u4f1a\u793e\u7530\u4e2d\u306e",
        "harbor credit union", "Harbor Credit", "GitHub", "acme@github.com",
        "GROSSMANN", "bjornholm", "bjoernholm", "Bj\u00f8rnholm", "dniwhtron", "emca",
        "\\&\\#65;cme", "acme.example.com", "https://github.com/acme/x", "Europe/Acme", "acme://github.com",
    ],
)  # fmt: skip
def test_an_account_is_found(text: str) -> None:
    assert found(f"We see it {text} too", ACCOUNTS)


@pytest.mark.parametrize(
    "text",
    [
        "placement", "target hosts and targets", "a delta update", "the first data point", "a customer's target",
        "disable usable disabled", "ups and downs", "the bank is closed", "the credit of the union", "in a freight",
        "a 3 m cable", "America/New_York", "https://docs.github.com/en/rest", "GitHub issues", "github.com",
        "att", "the best one to buy", "at home", "pac me", "north of the wind turbine", "tacmeon",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_account(text: str) -> None:
    assert not found(f"We see {text} too", ACCOUNTS)


@pytest.mark.parametrize(
    "text",
    [
        "Dana Reyes", "dana reyes", "Reyes, Dana", "danareyes", "dreyes", "reyes", "Dana", "Noel Price", "noel price",
        "NoelPrice", "Max Long", "Adeyemi", "Ruth", "Cho", "Mina", "garcia", "Lopez", "L\u00d3PEZ", "hasan",
        "Hasan", "Ha san", "tkaufman", "\u592a\u90ce", "Ian", "oberholzer", "Abbey", "aquill", "a.quill",
        "seyeR anaD", "will stone", "max stone",
    ],
)  # fmt: skip
def test_a_person_is_found(text: str) -> None:
    assert found(f"We asked {text} too", PEOPLE)


@pytest.mark.parametrize(
    "text",
    [
        "the price", "Price", "how long", "a max of ten", "it has an error", "It Has An Error", "the LAN", "chose it",
        "ruthless", "an abbey", "frosting", "the price is long", "mailed it", "the helpdesk", "a quill",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_person(text: str) -> None:
    assert not found(f"We see {text} too", PEOPLE)


@pytest.mark.parametrize("text", ["target hosts", "the first data point", "our ring", "max hosts"])
def test_of_the_customer_that_a_text_is_about_everyday_words_are_found(text: str) -> None:
    about = known_of(["Target", "First Data", "Ring", "Max"], people=["Dana Reyes"], strictly=True)

    assert why_withheld({"text": text}, known_of(["Acme"])) == ()
    assert len(why_withheld({"text": text}, known_of(["Acme"]), about)) == 1


@pytest.mark.parametrize(
    ("website", "text"),
    [
        ("https://www.blauwal.example/home", "mdm.blauwal.example"),
        ("http://blauwal.co.uk:8080", "vpn.blauwal.co.uk"),
        ("https://abc.wales", "mdm.abc.wales"),
        ("blauwal.id", "blauwal.id"),
        ("BLAUWAL.SH", "blauwal.sh"),
        ("blauwal.example", "blauwal"),
        ("blauwal.example", "BlauWal laptops"),
        ("blauwal.example", "blauwalprod"),
    ],
)
def test_a_website_is_found_and_so_is_its_name(website: str, text: str) -> None:
    assert found(text, known_of(["Acme"], websites=[website]))


@pytest.mark.parametrize("website", ["", "https://www.linkedin.com/company/x", "github.com/x", "localhost", "n/a"])
def test_a_website_that_is_none_of_theirs_says_nothing(website: str) -> None:
    known = known_of(["Acme"], websites=[website])

    assert not found("Log in with LinkedIn, see https://github.com/fleetdm/fleet", known)
    assert known.domains == set()


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        ("+1 (555) 010-0199", "5550100199"),
        ("+1 (555) 010-0199", "555 010 0199"),
        ("+49 30 901820", "030/901820"),
        ("030 901820", "+49 30 90 18 20"),
        ("9018200", "901 82 00"),
    ],
)
def test_a_known_phone_number_is_found_in_another_form(phone: str, text: str) -> None:
    assert not found(f"Row {text} fails", known_of(["Acme"])) or text.startswith("+")
    assert found(f"Row {text} fails", known_of(["Acme"], phones=[phone]))


@pytest.mark.parametrize("text", ["2026-11-23 08:00:12", "20261123 08", "1795447680.000100", "1795447680"])
def test_a_moment_is_no_phone_number(text: str) -> None:
    assert not found(f"At {text} it failed", known_of(["Acme"], phones=["+49 6111 2308", "95447680"]))


def test_a_known_machine_is_found() -> None:
    known = known_of(["Acme"], hosts=["blauwal-mdm01.corp.blauwal.example", "build-server"])

    assert found("On BLAUWAL-MDM01 it works", known)
    assert found("On blauwal_mdm01 it works", known)
    assert not found("On the build server it works", known)


def found(text: str, known: Known) -> bool:
    """Whether something stands against the text."""
    return bool(why_withheld({"text": text}, known))
