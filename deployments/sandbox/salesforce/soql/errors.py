"""The refusals of SOQL, with Salesforce's codes and texts."""


class SoqlError(Exception):
    """A query that Salesforce would refuse: `code` is its errorCode, `message` its text (HTTP status 400)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def malformed(message: str) -> SoqlError:
    """A MALFORMED_QUERY that Salesforce reports without a position."""
    return SoqlError("MALFORMED_QUERY", message)


def located(soql: str, at: int, code: str, message: str) -> SoqlError:
    """An error at character `at` of `soql`: the line, a caret, row and column (both from 1), then the text."""
    before = soql[:at]
    row = before.count("\n") + 1
    start = before.rfind("\n") + 1
    line = soql[start:].split("\n", 1)[0]
    column = at - start + 1
    return SoqlError(code, f"\n{line}\n{' ' * (column - 1)}^\nERROR at Row:{row}:Column:{column}\n{message}")
