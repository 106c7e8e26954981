"""What parses and what does not, beyond the corpus.

The verdicts are those of Salesforce's own grammar (npm @salesforce/soql-common 0.2.2), asked for each of these
queries; the few in which we are stricter stand apart with the reason.
"""

import pytest

from deployments.sandbox.salesforce.soql.ast import And, Comparison, Literal, Not, Or, Path
from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.soql.parser import parse

ACCEPTED = """
SELECT Id FROM Account WHERE Name LIKE null
SELECT Id FROM Account WHERE Name = 'a\\u0041b'
SELECT Id FROM Account WHERE Name > null
SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS: 3
SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:0
SELECT Id FROM Account WHERE CreatedDate = N_DAYS_AGO:3
SELECT Id FROM Account WHERE CreatedDate = N_FISCAL_YEARS_AGO:3
SELECT Id FROM Account WHERE X = .5
SELECT Id FROM Account WHERE X = +5
SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) OR Name = 'x'
SELECT Id FROM Account ORDER BY cnt
SELECT Id FROM Account LIMIT 5 OFFSET 3 FOR VIEW
SELECT Id FROM Account AS a
SELECT Id b FROM Account
SELECT MAX(X) order FROM Account
SELECT MAX(X) offset FROM Account
SELECT MAX(X) count FROM Account
SELECT MAX(X) end FROM Account
SELECT Id FROM Order ORDER BY Id
SELECT Id FROM Account ORDER
SELECT Id FROM Group
SELECT Id FROM Account WHERE Name <> 'x'
SELECT Id FROM Account WHERE X = 2020-01-04T01:02:03.1+0100
SELECT COUNT() FROM Account LIMIT 5
SELECT COUNT FROM Account
SELECT COUNT(Id) FROM Account WHERE COUNT(Id) > 1
SELECT SUM(convertCurrency(Amount)) FROM Opportunity
SELECT toLabel(Status) x FROM Lead
SELECT Id FROM Account WHERE Name NOT IN ('x')
SELECT Id FROM Account WHERE NOT Name IN ('x')
SELECT Id FROM Account WHERE NOT(Name = 'x')
SELECT Id FROM Account GROUP BY Id HAVING Name = 'x' OR COUNT(Id) > 1
SELECT Id FROM Account c USING SCOPE mine
SELECT TYPEOF What WHEN Account THEN Phone ELSE Name END, Id FROM Event
SELECT Id FROM Account WITH SECURITY_ENFORCED WITH USER_MODE
SELECT Id FROM Account WHERE Name INCLUDES ('a', null)
SELECT Id FROM Account WHERE CALENDAR_YEAR(convertTimezone(CreatedDate)) IN (2020, 2021)
SELECT Fields FROM Account
"""

REFUSED = """
SELECT Id FROM Account WHERE Name = 'a' AND NOT Name = 'b'
SELECT Id FROM Account WHERE NOT Name = 'b' AND Name = 'a'
SELECT Id FROM Account WHERE NOT NOT Name = 'b'
SELECT Id FROM Account WHERE Name = 'a' OR (Name = 'b') AND Name = 'c'
SELECT Id FROM Account WHERE Name IN ()
SELECT Id FROM Account WHERE Name IN ('a' 'b')
SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:-1
SELECT Id FROM Account WHERE CreatedDate = LAST_N_HOURS:1
SELECT Id FROM Account WHERE CreatedDate = THIS_DAY
SELECT Id FROM Account WHERE X = 5.
SELECT Id FROM Account WHERE X = 1.5e3
SELECT Account . Name FROM Contact
SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact ORDER BY Id LIMIT 1)
SELECT Id FROM Account WHERE Id = (SELECT AccountId FROM Contact)
SELECT Id FROM Account OFFSET 3 LIMIT 5
SELECT Id AS b FROM Account
SELECT Id last FROM Account
SELECT MAX(X) limit FROM Account
SELECT Id FROM Account For
SELECT Id, Order, Group, Limit FROM Account
SELECT Id FROM Account WHERE Limit = 5
SELECT Id FROM Account WHERE Name = "x"
SELECT Id FROM Account WHERE Name == 'x'
SELECT Id, FROM Account
SELECT * FROM Account
SELECT Id FROM Account WHERE X = 2020-1-4
SELECT Id FROM Account WHERE X = 2020-01-04T01:02:03
SELECT Id FROM Account WHERE X = 2020-01-04T01:02Z
SELECT COUNT(), Id FROM Account
SELECT SUM() FROM Account
SELECT CALENDAR_YEAR('x') FROM Lead
SELECT Id FROM Account WHERE (Name = 'x'
SELECT Id FROM Account WHERE Name NOT LIKE 'x'
SELECT Id FROM Account USING SCOPE mine c
SELECT TYPEOF What ELSE Name END FROM Event
SELECT Id FROM Account ALL ROWS
SELECT Id FROM Account ORDER BY Name DESC NULLS
SELECT Id FROM Account ORDER BY Name NULLS LAST DESC
SELECT Id FROM Account LIMIT 5.5
SELECT Id FROM Account LIMIT :x
SELECT Name, COUNT(Id) FROM Account GROUP BY ROLLUP(Name), Type
SELECT Id FROM Account WHERE TODAY = CreatedDate
SELECT Id FROM Account WHERE A = B
"""

STRICTER = {
    "SELECT Id FROM Contact c, c.Account a WHERE a.Name = 'x'": "the old alias notation for parents is not supported",
    "SELECT Id FROM Account;": "Salesforce's lexer skips what it does not know; its server does not",
    "SELECT UPPER(Name) FROM Account": "its grammar takes any function name",
    "SELECT Fields(foo) FROM Account": "its grammar takes any function name",
    "SELECT (SELECT Id FROM Contacts) x FROM Account": "a subquery is named by its relationship",
    "SELECT Id FROM Account LIMIT 99999999999": "more than any table holds",
}


@pytest.mark.parametrize("soql", ACCEPTED.strip().splitlines())
def test_accepted(soql: str) -> None:
    assert parse(soql).select


@pytest.mark.parametrize("soql", [*REFUSED.strip().splitlines(), *STRICTER])
def test_refused(soql: str) -> None:
    with pytest.raises(SoqlError) as caught:
        parse(soql)
    assert caught.value.code == "MALFORMED_QUERY"


def test_the_tree() -> None:
    where = parse("SELECT Id FROM A WHERE (x = 1 OR y != 'b') AND (NOT z <= NULL)").where
    assert where == And((
        Or((
            Comparison(Path(("x",)), "=", Literal("number", "1")),
            Comparison(Path(("y",)), "!=", Literal("string", "b")),
        )),
        Not(Comparison(Path(("z",)), "<=", Literal("null", "NULL"))),
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("soql", "message"),
    [
        (
            "SELECT Id FROMAccount",
            "\nSELECT Id FROMAccount\n                     ^\nERROR at Row:1:Column:22\nunexpected token: '<EOF>'",
        ),
        ("SELECT Id\nFROM A\nWHERE x ! 1", "\nWHERE x ! 1\n        ^\nERROR at Row:3:Column:9\nunexpected token: '!'"),
    ],
)
def test_the_place_is_shown(soql: str, message: str) -> None:
    with pytest.raises(SoqlError) as caught:
        parse(soql)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text", ["(" * 5000, "SELECT Id FROM A WHERE " + "(" * 5000 + "x = 1", "'" * 99, "x" * 100_001]
)
def test_nonsense_is_refused_and_never_crashes(text: str) -> None:
    with pytest.raises(SoqlError):
        parse(text)
