"""A missing or wrong setting is one sentence that names it, and never shows a value."""

import pytest

from tasks.settings import SettingsError, settings

GOOD = {
    "RITUALS_SALESFORCE_URL": "https://acme.my.salesforce.com",
    "RITUALS_SALESFORCE_CLIENT_ID": "3MVG9-consumer-key",
    "RITUALS_SALESFORCE_CLIENT_SECRET": "hush-salesforce",
    "RITUALS_SLACK_TOKEN": "xoxb-hush-slack",
    "RITUALS_SLACK_CHANNEL": "C030A767HQV",
}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Sets exactly these variables and reads the settings anew."""

    def read(**changes: str | None):
        for name in list(__import__("os").environ):
            if name.startswith("RITUALS_"):
                monkeypatch.delenv(name)
        monkeypatch.setenv("RITUALS_ENV_FILE", "")
        for name, value in {**GOOD, **changes}.items():
            if value is not None:
                monkeypatch.setenv(name, value)
        settings.cache_clear()
        return settings()

    yield read
    settings.cache_clear()


def test_the_defaults_are_those_of_the_decisions(given):
    read = given()

    assert read.pipeline.stale_after_days == 45
    assert read.pipeline.warn_after_days == 30
    assert read.pipeline.time_zone == "America/Los_Angeles"
    assert (read.pipeline.ceiling_count, read.pipeline.ceiling_share) == (50, 0.25)
    assert read.pipeline.collapse_window_days == 90
    assert read.pipeline.closed_lost_stage == "Closed Lost"


def test_a_rule_value_is_set_with_two_underscores(given):
    read = given(RITUALS_PIPELINE__STALE_AFTER_DAYS="60", RITUALS_PIPELINE__STALE_AFTER_BY_STAGE='{"Negotiation": 90}')

    assert read.pipeline.stale_after_days == 60
    assert read.pipeline.stale_after_by_stage == {"Negotiation": 90}


def test_secrets_do_not_show(given):
    assert "hush" not in repr(given())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"RITUALS_SLACK_TOKEN": None}, "RITUALS_SLACK_TOKEN is missing (Bot token of our own Slack app"),
        ({"RITUALS_SALESFORCE_CLIENT_SECRET": None}, "set RITUALS_SALESFORCE_CLIENT_SECRET, or"),
        (
            {"RITUALS_SALESFORCE_URL": "http://acme.my.salesforce.com"},
            "RITUALS_SALESFORCE_URL is wrong: must begin with",
        ),
        (
            {"RITUALS_SALESFORCE_URL": "https://user:hush@acme.example"},
            "RITUALS_SALESFORCE_URL is wrong: must be a plain",
        ),
        ({"RITUALS_SLACK_CHANNEL": "#sales"}, "RITUALS_SLACK_CHANNEL is wrong"),
        ({"RITUALS_SALESFORCE_OPEN_QUOTE_FIELD": "Quote__c FROM X"}, "RITUALS_SALESFORCE_OPEN_QUOTE_FIELD is wrong"),
        ({"RITUALS_PIPELINE__STALE_AFTER_DAYS": "soon"}, "RITUALS_PIPELINE__STALE_AFTER_DAYS is wrong"),
        ({"RITUALS_PIPELINE__WARN_AFTER_DAYS": "45"}, "warn_after_days (45) must be below stale_after_days (45)"),
        ({"RITUALS_PIPELINE__TIME_ZONE": "Mars/Base"}, "'Mars/Base' is not a known zone"),
        ({"RITUALS_PIPELINE__CURRENCY_RATES": '{"EUR": 0}'}, "currency_rates must be above 0"),
        ({"RITUALS_SLACK_CUSTOMER_CHANNELS": "C1"}, "RITUALS_SLACK_CUSTOMER_CHANNELS"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(given, changes, sentence):
    with pytest.raises(SettingsError) as caught:
        given(**changes)

    said = str(caught.value)
    assert sentence in said
    assert "\n" not in said
    assert "hush" not in said
    assert caught.value.__cause__ is None
