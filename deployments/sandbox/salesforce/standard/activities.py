"""What passes between us and them: tasks, events and mail."""

from dataclasses import replace

from deployments.sandbox.salesforce.fields import (
    area,
    audit,
    computed,
    day,
    fixed,
    flag,
    identity,
    lookup,
    moment,
    number,
    owner,
    picklist,
    read_only,
    required,
    text,
)
from deployments.sandbox.salesforce.schema import Field, SObject
from deployments.sandbox.salesforce.standard import derived

SUBJECTS = ("Call", "Email", "Meeting", "Send Letter/Quote", "Other")


def _who(children: str) -> Field:
    return lookup("WhoId", "Name ID", "Contact", "Lead", children=children)


def _what(children: str) -> Field:
    return lookup("WhatId", "Related To ID", "Account", "Opportunity", children=children)


def _subject() -> Field:
    return replace(text("Subject", "Subject", kind="combobox"), picklist=SUBJECTS, groupable=False)


def _ungrouped(field: Field) -> Field:
    return replace(field, groupable=False)


TASK = SObject(
    "Task",
    "00T",
    (
        *identity("Activity ID"),
        _who("Tasks"),
        _what("Tasks"),
        _subject(),
        day("ActivityDate", "Due Date Only"),
        *required(
            picklist("Status", "Status", length=40),
            picklist("Priority", "Priority", "High", "Normal", "Low", length=40),
        ),
        flag("IsHighPriority", "High Priority", """({row}."Priority" = 'High')"""),
        *owner(label="Assigned To ID"),
        area("Description", "Description"),
        *read_only(lookup("AccountId", "Account ID", "Account")),
        flag("IsClosed", "Closed", derived.TASK_CLOSED),
        *audit(),
        *read_only(flag("IsArchived", "Archived")),
        number("CallDurationInSeconds", "Call Duration", "int"),
        picklist("CallType", "Call Type", "Internal", "Inbound", "Outbound", length=40, restricted=True),
        text("CallDisposition", "Call Result"),
        moment("ReminderDateTime", "Reminder Date/Time"),
        flag("IsReminderSet", "Reminder Set"),
        *fixed(picklist("TaskSubtype", "Task Subtype", "Task", "Email", "List Email", "LinkedIn", "Cadence",
                        "Call", length=40, restricted=True)),
        *read_only(moment("CompletedDateTime", "Completed Date")),
        picklist("Type", "Type", "Call", "Email", "Meeting", "Other", length=40),
    ),
    "Task",
    "Tasks",
)  # fmt: skip

TASK_STATUS = SObject(
    "TaskStatus",
    "01T",
    read_only(
        *identity("Task Status Value ID", bin_=False),
        *required(text("MasterLabel", "Master Label")),
        text("ApiName", "API Name"),
        number("SortOrder", "Sort Order", "int"),
        flag("IsDefault", "Is Default"),
        flag("IsClosed", "Is Closed"),
        *audit(),
    ),
    "Task Status Value",
    "Task Status Value",
)

EVENT = SObject(
    "Event",
    "00U",
    (
        *identity("Activity ID"),
        _who("Events"),
        _what("Events"),
        _subject(),
        text("Location", "Location"),
        flag("IsAllDayEvent", "All-Day Event"),
        moment("ActivityDateTime", "Due Date Time"),
        day("ActivityDate", "Due Date Only"),
        number("DurationInMinutes", "Duration", "int"),
        moment("StartDateTime", "Start Date Time"),
        moment("EndDateTime", "End Date Time"),
        computed(day("EndDate", "End Date"), """substr({row}."EndDateTime", 1, 10)"""),
        area("Description", "Description"),
        *read_only(lookup("AccountId", "Account ID", "Account")),
        *owner(label="Assigned To ID"),
        flag("IsPrivate", "Private"),
        picklist("ShowAs", "Show Time As", "Busy", "OutOfOffice", "Free", length=40, restricted=True),
        *read_only(
            flag("IsChild", "Is Child"),
            flag("IsGroupEvent", "Is Group Event"),
            flag("IsArchived", "Archived"),
        ),
        *audit(),
        moment("ReminderDateTime", "Reminder Date/Time"),
        flag("IsReminderSet", "Reminder Set"),
        *fixed(picklist("EventSubtype", "Event Subtype", "Event", length=40, restricted=True)),
    ),
    "Event",
    "Events",
)  # fmt: skip

# As in an org without Shared Activities, so without IsInvitee, IsParent and IsWhat: all who are listed are invited.
EVENT_RELATION = SObject(
    "EventRelation",
    "0RE",
    (
        *identity("Event Relation ID"),
        *required(
            *fixed(
                lookup("RelationId", "Relation ID", "Contact", "Lead", "User", children="EventRelations"),
                lookup("EventId", "Event ID", "Event", children="EventRelations"),
            )
        ),
        picklist("Status", "Status", "New", "Declined", "Accepted", length=40, restricted=True),
        moment("RespondedDate", "Response Date"),
        text("Response", "Comment"),
        *audit(),
    ),
    "Event Relation",
    "Event Relations",
)

EMAIL_MESSAGE = SObject(
    "EmailMessage",
    "02s",
    (
        *identity("Email Message ID"),
        # The case that the mail is about; the sandbox has no cases, so nothing of theirs can be read through it.
        lookup("ParentId", "Parent ID", "Case", relationship=None),
        lookup("ActivityId", "Activity ID", "Task"),
        area("TextBody", "Text Body"),
        area("HtmlBody", "HTML Body"),
        _ungrouped(text("Subject", "Subject", 3000)),
        text("FromName", "From Name", 1000),
        text("FromAddress", "From Address", 1000, "email"),
        _ungrouped(text("ToAddress", "To Address", 4000)),
        _ungrouped(text("CcAddress", "CC Address", 4000)),
        _ungrouped(text("BccAddress", "BCC Address", 4000)),
        flag("Incoming", "Is Incoming"),
        *read_only(flag("HasAttachment", "Has Attachment")),
        *required(picklist("Status", "Status", "0", "1", "2", "3", "4", "5", length=40, restricted=True)),
        moment("MessageDate", "Message Date"),
        text("MessageIdentifier", "Message ID", 765),
        text("ThreadIdentifier", "Thread ID"),
        lookup("ReplyToEmailMessageId", "Reply To", "EmailMessage"),
        lookup("RelatedToId", "Related To ID", "Account", "Opportunity", children="Emails"),
        flag("IsClientManaged", "Is Client Managed"),
        flag("IsExternallyVisible", "Is Externally Visible"),
        *audit(),
    ),
    "Email Message",
    "Email Messages",
)
