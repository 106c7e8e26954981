"""The sandbox as one ASGI app: a company's Salesforce, Slack, GitHub and Zendesk, the page, and the controls around
them."""

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette

from deployments.sandbox import org_controls, slack_controls, story_controls
from deployments.sandbox.clock import Clock
from deployments.sandbox.company.model import Company
from deployments.sandbox.github import api as github
from deployments.sandbox.github.state import GithubState
from deployments.sandbox.salesforce import routes as salesforce
from deployments.sandbox.salesforce.org import Org
from deployments.sandbox.salesforce.store import Store
from deployments.sandbox.shell import shell
from deployments.sandbox.slack import api
from deployments.sandbox.slack.page import routes as page
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.zendesk import api as zendesk
from deployments.sandbox.zendesk.state import ZendeskState


def build(company: Company, now: Callable[[], datetime], org: Org | None = None) -> Starlette:
    """The sandbox of that company. `now` gives an aware moment; it is the sandbox's clock until that is set.

    An `org` that is given should have been built with the same clock.
    """
    moment = now if isinstance(now, Clock) else Clock(now)
    org = org or Org(moment)
    org.structure = company.structure
    store = Store(company.catalogue, moment)
    for name, table in company.tables.items():
        store.insert_many(name, table.columns, table.rows)
    state = SlackState(company.slack, moment)
    parts = [*salesforce.routes(store, org), *api.routes(state), *page.routes(state)]
    parts += slack_controls.routes(state)
    parts += github.routes(GithubState(company.github, moment))
    parts += zendesk.routes(ZendeskState(company.zendesk, moment))
    return shell([org_controls.route(org), *story_controls.routes(store, org), *parts], moment)
