"""Default list views (handbook L153, L162, L170, L178); which one people have pinned no API tells. Pure."""

import pandas as pd

from tasks.rules.expected import DefaultListView, Expectation
from tasks.rules.judging import quoted, unchecked, verdict_of
from tasks.rules.labels import given_for, picked, plain
from tasks.rules.near_misses import near
from tasks.rules.org_facts import Kind, OrgFacts, Surface
from tasks.rules.verdicts import Discrepancy, Verdict

_PIN = "that it is the pinned one only eyes can see"


def default_view(expectation: Expectation, claim: DefaultListView, facts: OrgFacts) -> Verdict:
    """The verdict on a default list view: differs, or needs eyes; never as expected."""
    rows, sobject = facts.facts, expectation.object
    rows = rows[rows["surface"].eq(Surface.LIST_VIEW) & rows["object"].eq(sobject)]
    views = rows[rows["kind"].eq(Kind.VIEW)].sort_values(["position", "label", "field"], kind="stable")
    if why := facts.why_unread(Surface.LIST_VIEW, sobject):
        return unchecked(expectation, why, Surface.LIST_VIEW)
    if views.empty:
        return unchecked(expectation, f"no list view of {sobject} was read", Surface.LIST_VIEW)
    wanted = plain(given_for(claim.view, expectation) or claim.view)
    pairs = zip(views["field"], views["label"], strict=True)
    fits = picked(views, (wanted in {name.casefold(), plain(label)} for name, label in pairs))
    if fits.empty:
        absent = Discrepancy("view", f"no list view {quoted(claim.view)}", near(claim.view, views["label"]))
        return verdict_of(expectation, [absent], Surface.LIST_VIEW)
    judged = [_held(claim, fits.iloc[number], rows) for number in range(len(fits))]
    wrong, remarks = min(judged, key=lambda pair: len(pair[0]))
    filtered = "" if claim.filters is None else ", filter as said"
    surface = f"list view {fits.iloc[judged.index((wrong, remarks))]['label']}"
    return verdict_of(expectation, wrong, surface, remarks, f"exists, shared{filtered}; {_PIN}")


def _held(claim: DefaultListView, view: pd.Series, rows: pd.DataFrame) -> tuple[list[Discrepancy], list[str]]:
    wrong = []
    if not view["visible"]:
        wrong.append(Discrepancy("shared", f"{quoted(claim.view)} is not shared with all"))
    scope = plain(view["detail"])
    narrow = "" if scope in {"", "everything"} else f"{quoted(claim.view)} shows only what its scope “{scope}” holds"
    if claim.filters is None:
        return wrong, [narrow]
    if narrow:
        wrong.append(Discrepancy("scope", narrow))
    names = {plain(view["label"]), plain(view["field"])}
    own = rows[rows["kind"].eq(Kind.FILTER) & rows["section"].map(plain).isin(names)]
    has, said = {plain(text): text for text in sorted(own["label"])}, {plain(text): text for text in claim.filters}
    less = [said[one] for one in said if one not in has]
    wrong += [Discrepancy(f"filter|{text}", f"{quoted(claim.view)} is not filtered by {quoted(text)}")
              for text in less]  # fmt: skip
    more = [has[one] for one in has if one not in said]
    wrong += [Discrepancy(f"more|{plain(text)}", f"{quoted(claim.view)} is also filtered by {quoted(text)}")
              for text in more]  # fmt: skip
    return wrong, []
