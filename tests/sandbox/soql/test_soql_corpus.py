"""The parser against a corpus that others wrote: what it accepts, what it refuses, and what it understood."""

import json
from itertools import count, product
from pathlib import Path as File
from typing import Any

import pytest

from deployments.sandbox.salesforce.soql import ast
from deployments.sandbox.salesforce.soql.errors import SoqlError
from deployments.sandbox.salesforce.soql.parser import parse

CORPUS = File(__file__).parents[2] / "payloads" / "soql"
VERDICTS: list[dict[str, Any]] = json.loads((CORPUS / "jetstream_valid_invalid.json").read_text())
TREES: list[dict[str, Any]] = json.loads((CORPUS / "jetstream_parse_cases.json").read_text())

APEX_BIND = "Apex bind variable: refused by Salesforce's own grammar outside Apex"
COMMENT = "comment: refused by Salesforce's own grammar"
COUNT_ALIAS = "alias on COUNT(): refused by Salesforce's own grammar"
FOR_UPDATE = "FOR UPDATE: refused by Salesforce's own grammar outside Apex"
TWO_ARGUMENTS = "function of one field given two: refused by Salesforce's own grammar"

# Queries that the corpus calls valid and our parser refuses, by number. Salesforce's own grammar (the npm package
# @salesforce/soql-common 0.2.2) refuses every one of them too. Nothing that it accepts is refused.
REFUSED_VERDICTS = {
    15: TWO_ARGUMENTS, 55: FOR_UPDATE, 57: COUNT_ALIAS, 60: COUNT_ALIAS, 61: COUNT_ALIAS, 63: COUNT_ALIAS,
    105: APEX_BIND, 158: APEX_BIND, 167: COMMENT,
}  # fmt: skip
REFUSED_TREES = {
    27: TWO_ARGUMENTS, 30: TWO_ARGUMENTS, 40: FOR_UPDATE, 41: FOR_UPDATE,
    60: "TYPEOF in a semi-join: refused by Salesforce's own grammar",
    62: APEX_BIND, 112: APEX_BIND, 113: APEX_BIND, 114: APEX_BIND, 115: APEX_BIND, 116: APEX_BIND, 117: APEX_BIND,
    128: "negative currency literal: refused by Salesforce's own grammar",
    139: COMMENT, 140: COMMENT, 142: COMMENT,
}  # fmt: skip


def is_refused(soql: str) -> bool:
    try:
        parse(soql)
    except SoqlError as error:
        assert error.code == "MALFORMED_QUERY"  # noqa: PT017 what a refusal looks like is part of the answer
        return True
    return False


def test_everything_called_invalid_is_refused() -> None:
    """Five of them (21, 25, 115, 116, 145) pass Salesforce's grammar and fail later there; here they fail at once."""
    invalid = [case for case in VERDICTS if not case["isValid"]]
    assert len(invalid) == 50
    assert [case["testCase"] for case in invalid if not is_refused(case["soql"])] == []


def test_exactly_the_listed_valid_queries_are_refused() -> None:
    # Two cases of the corpus share the number 158, one of them with a bind variable.
    valid = [case for case in VERDICTS if case["isValid"]]
    assert len(valid) == 113
    assert {case["testCase"] for case in valid if is_refused(case["soql"])} == set(REFUSED_VERDICTS)


def test_exactly_the_listed_trees_are_refused() -> None:
    assert {case["testCase"] for case in TREES if is_refused(case["soql"])} == set(REFUSED_TREES)


@pytest.mark.parametrize(
    "case",
    [case for case in TREES if case["testCase"] not in REFUSED_TREES],
    ids=lambda case: str(case["testCase"]),
)
def test_what_is_parsed_is_understood(case: dict[str, Any]) -> None:
    assert _shown(parse(case["soql"])) == _expected(case["output"])


def _shown(query: ast.Query) -> dict[str, Any]:
    """Our tree in the words in which `_expected` puts the corpus's."""
    return {
        "fields": [_shown_item(item) for item in query.select],
        "from": query.source.text.lower(),
        "alias": (query.alias or "").lower(),
        "scope": (query.scope or "").lower(),
        "where": _meaning(_tokens(query.where)),
        "modes": list(query.modes),
        "categories": [[c.group, c.selector, list(c.categories)] for c in query.categories],
        "group": [_text(e) for e in query.group_by.by] if query.group_by else [],
        "rollup": query.group_by.kind if query.group_by else "",
        "having": _meaning(_tokens(query.having)),
        "order": [[_text(o.expression), o.descending, o.nulls_last] for o in query.order_by],
        "limit": query.limit,
        "offset": query.offset,
        "for": [*query.tracking, *([query.update] if query.update else [])],
    }


def _shown_item(item: ast.SelectItem) -> Any:
    match item:
        case ast.Selected():
            return [_text(item.expression), (item.alias or "").lower()]
        case ast.Child():
            return _shown(item.query)
        case ast.TypeOf():
            branches = [[s, [p.text for p in paths]] for s, paths in item.branches]
            return [item.relationship.text, branches, [p.text for p in item.otherwise]]


def _text(node: ast.Path | ast.Call | ast.Literal) -> str:
    if isinstance(node, ast.Call):
        return f"{node.name}({','.join(_text(a) for a in node.args)})".lower()
    return node.text.lower().strip("'")


def _tokens(node: ast.Condition | None) -> list[Any]:
    """The condition in infix form: comparisons as lists, words and parentheses as text."""
    match node:
        case None:
            return []
        case ast.And(terms) | ast.Or(terms):
            word = "AND" if isinstance(node, ast.And) else "OR"
            return ["(", *_tokens(terms[0]), *(t for term in terms[1:] for t in (word, *_tokens(term))), ")"]
        case ast.Not(term):
            return ["NOT", "(", *_tokens(term), ")"]
        case ast.Comparison():
            return [[_text(node.left), node.operator, _text(node.right)]]
        case ast.Membership():
            return [[_text(node.left), node.operator, [_text(v) for v in node.values]]]
        case ast.SemiJoin():
            return [[_text(node.left), "NOT IN" if node.negated else "IN", _shown(node.query)]]


def _meaning(tokens: list[Any]) -> list[Any]:
    """The comparisons in order, and what the whole is for every answer that they could give."""
    comparisons = [t for t in tokens if isinstance(t, list)]
    number = count()
    words = " ".join(f"v[{next(number)}]" if isinstance(t, list) else t.lower() for t in tokens)
    answers = product((False, True), repeat=len(comparisons))
    return [comparisons, [eval(words, {"v": v}) for v in answers]] if tokens else []  # noqa: S307 our own words


def _expected(tree: dict[str, Any]) -> dict[str, Any]:
    group = tree.get("groupBy", [])
    function = group[0].get("fn", {}).get("functionName", "") if group else ""
    rolled = function if function in {"ROLLUP", "CUBE"} else ""
    update = [tree["update"]] if "update" in tree else []
    source = tree.get("sObject") or ".".join([*tree.get("sObjectPrefix", []), tree.get("relationshipName", "")])
    return {
        "fields": [_expected_item(field) for field in tree["fields"]],
        "from": source.lower(),
        "alias": tree.get("sObjectAlias", "").lower(),
        "scope": tree.get("usingScope", "").lower(),
        "where": _meaning(_expected_tokens(tree.get("where"))),
        "modes": (["SECURITY_ENFORCED"] if tree.get("withSecurityEnforced") else [])
        + ([tree["withAccessLevel"]] if "withAccessLevel" in tree else []),
        "categories": [
            [c["groupName"], c["selector"], c["parameters"]]
            for c in tree.get("withDataCategory", {}).get("conditions", [])
        ],
        "group": _grouped_fields(group, rolled=bool(rolled)),
        "rollup": rolled,
        "having": _meaning(_expected_tokens(tree.get("having"))),
        "order": [
            [_expected_text(o), o.get("order") == "DESC", o.get("nulls") == "LAST"] for o in tree.get("orderBy", [])
        ],
        "limit": tree.get("limit"),
        "offset": tree.get("offset"),
        "for": ([tree["for"]] if "for" in tree else []) + update,
    }


def _grouped_fields(group: list[dict[str, Any]], *, rolled: bool) -> list[str]:
    if rolled:
        return [name.lower() for name in group[0]["fn"]["parameters"]]
    return [_expected_text(g) for g in group]


def _expected_item(field: dict[str, Any]) -> Any:
    match field["type"]:
        case "FieldSubquery":
            return _expected(field["subquery"])
        case "FieldTypeof":
            branches = [[c["objectType"], c["fieldList"]] for c in field["conditions"] if c["type"] == "WHEN"]
            rest = [name for c in field["conditions"] if c["type"] == "ELSE" for name in c["fieldList"]]
            return [field["field"], branches, rest]
    prefix = f"{field['objectPrefix']}." if "objectPrefix" in field else ""
    raw = field.get("rawValue") or prefix + field["field"]
    return [_squeezed(raw), field.get("alias", "").lower()]


def _expected_tokens(node: dict[str, Any] | None) -> list[Any]:
    if not node:
        return []
    left = node["left"] or {}
    flat: list[Any] = ["("] * left.get("openParen", 0)
    if "operator" in left:
        if "valueQuery" in left:
            value: Any = _expected(left["valueQuery"])
        elif isinstance(left["value"], list):
            value = [str(v).lower().strip("'") for v in left["value"]]
        else:
            value = str(left["value"]).lower().strip("'")
        flat.append([_expected_text(left), left["operator"], value])
    flat += [")"] * left.get("closeParen", 0)
    word = [node["operator"]] if "operator" in node else []
    return flat + word + _expected_tokens(node.get("right"))


def _expected_text(node: dict[str, Any]) -> str:
    return _squeezed(node["fn"]["rawValue"] if "fn" in node else node["field"])


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("'", "").lower()
