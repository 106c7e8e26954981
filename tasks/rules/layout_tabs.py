"""Default tabs of the profile (handbook L149, L151). Pure."""

import pandas as pd

from tasks.rules.expected import Expectation, TabShown, TabsOnly
from tasks.rules.judging import quoted, unchecked, verdict_of
from tasks.rules.labels import given_for, picked, plain
from tasks.rules.near_misses import near
from tasks.rules.org_facts import Kind, OrgFacts, Surface
from tasks.rules.verdicts import Discrepancy, Verdict
from tasks.rules.wording import listed


def tabs_only(expectation: Expectation, claim: TabsOnly, facts: OrgFacts) -> Verdict:
    """The verdict on the tabs that are on by default: exactly these."""
    tabs = _tabs(facts, Surface.TABS)
    if tabs.empty:
        return _unread(expectation, facts)
    wrong = [lack for tab in claim.tabs if (lack := _lack(tab, tabs, expectation, claim.tabs))]
    asked = pd.concat([_called(tabs, tab, expectation) for tab in claim.tabs])
    extra = tabs[tabs["visible"] & ~tabs.index.isin(asked.index)]
    wrong += [
        Discrepancy(f"extra|{label}", f"{quoted(label)} is on by default, and should not be")
        for label in sorted(dict.fromkeys(extra["label"].where(extra["label"].ne(""), extra["field"])))
    ]
    return verdict_of(expectation, wrong, _surface(facts), [_app_shows(facts, expectation, claim)])


def tab_shown(expectation: Expectation, claim: TabShown, facts: OrgFacts) -> Verdict:
    """The verdict on one tab: it is on by default."""
    tabs = _tabs(facts, Surface.TABS)
    if tabs.empty:
        return _unread(expectation, facts)
    lack = _lack(claim.tab, tabs, expectation, (claim.tab,))
    return verdict_of(expectation, [lack] if lack else [], _surface(facts))


def _tabs(facts: OrgFacts, surface: Surface) -> pd.DataFrame:
    rows = facts.facts
    return rows[rows["surface"].eq(surface) & rows["kind"].eq(Kind.TAB)]


def _called(tabs: pd.DataFrame, tab: str, expectation: Expectation) -> pd.DataFrame:
    wanted = plain(given_for(tab, expectation) or tab)
    pairs = zip(tabs["field"], tabs["label"], strict=True)
    return picked(tabs, (wanted in {name.casefold(), plain(label)} for name, label in pairs))


def _lack(tab: str, tabs: pd.DataFrame, expectation: Expectation, asked: tuple[str, ...]) -> Discrepancy | None:
    there = _called(tabs, tab, expectation)
    if there["visible"].any():
        return None
    if len(there):
        return Discrepancy(f"missing|{tab}", f"{quoted(tab)} is there, but not on by default")
    return Discrepancy(f"missing|{tab}", f"{quoted(tab)} is missing", near(tab, tabs["label"], but=asked))


def _app_shows(facts: OrgFacts, expectation: Expectation, claim: TabsOnly) -> str:
    """What else the app's navigation shows: users meet it there, whatever the profile's default is."""
    items = _tabs(facts, Surface.NAVIGATION)
    items = items[items["in_use"] & items["visible"]]
    asked = pd.concat([_called(items, tab, expectation) for tab in claim.tabs])
    more = sorted(set(items.loc[~items.index.isin(asked.index), "label"]))
    return f"the navigation of the app also has {listed(more)}" if more else ""


def _surface(facts: OrgFacts) -> str:
    return f"tabs of {facts.profile}"


def _unread(expectation: Expectation, facts: OrgFacts) -> Verdict:
    why = facts.why_unread(Surface.TABS, expectation.object)
    return unchecked(expectation, why or f"no tab setting of {facts.profile} was read", _surface(facts))
