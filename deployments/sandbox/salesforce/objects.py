"""The standard objects of the pretend org."""

from deployments.sandbox.salesforce.schema import Catalogue
from deployments.sandbox.salesforce.standard import accounts, activities, content, deals, people, setup

STANDARD = Catalogue(
    (
        people.ORGANIZATION,
        people.PROFILE,
        people.USER_ROLE,
        people.USER,
        accounts.ACCOUNT,
        accounts.CONTACT,
        accounts.LEAD,
        deals.OPPORTUNITY_STAGE,
        deals.OPPORTUNITY,
        deals.OPPORTUNITY_CONTACT_ROLE,
        deals.OPPORTUNITY_HISTORY,
        deals.OPPORTUNITY_FIELD_HISTORY,
        activities.TASK_STATUS,
        activities.TASK,
        activities.EVENT,
        activities.EVENT_RELATION,
        activities.EMAIL_MESSAGE,
        people.NOTE,
        content.CONTENT_DOCUMENT,
        content.CONTENT_NOTE,
        content.CONTENT_DOCUMENT_LINK,
        *setup.SETUP,
    )
)
