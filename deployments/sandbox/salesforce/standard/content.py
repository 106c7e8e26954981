"""Enhanced notes: a note is a document, and links say what it hangs at. The API of the sandbox only reads them."""

from deployments.sandbox.salesforce.fields import area, audit, identity, lookup, picklist, read_only, required, text
from deployments.sandbox.salesforce.schema import SObject

CONTENT_DOCUMENT = SObject(
    "ContentDocument",
    "069",
    read_only(
        *identity("ContentDocument ID"),
        *required(text("Title", "Title")),
        text("FileType", "File Type", 20),  # SNOTE for a note
        *required(lookup("OwnerId", "Owner ID", "User")),
        *audit(),
    ),
    "Content Document",
    "Content Documents",
)

# A note has the id of its document.
CONTENT_NOTE = SObject(
    "ContentNote",
    "069",
    read_only(
        *identity("ContentNote ID"),
        *required(text("Title", "Title")),
        area("TextPreview", "Text Preview", 255),
        *required(lookup("OwnerId", "Owner ID", "User")),
        *audit(),
    ),
    "Content Note",
    "Content Notes",
)

CONTENT_DOCUMENT_LINK = SObject(
    "ContentDocumentLink",
    "06A",
    read_only(
        *identity("ContentDocumentLink ID"),
        *required(
            lookup("LinkedEntityId", "Linked Entity ID", "Account", "Contact", "Event", "Lead", "Opportunity", "Task",
                   "User", children="ContentDocumentLinks"),
            lookup("ContentDocumentId", "ContentDocument ID", "ContentDocument", children="ContentDocumentLinks"),
        ),
        picklist("ShareType", "Share Type", "V", "C", "I", length=40, restricted=True),
        picklist("Visibility", "Visibility", "AllUsers", "InternalUsers", "SharedUsers", length=40, restricted=True),
        *audit()[-1:],
    ),
    "Content Document Link",
    "Content Document Link",
)  # fmt: skip
