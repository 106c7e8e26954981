"""An expectation of structure held against the org's facts (handbook L149 to L179). Pure."""

from tasks.rules.expected import ByEye, Components, DefaultListView, Expectation, Section, TabShown, TabsOnly
from tasks.rules.layout_components import components
from tasks.rules.layout_sections import section
from tasks.rules.layout_tabs import tab_shown, tabs_only
from tasks.rules.layout_views import default_view
from tasks.rules.org_facts import OrgFacts
from tasks.rules.validation_policy import ValidationPolicy
from tasks.rules.verdicts import Status, Verdict


def judged(expectation: Expectation, facts: OrgFacts, policy: ValidationPolicy) -> Verdict:
    """The verdict on a claim of structure, or of what only eyes can see; never WAIVED (see `validation.waived`).

    `found` says what is there instead, `surface` which surface was judged, by name. Raises TypeError for a claim about
    records (see `record_checks`).
    """
    match expectation.claim:
        case ByEye(what):
            verdict = Verdict(expectation, Status.NEEDS_EYES, what)
        case TabsOnly() as claim:
            verdict = tabs_only(expectation, claim, facts)
        case TabShown() as claim:
            verdict = tab_shown(expectation, claim, facts)
        case DefaultListView() as claim:
            verdict = default_view(expectation, claim, facts)
        case Components() as claim:
            verdict = components(expectation, claim, facts, policy)
        case Section() as claim:
            verdict = section(expectation, claim, facts, policy)
        case _:
            raise TypeError(f"{expectation.source} is a claim about records")
    return verdict
