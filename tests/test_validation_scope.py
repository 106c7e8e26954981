"""What a check was asked for, and by what name it is remembered: only checks of one scope are compared."""

from dataclasses import replace

import pytest

from tasks.rules.validation_policy import ValidationPolicy
from tasks.validation import WHOLE, asked_for
from tests.company import settings_from
from tests.test_readme import REQUIRED

EVERYTHING = ["Tabs", "Account", "Opportunity", "Contact", "Lead"]


@pytest.mark.parametrize(
    ("objects", "profile", "records", "scope"),
    [
        (EVERYTHING, "", True, WHOLE),
        (EVERYTHING[::-1], " standard user ", True, WHOLE),
        (EVERYTHING, "", False, "no records"),
        (["Lead", "Account"], "", True, "Account, Lead"),
        (["Account", "Lead"], "", True, "Account, Lead"),
        (EVERYTHING, "Sales User", True, "as sales user"),
        (["Tabs"], "Sales User", False, "Tabs, as sales user, no records"),
    ],
)
def test_the_scope_names_what_differs_from_a_check_of_everything(
    objects: list[str], profile: str, records: bool, scope: str
) -> None:
    assert asked_for(objects, profile, settings_from(REQUIRED), records=records).scope == scope


def test_what_was_asked_for_is_what_is_read() -> None:
    asked = asked_for(["Lead", "Account"], "Sales User", settings_from(REQUIRED), records=True)

    assert (asked.objects, asked.with_tabs, asked.records) == (("Account", "Lead"), False, True)
    assert asked.policy == replace(ValidationPolicy(), profile="Sales User")
