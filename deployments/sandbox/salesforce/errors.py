"""The refusals of Salesforce, with its codes and texts."""

from collections.abc import Sequence


class SalesforceError(Exception):
    """A refused request or record: HTTP status, code, text and the fields to blame (None: no such key)."""

    def __init__(self, status: int, code: str, message: str, fields: Sequence[str] | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.fields = None if fields is None else list(fields)

    def as_rest(self) -> list[dict[str, object]]:
        """The body of a refused REST call: an array."""
        error: dict[str, object] = {"message": self.message, "errorCode": self.code}
        if self.fields is not None:
            error["fields"] = self.fields
        return [error]

    def as_save_error(self) -> dict[str, object]:
        """One entry of `errors` in the result of a collection."""
        return {"statusCode": self.code, "message": self.message, "fields": self.fields or []}


def not_found() -> SalesforceError:
    """An unknown resource, object or record."""
    return SalesforceError(404, "NOT_FOUND", "The requested resource does not exist")


def method_not_allowed(method: str, allowed: Sequence[str]) -> SalesforceError:
    """A known resource, asked in a way it does not offer."""
    text = f"HTTP Method '{method}' not allowed. Allowed are {','.join(sorted(allowed))}"
    return SalesforceError(405, "METHOD_NOT_ALLOWED", text)


def parser_error(message: str) -> SalesforceError:
    """A body that is not the JSON that was expected."""
    return SalesforceError(400, "JSON_PARSER_ERROR", message)


def deleted() -> SalesforceError:
    """A record in the recycle bin."""
    return SalesforceError(404, "ENTITY_IS_DELETED", "entity is deleted", [])


def unknown_column(field: str, sobject: str) -> SalesforceError:
    """A field that the object does not have."""
    return SalesforceError(400, "INVALID_FIELD", f"No such column '{field}' on sobject of type {sobject}")


def wrong_id(label: str, value: object, field: str) -> SalesforceError:
    """An id of another object, or no id at all."""
    return SalesforceError(400, "MALFORMED_ID", f"{label}: id value of incorrect type: {value}", [field])
