"""What stands on a side of a page: related lists, the activity feed, other components (handbook L158, L166, L174)."""

import pytest

from tasks.rules.expected import Components, Side
from tasks.rules.layouts import judged
from tasks.rules.org_facts import Kind, Surface, Unread
from tasks.rules.verdicts import Status

from .validation_builders import LAYOUT, POLICY, Row, expect, org, part, told_of

PASSES = ("as expected",)
FEED, LIST = ("Activity feed", "runtime_sales_activities:activityPanel"), ("Opportunities", "Opportunities")
RIGHT = Components(("Activity feed", "Opportunities"), Side.RIGHT)


@pytest.mark.parametrize(
    ("why", "rows", "said"),
    [
        ("by component name and by label", [part("", FEED[1]), part(*LIST, kind=Kind.RELATED_LIST)], PASSES),
        ("shown to some", [part(*FEED, conditional=True), part(*LIST)], PASSES),
        ("one is gone", [part(*FEED)], ("“Opportunities” is missing",)),
        ("it stands elsewhere", [part(*FEED), part(*LIST, region="main")],
         ("“Opportunities” is in the main part of the page, not on the right",)),
        ("it stands there too", [part(*FEED), part(*LIST, region="main"), part(*LIST)], PASSES),
        ("where nobody looks", [part(*FEED), part(*LIST, surface=LAYOUT, region="bottom", in_use=False)],
         ("“Opportunities” is on the page layout, not on the Lightning page",)),
        ("almost", [part(*FEED), part("Oportunities")],
         ("“Opportunities” is missing (found “Oportunities”: renamed?)",)),
        ("no Lightning page", [part(*FEED, surface=LAYOUT), part(*LIST, surface=LAYOUT)],
         ("could not check", "Account has no Lightning page of its own: what stands on its right no API tells")),
        ("nothing was read", [], ("could not check", "no page of Account was read")),
    ],
)  # fmt: skip
def test_components_on_the_right(why: str, rows: list[Row], said: tuple[str, ...]) -> None:
    assert told_of(RIGHT, org(rows)) == said


def test_a_component_that_some_users_do_not_see_is_as_expected_with_a_remark() -> None:
    verdict = judged(expect(RIGHT), org(part(*FEED, conditional=True), part(*LIST)), POLICY)

    assert (verdict.status, verdict.remarks) == (Status.AS_EXPECTED, ("“Activity feed” is shown to some only",))


def test_components_that_are_missing_where_a_part_is_unread_could_not_be_checked() -> None:
    facts = org(part(*FEED), unread=[Unread(Surface.LAYOUT, "Account", "needs View Setup")])

    assert told_of(RIGHT, facts) == ("could not check", "needs View Setup")


def test_a_related_list_at_the_bottom_of_a_page_layout() -> None:
    facts = org(part("Related Contacts", surface=LAYOUT, region="bottom", kind=Kind.RELATED_LIST))

    assert told_of(Components(("Related contacts",), Side.BOTTOM), facts) == PASSES
