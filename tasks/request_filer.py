"""Filing drafted customer requests as public issues, each at most once, and telling the customer, once.

Knows no Prefect: a run that was killed anywhere is repaired by running it again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from slack_sdk import WebClient

from tasks.clients import Refused
from tasks.codenamer import have_public_label
from tasks.filing_once import IssuesOnce, OneByOne
from tasks.github import Issue, Issues
from tasks.ledger import Ledger
from tasks.reports.requests import customer_reply
from tasks.rules.choosing import same_id
from tasks.rules.feedback import DraftedRequest, IssueDraft
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.filing import Filed, FilingResult
from tasks.rules.request_draft import NO_CODENAME, marked, under_codename
from tasks.rules.request_filing import none_is_older
from tasks.slack_thread_reply import reply_name, reply_once


@dataclass
class RequestFiler:
    """Files through one door, remembering each step in the ledger.

    codenames   by account id
    gate        why the issue of a request may not be read by everybody, a sentence each; nothing where it may
    run         the id of the run that is going on: what it filed in an attempt before is its own
    """

    ledger: Ledger
    github: Issues
    policy: FeedbackPolicy
    codenames: Mapping[str, str]
    gate: Callable[[DraftedRequest, IssueDraft], Sequence[str]]
    run: str = ""
    dry_run: bool = False
    _issues: IssuesOnce = field(init=False)
    _each: OneByOne = field(default_factory=OneByOne, init=False)

    def __post_init__(self) -> None:
        self._issues = IssuesOnce(self.ledger, self.github, "request", marked, self.run, self.dry_run)

    def file(self, requests: Iterable[DraftedRequest]) -> list[FilingResult]:
        """A public issue for each, or the one there is; what became of each. One that may not be read by everybody is
        refused with the reasons. Raises only where nothing at all can be done: Unavailable or Refused with the remedy.
        """
        wanted = list(requests)
        if not wanted:
            return []
        self.github.refuse_other_readers()
        self._issues.since = none_is_older(wanted)
        self._issues.all()
        return [self._each.told(one.key, one.draft.title, partial(self._filed, one)) for one in wanted]

    def finished(self, request: DraftedRequest) -> IssueDraft:
        """The draft as its issue is opened: under the codename that the customer has by now. Raises Refused where they
        have none."""
        known = (name for id_, name in self.codenames.items() if same_id(id_, request.account_id))
        codename = next(known, "")
        if not codename:
            raise Refused(NO_CODENAME)
        return under_codename(request.draft, codename, self.policy)

    def _filed(self, request: DraftedRequest) -> FilingResult:
        title, is_there = request.draft.title, self._issues.there(request.key) is not None
        draft = request.draft if is_there else self.finished(request)
        if not is_there:
            self._refuse_withheld(request, draft)
        return self._issues.filed(request.key, title, lambda: self._opened(request, draft))

    def _opened(self, request: DraftedRequest, draft: IssueDraft) -> Issue:
        for name in draft.labels:
            have_public_label(self.github, name, self.policy)
        self._refuse_withheld(request, draft)
        return self.github.open(draft.title, draft.body, draft.labels)

    def _refuse_withheld(self, request: DraftedRequest, draft: IssueDraft) -> None:
        if why := dict.fromkeys([*draft.withheld, *self.gate(request, draft)]):
            raise Refused(" ".join(why))


@dataclass
class Teller:
    """Tells customers in their own threads.

    channels   account ids by the ids of the channels of the settings: nothing is said in any other
    """

    write: WebClient
    read: WebClient
    ledger: Ledger
    channels: Mapping[str, str]
    _each: OneByOne = field(default_factory=OneByOne, init=False)

    def tell(self, requests: Iterable[DraftedRequest], results: Iterable[FilingResult]) -> list[FilingResult]:
        """Reply in the thread of each request that has an issue, once; what became of each. Raises nothing for one that
        fails: it is told in its result."""
        filed = {one.key: one for one in results if one.outcome in {Filed.FILED, Filed.ALREADY}}
        wanted = [(request, filed[request.key]) for request in requests if request.key in filed]
        return [self._each.told(one.key, issue.title, partial(self._told, one, issue)) for one, issue in wanted]

    def _told(self, request: DraftedRequest, issue: FilingResult) -> FilingResult:
        if not same_id(self.channels.get(request.channel, ""), request.account_id):
            raise Refused(
                f"RITUALS_SLACK_CUSTOMER_CHANNELS has no {request.channel} of this customer any more: nobody is told"
            )
        reply, channel, root = customer_reply(issue.number, issue.url), request.channel, request.root
        reply_once(self.write, self.read, self.ledger, channel, root, reply.text, _reply_key(request), reply.blocks)
        return replace(issue, outcome=Filed.TOLD)


def is_told(ledger: Ledger, request: DraftedRequest) -> bool:
    """Whether the ledger knows that the customer was told."""
    effect = ledger.effect(reply_name(request.channel, request.root, _reply_key(request)))
    return effect is not None and effect.state == "done"


def _reply_key(request: DraftedRequest) -> str:
    return f"request:{request.key}"
