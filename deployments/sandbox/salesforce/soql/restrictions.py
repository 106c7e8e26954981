"""Objects that Salesforce does not let anyone search freely."""

from deployments.sandbox.salesforce.soql.ast import And, Comparison, Condition, Literal, Membership, Path, Query
from deployments.sandbox.salesforce.soql.context import Context
from deployments.sandbox.salesforce.soql.errors import malformed

_LINKS = "contentdocumentlink"
_KEYS = {"contentdocumentid", "linkedentityid"}


def refuse_free_search(query: Query) -> None:
    """MALFORMED_QUERY for a query of document links that does not name whose. A sub-select does not count."""
    if query.source.text.lower() == _LINKS and not _names_records(query.where, (query.alias or "").lower()):
        raise malformed(
            "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or"
            " LinkedEntityId using the equals operator or multiple Id's using the IN operator."
        )


def refuse_as_inner(context: Context, query: Query) -> None:
    """MALFORMED_QUERY for document links in the sub-select of a semi-join."""
    if query.source.text.lower() == _LINKS:
        message = "Entity 'ContentDocumentLink' is not supported for semi join inner selects"
        raise context.error(query.source.at, message)


def _names_records(where: Condition | None, alias: str) -> bool:
    match where:
        case And(terms):
            return any(_names_records(term, alias) for term in terms)
        case Comparison(Path(parts), "=", Literal(kind="string")):
            return _is_key(parts, alias)
        case Membership(Path(parts), "IN"):
            return _is_key(parts, alias)
    return False


def _is_key(parts: tuple[str, ...], alias: str) -> bool:
    own = parts[1:] if len(parts) > 1 and parts[0].lower() in {_LINKS, alias} else parts
    return len(own) == 1 and own[0].lower() in _KEYS
