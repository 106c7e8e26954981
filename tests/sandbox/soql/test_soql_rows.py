"""Which rows a WHERE gives, over the deals of org.py.

Alpha 2026  Discovery    100    closes 2026-11-23  pushes 0  created Sun 22 Nov 23:59:59 in the office
Beta_100%   Closed Won   250.5  closes 2026-11-24  pushes 3  created Mon 23 Nov 00:00:00 in the office
gamma       discovery    -      -                  -         created Wed 30 Sep, no account
Délta       -            -7     closes 2025-12-31  pushes 1  created Wed 31 Dec 2025
"""

# ruff: noqa: S608 - SOQL, put together from the table of this test

import pytest

from .conftest import Ask
from .org import ANN, BOB

WHERE = {
    "Name = 'ALPHA 2026'": "Alpha",
    "Name != 'alpha 2026'": "Beta Délta gamma",
    "Name = 'DÉLTA'": "Délta",
    "StageName = 'Discovery'": "Alpha gamma",
    "StageName != 'Discovery'": "Beta Délta",
    "StageName = null": "Délta",
    "StageName = ''": "Délta",
    "StageName != null": "Alpha Beta gamma",
    "NOT StageName = 'Discovery'": "Beta Délta",
    "NOT (NOT StageName = 'Discovery')": "Alpha gamma",
    "NOT Amount > 0": "Délta gamma",
    "NOT (Amount > 0 AND PushCount > 0)": "Alpha Délta gamma",
    "StageName IN ('DISCOVERY', null)": "Alpha Délta gamma",
    "StageName NOT IN ('discovery')": "Beta Délta",
    "StageName NOT IN ('discovery', null)": "Beta",
    "NOT StageName NOT IN ('discovery', null)": "Alpha Délta gamma",
    "Name IN ('DÉLTA', 'GAMMA')": "Délta gamma",
    "Name LIKE 'a%'": "Alpha",
    "Name LIKE '%LTA%'": "Délta",
    "Name LIKE 'dÉ%'": "Délta",
    "Name LIKE 'g_mma'": "gamma",
    r"Name LIKE '%\_%'": "Beta",
    r"Name LIKE '%100\%'": "Beta",
    "(NOT StageName LIKE 'Dis%')": "Beta Délta",
    "Amount > 100": "Beta",
    "Amount >= 100": "Alpha Beta",
    "Amount < 0": "Délta",
    "Amount = 250.50": "Beta",
    "Amount != 100": "Beta Délta gamma",
    "PushCount IN (0, 3)": "Alpha Beta",
    "PushCount < 99999999999999999999": "Alpha Beta Délta",
    "IsClosed = true": "Beta",
    "IsClosed = false": "Alpha Délta gamma",
    "IsClosed != true": "Alpha Délta gamma",
    "CloseDate = 2026-11-24": "Beta",
    "CloseDate < 2026-11-24": "Alpha Délta",
    "CloseDate = TODAY": "Alpha",
    "CloseDate > TODAY": "Beta",
    "CloseDate <= TODAY": "Alpha Délta",
    "CloseDate != TODAY": "Beta Délta gamma",
    "CloseDate IN (TOMORROW, 2025-12-31)": "Beta Délta",
    "CloseDate NOT IN (TOMORROW)": "Alpha Délta gamma",
    "CloseDate = LAST_YEAR": "Délta",
    "CALENDAR_YEAR(CloseDate) = 2026": "Alpha Beta",
    "CreatedDate = TODAY": "Beta",
    "CreatedDate = YESTERDAY": "Alpha",
    "CreatedDate < TODAY": "Alpha Délta gamma",
    "CreatedDate = THIS_QUARTER": "Alpha Beta",
    "CreatedDate >= 2026-11-23T08:00:00Z": "Beta",
    "CreatedDate = 2026-11-23T00:00:00-08:00": "Beta",
    "DAY_ONLY(CreatedDate) = 2026-11-23": "Alpha Beta",
    "DAY_ONLY(convertTimezone(CreatedDate)) = 2026-11-23": "Beta",
    "HOUR_IN_DAY(convertTimezone(LastStageChangeDate)) = 1": "gamma",
    "Id = '006000000000AbC'": "Alpha",
    "Id = '006000000000AbCAAU'": "Alpha",
    "Id IN ('006000000000AbC', '006000000000002')": "Alpha Beta",
    "Id > '006000000000002AAA'": "Alpha Délta gamma",
    f"OwnerId = '{BOB[:15]}'": "Beta Délta",
    "Account.Name = 'acme'": "Alpha Beta",
    "Account.Name != 'Acme'": "Délta gamma",
    "Account.Name = null": "gamma",
    "Account.Owner.Manager.Name = 'Ann Ames'": "Délta",
    "Opportunity.Amount = 100": "Alpha",
    "AccountId IN (SELECT Id FROM Account WHERE Industry = 'media')": "Alpha Beta",
    "AccountId NOT IN (SELECT Id FROM Account WHERE Industry = 'media')": "Délta gamma",
    "AccountId NOT IN (SELECT ParentId FROM Account)": "Délta gamma",
    "Amount > 0 AND AccountId IN (SELECT AccountId FROM Contact) AND Id IN (SELECT Id FROM Account)": "",
}


@pytest.mark.parametrize("where", WHERE)
def test_where(ask: Ask, where: str) -> None:
    found = ask(f"SELECT Name FROM Opportunity WHERE {where} ORDER BY Name")
    assert " ".join(r["Name"].replace("_", " ").split()[0] for r in found) == WHERE[where]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("Tags__c INCLUDES ('aaa')", ["Acme"]),
        ("Tags__c INCLUDES ('BBB;AAA', 'CCC')", ["Acme", "Globex"]),
        ("Tags__c INCLUDES ('AAA;CCC')", []),
        ("Tags__c INCLUDES ('AA')", []),
        ("Tags__c EXCLUDES ('AAA')", ["Acme Söhne", "Globex"]),
        ("Tags__c = 'AAA;BBB'", ["Acme"]),
        ("ParentId != null", ["Acme Söhne"]),
        ("Parent.Name = 'ACME'", ["Acme Söhne"]),
    ],
)
def test_accounts(ask: Ask, where: str, names: list[str]) -> None:
    assert [r["Name"] for r in ask(f"SELECT Name FROM Account WHERE {where} ORDER BY Name")] == names


@pytest.mark.parametrize(
    ("where", "subjects"),
    [
        ("What.Type = 'Account'", ["Visit"]),
        ("What.Name = 'alpha 2026'", ["Call", "Mail", "Plan"]),
        ("Who.Name LIKE 'Eve O\\'%'", ["Call", "Visit"]),
        ("Owner.Name = 'Bob Boss'", ["Mail", "Visit"]),
        ("WhatId IN (SELECT Id FROM Opportunity WHERE IsClosed = false)", ["Call", "Mail", "Plan"]),
        ("ActivityDate = LAST_N_DAYS:45", ["Call", "Mail", "Visit"]),
        ("ActivityDate = LAST_N_DAYS:44", ["Mail", "Visit"]),
    ],
)
def test_tasks(ask: Ask, where: str, subjects: list[str]) -> None:
    assert [r["Subject"] for r in ask(f"SELECT Subject FROM Task WHERE {where} ORDER BY Subject")] == subjects


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("Amount", "gamma Délta Alpha Beta"),
        ("Amount ASC NULLS LAST", "Délta Alpha Beta gamma"),
        ("Amount DESC", "gamma Beta Alpha Délta"),
        ("Amount DESC NULLS LAST", "Beta Alpha Délta gamma"),
        ("StageName, Name DESC", "Délta Beta gamma Alpha"),
        ("Account.Name NULLS LAST, Amount DESC LIMIT 3", "Beta Alpha Délta"),
        ("Name LIMIT 2 OFFSET 1", "Beta Délta"),
        ("Name OFFSET 2", "Délta gamma"),
        ("Name LIMIT 0", ""),
    ],
)
def test_order_and_paging(ask: Ask, order: str, names: str) -> None:
    found = ask(f"SELECT Name FROM Opportunity ORDER BY {order}")
    assert " ".join(r["Name"].replace("_", " ").split()[0] for r in found) == names


def test_deleted_and_archived_rows_are_hidden_unless_asked_for(ask: Ask) -> None:
    assert len(ask("SELECT Id FROM Opportunity")) == 4
    assert len(ask("SELECT Id FROM Opportunity", all_rows=True)) == 5
    assert len(ask("SELECT Id FROM Task")) == 4
    assert len(ask("SELECT Id FROM Task", all_rows=True)) == 5
    semi = "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE Name = 'Deleted')"
    assert (len(ask(semi)), len(ask(semi, all_rows=True))) == (0, 1)


@pytest.mark.parametrize(("user", "count"), [(ANN, 2), (BOB, 2)])
def test_scope_mine(ask: Ask, user: str, count: int) -> None:
    assert len(ask("SELECT Id FROM Opportunity USING SCOPE mine", user_id=user)) == count
    assert len(ask("SELECT Id FROM Opportunity USING SCOPE everything FOR VIEW", user_id=user)) == 4
