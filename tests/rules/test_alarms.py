"""What is told of a run that failed: remedies, and nothing of records, people or secrets."""

import pytest

from tasks.rules.alarms import Trouble, is_dry, trouble_of

PREFECT = "Flow run encountered an exception: "
LOGIN = "Salesforce refused the login (invalid_client: bad). Check RITUALS_SALESFORCE_CLIENT_ID."
BUSY = (
    "Salesforce: 91,000 of the org's 100,000 API calls of the day are used. Run again when the org has calls to spare."
)


@pytest.mark.parametrize(
    ("message", "kind", "sentence"),
    [
        pytest.param(f"{PREFECT}Refused: {LOGIN}", "Refused", LOGIN, id="a door's, raised"),
        pytest.param(LOGIN, "", LOGIN, id="a door's, as the flow's own word"),
        pytest.param(f"{PREFECT}LimitReached: {BUSY}", "LimitReached", BUSY, id="a sentence that has a colon itself"),
        pytest.param(
            f"{PREFECT}SettingsError: Settings: RITUALS_SLACK_TOKEN is missing (…).",
            "SettingsError",
            "Settings: RITUALS_SLACK_TOKEN is missing (…).",
            id="a setting's",
        ),
        pytest.param(
            f"{PREFECT}LedgerMissing: The ledger (SQLite file ledger.db) has no tables yet: run `…`.",
            "LedgerMissing",
            "The ledger (SQLite file ledger.db) has no tables yet: run `…`.",
            id="the ledger's",
        ),
        pytest.param(
            f"{PREFECT}KeyError: 'Acme Corp owes $381,000'", "KeyError", "", id="not ours: what it says is left out"
        ),
        pytest.param(
            f"{PREFECT}ValueError: No open deal belongs to 'Rosa Díaz'. Owners: …", "ValueError", "", id="names people"
        ),
        pytest.param(
            f"{PREFECT}Refused: Acme Corp has no codename: run assign-codename.", "Refused", "", id="names a customer"
        ),
        pytest.param(
            "Slack channel #cro has guests in it (Ann at Acme, Bo): a review of people does not go there.",
            "",
            "Slack channel #cro has guests in it: a review of people does not go there.",
            id="guests are other companies' people",
        ),
        pytest.param(
            f"{PREFECT}Refused: Slack refused (a)\n  for C1. ", "Refused", "Slack refused (a) for C1.", id="lines"
        ),
        pytest.param("", "", "", id="nothing said"),
    ],
)
def test_a_sentence_of_ours_is_told_and_no_other(message: str, kind: str, sentence: str) -> None:
    assert trouble_of(message) == Trouble(kind, sentence)


def test_the_same_trouble_with_other_numbers_is_the_same_cause() -> None:
    later = BUSY.replace("91,000", "99,500")

    assert trouble_of(f"{PREFECT}LimitReached: {BUSY}").cause == trouble_of(f"{PREFECT}LimitReached: {later}").cause


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(f"{PREFECT}Refused: Slack refused (not_in_channel) for C1.", id="another sentence"),
        pytest.param(f"{PREFECT}KeyError: 'x'", id="another exception"),
        pytest.param("", id="none"),
    ],
)
def test_another_trouble_is_another_cause(other: str) -> None:
    assert trouble_of(f"{PREFECT}Refused: {LOGIN}").cause != trouble_of(other).cause


def test_two_exceptions_whose_words_are_left_out_are_two_causes() -> None:
    assert trouble_of(f"{PREFECT}KeyError: 'x'").cause != trouble_of(f"{PREFECT}TypeError: x").cause


def test_a_cause_can_be_a_part_of_a_key() -> None:
    assert trouble_of(LOGIN).cause.isalnum()


@pytest.mark.parametrize(
    ("parameters", "dry"),
    [
        pytest.param({"form": {"dry_run": False}}, False, id="posts"),
        pytest.param({"form": {"dry_run": True}}, True, id="dry"),
        pytest.param({"form": {}}, True, id="a form that does not say: dry, as the forms have it"),
        pytest.param({}, True, id="no form"),
    ],
)
def test_a_dry_run_is_known_by_its_form(parameters: dict[str, object], dry: bool) -> None:
    assert is_dry(parameters) is dry
