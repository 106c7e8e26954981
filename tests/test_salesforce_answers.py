"""What each answer of Salesforce to one write means, and what a person is told of it."""

from typing import Any

import pytest

from tasks.salesforce_answers import DETAIL_LENGTH, Said, answer_of

READ_ONLY = (
    "Unable to create/update fields: StageName. Please check the security settings of this field and verify that it "
    "is read/write for your profile or permission set."
)
FIELD_REMEDY = "Give the integration user edit access to the field in its permission set."
RECORD_REMEDY = "Give the integration user Edit on Opportunity, and access to this record (sharing, or Modify All)."
TRIGGER = "DealTrigger: execution of BeforeUpdate caused by: System.DmlException"
LOCK = "unable to obtain exclusive access to this record or 1 records: 0061x"


def part(status: int, *errors: dict[str, Any]) -> dict[str, Any]:
    """One part of a composite's answer, in the shape that was recorded: a list of errors, or nothing."""
    return {"body": list(errors) or None, "httpHeaders": {}, "httpStatusCode": status, "referenceId": "r"}


def error(code: str, message: str = "", *fields: str) -> dict[str, Any]:
    return {"message": message, "errorCode": code, "fields": list(fields)}


@pytest.mark.parametrize(
    ("answered", "said", "detail"),
    [
        (part(204), Said.WRITTEN, ""),
        (part(412, error("PRECONDITION_FAILED", "modified since")), Said.CHANGED, ""),
        (part(412), Said.CHANGED, ""),
        # a lock is known by its code: orgs disagree about the status
        (part(400, error("UNABLE_TO_LOCK_ROW", LOCK)), Said.LOCKED, LOCK),
        (part(500, error("UNABLE_TO_LOCK_ROW", LOCK)), Said.LOCKED, LOCK),
        (part(400, error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", f"{TRIGGER}: UNABLE_TO_LOCK_ROW, {LOCK}")),
         Said.LOCKED, f"{TRIGGER}: UNABLE_TO_LOCK_ROW, {LOCK}"),
        # rules of the org, in its own words
        (part(400, error("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Say why it was lost", "Loss_Reason__c")),
         Said.REFUSED, "Say why it was lost (Loss_Reason__c)"),
        (part(400, error("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Say why."), error("REQUIRED_FIELD_MISSING", "And when")),
         Said.REFUSED, "Say why.; And when"),
        (part(400, error("REQUIRED_FIELD_MISSING", "Required fields are missing: [NextStep]", "NextStep")),
         Said.REFUSED, "Required fields are missing: [NextStep]"),
        (part(400, error("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "bad value: Because", "Loss_Reason__c")),
         Said.REFUSED, "bad value: Because (Loss_Reason__c)"),
        (part(400, error("CANNOT_EXECUTE_FLOW_TRIGGER", "A flow failed")), Said.REFUSED, "A flow failed"),
        (part(500, error("CANNOT_EXECUTE_FLOW_TRIGGER", "A flow failed")), Said.REFUSED, "A flow failed"),
        (part(400, error("FIELD_INTEGRITY_EXCEPTION", "No such day", "CloseDate")), Said.REFUSED,
         "No such day (CloseDate)"),
        (part(400, error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", TRIGGER)), Said.REFUSED, TRIGGER),
        (part(400, error("ENTITY_IS_LOCKED", "An approval holds it")), Said.REFUSED, "An approval holds it"),
        (part(400, error("SOMETHING_NEW", "Not like this")), Said.REFUSED, "Not like this"),
        (part(400, error("SOMETHING_NEW")), Said.REFUSED, "SOMETHING_NEW"),
        (part(400), Said.REFUSED, "HTTP 400"),
        # what the integration user lacks, and what to give it
        (part(400, error("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")),
         Said.FORBIDDEN, f"insufficient access rights on object id. {RECORD_REMEDY}"),
        (part(403, error("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "no access to 001")),
         Said.FORBIDDEN, f"no access to 001. {RECORD_REMEDY}"),
        (part(400, error("INVALID_FIELD_FOR_INSERT_UPDATE", READ_ONLY, "StageName")), Said.FORBIDDEN,
         f"{READ_ONLY} {FIELD_REMEDY}"),
        (part(400, error("INVALID_FIELD", "No such column 'Loss_Reason__c' on sobject of type Opportunity")),
         Said.FORBIDDEN, f"No such column 'Loss_Reason__c' on sobject of type Opportunity. {FIELD_REMEDY}"),
        (part(400, error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be updated: Opportunity")),
         Said.FORBIDDEN, f"entity type cannot be updated: Opportunity. {RECORD_REMEDY}"),
        # nothing there
        (part(404, error("NOT_FOUND", "The requested resource does not exist")), Said.GONE, ""),
        (part(404, error("ENTITY_IS_DELETED", "entity is deleted")), Said.GONE, ""),
        (part(400, error("ENTITY_IS_DELETED", "entity is deleted")), Said.GONE, ""),
        (part(400, error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")), Said.GONE, ""),
        # what one of our values points at is gone, not the record
        (part(400, error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", "OwnerId")), Said.REFUSED,
         "invalid cross reference id (OwnerId)"),
        # known not to be executed
        (part(401, error("INVALID_SESSION_ID", "Session expired or invalid")), Said.NOT_SENT,
         "Session expired or invalid"),
        (part(403, error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")), Said.NOT_SENT,
         "TotalRequests Limit exceeded."),
        (part(429), Said.NOT_SENT, "HTTP 429"),
        (part(400, error("PROCESSING_HALTED", "rolled back")), Said.NOT_SENT, "rolled back"),
        # nobody knows
        (part(500), Said.UNKNOWN, "Salesforce could not say whether it was written (HTTP 500)"),
        (part(500, error("UNKNOWN_EXCEPTION", "An unexpected error occurred.")), Said.UNKNOWN,
         "Salesforce could not say whether it was written (An unexpected error occurred.)"),
        (part(503, error("SERVER_UNAVAILABLE", "Busy")), Said.UNKNOWN,
         "Salesforce could not say whether it was written (Busy)"),
        (part(200), Said.UNKNOWN, "Salesforce could not say whether it was written (HTTP 200)"),
        (part(304), Said.UNKNOWN, "Salesforce could not say whether it was written (HTTP 304)"),
        (None, Said.UNKNOWN, "Salesforce gave no answer for this record"),
        ("nonsense", Said.UNKNOWN, "Salesforce gave no answer for this record"),
        ({"httpStatusCode": "204"}, Said.UNKNOWN, "Salesforce gave no answer for this record"),
        ({"httpStatusCode": 400, "body": "<html>"}, Said.REFUSED, "HTTP 400"),
        ({"httpStatusCode": 400, "body": [None, 7]}, Said.REFUSED, "HTTP 400"),
    ],
)  # fmt: skip
def test_an_answer_means(answered: object, said: Said, detail: str) -> None:
    answer = answer_of(answered)

    assert (answer.said, answer.detail) == (said, detail)


def test_the_orgs_words_are_one_line_of_a_bounded_length_with_nothing_hidden() -> None:
    rule = f"First\nsecond\x00\u202e{'x' * 1000}"

    detail = answer_of(part(400, error("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule))).detail

    assert detail.startswith("First second xxx")
    assert len(detail) == DETAIL_LENGTH
