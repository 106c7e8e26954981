"""Whether a request may be read by everybody, by what Salesforce and Slack know at this moment of the customer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tasks.rules.feedback import DraftedRequest, IssueDraft
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.privacy_gate import Known, known_of, why_withheld
from tasks.rules.request_draft import texts_of
from tasks.salesforce_customers import CustomerReader, KnownNames
from tasks.slack_pages import code, in_words, pages
from tasks.slack_people import People, is_said

_GONE = {"thread_not_found", "message_not_found"}
_REMEDY = "give the integration user access to it, as nobody can tell otherwise whether it is named"
Authors = Callable[[str, str], Iterable[str]]


@dataclass(frozen=True)
class RequestGate:
    """The gate with the names of this moment.

    known     of all accounts, and of the people of customers
    accounts  full names by account id, of those that Salesforce shows
    authors   who wrote for the customer in a thread, given its channel and root
    """

    known: Known
    accounts: Mapping[str, str]
    authors: Authors

    def why_withheld(self, request: DraftedRequest, draft: IssueDraft) -> Sequence[str]:
        """Why `draft` may not become the request's issue, one sentence each; nothing where it may. Raises Unavailable
        or Refused where Slack cannot tell who wrote."""
        account = self.accounts.get(request.account_id, "")
        if not account:
            return (f"Salesforce shows no account {request.account_id or 'of this customer'}: {_REMEDY}",)
        about = known_of([account], people=self.authors(request.channel, request.root), strictly=True)
        return why_withheld(texts_of(draft), self.known, about)


def gate_of(reader: CustomerReader, account_ids: Sequence[str], authors: Authors, today: date) -> RequestGate:
    """The gate for requests of these accounts. Raises Unavailable, Refused or LimitReached: then nothing passes."""
    known = known_from(reader.known(account_ids), reader.config.feedback)
    found = reader.customers(account_ids, today).customers
    return RequestGate(known, {one.account_id: one.name for one in found if one.name != one.account_id}, authors)


def known_from(names: KnownNames, policy: FeedbackPolicy) -> Known:
    """What the gate looks for, of what Salesforce has; pages of our own domains may be referred to."""
    return known_of(
        names.accounts,
        websites=names.websites,
        people=names.people,
        emails=names.emails,
        phones=names.phones,
        public=policy.public_domains,
    )


def authors_in(read: WebClient) -> Authors:
    """Who of the customer wrote in a thread: Slack's names, as not everybody is a contact in Salesforce. Nobody where
    the thread is gone. Raises Unavailable or Refused with the remedy."""
    people: list[People] = []

    def authors(channel: str, root: str) -> list[str]:
        with in_words(channel):
            if not people:
                home = str(read.auth_test()["team_id"])
                people.append(People(lambda user: dict(read.users_info(user=user)["user"]), home))
            users = dict.fromkeys(str(one["user"]) for one in _thread(read, channel, root) if is_said(one))
            found = [people[0].of(user) for user in users]
        return [one.name for one in found if not one.is_ours]

    return authors


def _thread(read: WebClient, channel: str, root: str) -> list[Mapping[str, object]]:
    try:
        return list(pages(read.conversations_replies, channel, None, ts=root))
    except SlackApiError as error:
        if code(error) in _GONE:
            return []
        raise
