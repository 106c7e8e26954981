"""What the pretend GitHub answers, in the shapes of its OpenAPI description."""

from base64 import b64encode
from datetime import datetime
from typing import Any
from urllib.parse import quote

from deployments.sandbox.github.seed import Account
from deployments.sandbox.github.state import Comment, GithubState, Issue, Label, Repository

JsonObject = dict[str, Any]
SITE = "https://github.example"  # where people would read it; nothing is served there
_USER_LISTS = (
    "followers", "subscriptions", "organizations", "repos", "received_events",
)  # fmt: skip
_REPOSITORY_LISTS = (
    "assignees", "branches", "collaborators", "comments", "commits", "compare", "contents", "contributors",
    "deployments", "downloads", "events", "forks", "hooks", "keys", "languages", "merges", "milestones",
    "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams",
)  # fmt: skip
_REPOSITORY_PATHS = {
    "archive_url": "{archive_format}{/ref}", "blobs_url": "git/blobs{/sha}", "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}", "git_tags_url": "git/tags{/sha}", "trees_url": "git/trees{/sha}",
    "issue_comment_url": "issues/comments{/number}", "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}", "labels_url": "labels{/name}",
}  # fmt: skip
_REACTIONS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def moment(at: datetime | None) -> str | None:
    """As GitHub writes moments, which are always UTC: 2026-11-23T15:28:00Z."""
    return None if at is None else at.isoformat(timespec="seconds").replace("+00:00", "Z")


def node(kind: str, number: int) -> str:
    """An opaque id."""
    return b64encode(f"{kind}{number}".encode()).decode()


def user(account: Account, state: GithubState, base: str) -> JsonObject:
    """A simple user."""
    url, number = f"{base}/users/{account.login}", state.account_ids[account.login]
    return {
        "login": account.login,
        "id": number,
        "node_id": node("User", number),
        "avatar_url": f"{SITE}/avatars/{account.login}",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{SITE}/{account.login}",
        "following_url": f"{url}/following{{/other_user}}",
        "gists_url": f"{url}/gists{{/gist_id}}",
        "starred_url": f"{url}/starred{{/owner}}{{/repo}}",
        "events_url": f"{url}/events{{/privacy}}",
        **{f"{name}_url": f"{url}/{name}" for name in _USER_LISTS},
        "type": account.kind,
        "site_admin": False,
    }


def label(one: Label, repository: Repository, base: str) -> JsonObject:
    """A label."""
    return {
        "id": one.id,
        "node_id": node("Label", one.id),
        "url": f"{base}/repos/{repository.seed.full_name}/labels/{quote(one.name, safe='')}",
        "name": one.name,
        "color": one.color,
        "default": False,
        "description": one.description,
    }


def issue(one: Issue, repository: Repository, state: GithubState, base: str) -> JsonObject:
    """An issue as it is listed."""
    home = f"{base}/repos/{repository.seed.full_name}"
    url = f"{home}/issues/{one.number}"
    return {
        **({"pull_request": _pull(one, repository, home)} if one.is_pull else {}),
        "url": url,
        "repository_url": home,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": page_of(repository, one),
        "id": one.id,
        "node_id": node("Issue", one.id),
        "number": one.number,
        "title": one.title,
        "user": user(one.author, state, base),
        "labels": [label(each, repository, base) for each in one.labels],
        "state": one.state,
        "state_reason": one.reason,
        "locked": False,
        "active_lock_reason": None,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": len(one.comments),
        "created_at": moment(one.created),
        "updated_at": moment(one.updated),
        "closed_at": moment(one.closed),
        "author_association": "MEMBER",
        "body": one.body,
        "reactions": {"url": f"{url}/reactions", "total_count": 0, **dict.fromkeys(_REACTIONS, 0)},
        "timeline_url": f"{url}/timeline",
        "performed_via_github_app": None,
    }


def whole_issue(one: Issue, repository: Repository, state: GithubState, base: str) -> JsonObject:
    """An issue as it is read alone."""
    closer = user(one.closed_by, state, base) if one.closed_by else None
    return {**issue(one, repository, state, base), "closed_by": closer}


def comment(one: Comment, of: Issue, repository: Repository, state: GithubState, base: str) -> JsonObject:
    """A comment of an issue."""
    home = f"{base}/repos/{repository.seed.full_name}/issues"
    return {
        "id": one.id,
        "node_id": node("IssueComment", one.id),
        "url": f"{home}/comments/{one.id}",
        "html_url": f"{page_of(repository, of)}#issuecomment-{one.id}",
        "issue_url": f"{home}/{of.number}",
        "user": user(one.author, state, base),
        "created_at": moment(one.created),
        "updated_at": moment(one.created),
        "body": one.body,
        "author_association": "MEMBER",
        "reactions": {"url": f"{home}/comments/{one.id}/reactions", "total_count": 0, **dict.fromkeys(_REACTIONS, 0)},
        "performed_via_github_app": None,
    }


def repository(one: Repository, state: GithubState, base: str) -> JsonObject:
    """A repository as it is read alone."""
    seed = one.seed
    url, page = f"{base}/repos/{seed.full_name}", f"{SITE}/{seed.full_name}"
    opened = sum(issue.closed is None for issue in one.issues.values())
    zeros = ("forks", "forks_count", "network_count", "size", "stargazers_count", "subscribers_count", "watchers")
    return {
        "id": one.id,
        "node_id": node("Repository", one.id),
        "name": seed.name,
        "full_name": seed.full_name,
        "owner": user(one.owner, state, base),
        "private": seed.is_private,
        "visibility": "private" if seed.is_private else "public",
        "html_url": page,
        "description": seed.description or None,
        "fork": False,
        "url": url,
        **{f"{name}_url": f"{url}/{name}" for name in _REPOSITORY_LISTS},
        **{name: f"{url}/{path}" for name, path in _REPOSITORY_PATHS.items()},
        "clone_url": f"{page}.git",
        "git_url": f"{page}.git",
        "svn_url": page,
        "ssh_url": f"git@github.example:{seed.full_name}.git",
        "mirror_url": None,
        "homepage": None,
        "language": None,
        "license": None,
        **dict.fromkeys(zeros, 0),
        "watchers_count": 0,
        "open_issues": opened,
        "open_issues_count": opened,
        "default_branch": "main",
        "has_issues": True,
        **dict.fromkeys(("has_projects", "has_wiki", "has_pages", "has_downloads", "has_discussions"), False),
        "archived": False,
        "disabled": False,
        "pushed_at": moment(one.created),
        "created_at": moment(one.created),
        "updated_at": moment(one.created),
        "permissions": {"admin": False, "push": True, "pull": True},
    }


def page_of(repository: Repository, one: Issue) -> str:
    """Where people read the issue, or the pull request."""
    return f"{SITE}/{repository.seed.full_name}/{'pull' if one.is_pull else 'issues'}/{one.number}"


def _pull(one: Issue, repository: Repository, home: str) -> JsonObject:
    """What tells a pull request from an issue."""
    page = page_of(repository, one)
    return {
        "url": f"{home}/pulls/{one.number}",
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "merged_at": None,
    }
