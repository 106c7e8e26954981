"""A pretend Slack in one JSON file: `SlackSeed` by its own names, the content of files in base64."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deployments.sandbox.company.problems import Problems
from deployments.sandbox.slack.seed import App, Attachment, Channel, Message, SlackSeed, Team, User

_PARTS: dict[str, type] = {
    "teams": Team,
    "users": User,
    "channels": Channel,
    "messages": Message,
    "files": Attachment,
    "apps": App,
}


def write(path: Path, seed: SlackSeed) -> None:
    """Write the file."""
    text = json.dumps(asdict(seed), default=lambda content: b64encode(content).decode(), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path, problems: Problems) -> SlackSeed | None:
    """Read the file; None when something is wrong with it, which goes to `problems`."""
    before = problems.count
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        _known_names(raw, SlackSeed, path.name, problems)
        for message in raw.get("messages", ()):
            for file in message.get("files", ()):
                file["content"] = b64decode(file.get("content", ""), validate=True)
        seed = TypeAdapter(SlackSeed).validate_python(raw)
        _references(seed, path.name, problems)
    except json.JSONDecodeError as error:
        problems.add(path.name, error.lineno, f"is no JSON: {error.msg}; correct it there")
    except UnicodeDecodeError:
        problems.add(path.name, 1, "is not UTF-8; save it as UTF-8")
    except ValidationError as error:
        for found in error.errors():
            place = ".".join(str(part) for part in found["loc"])
            problems.add(path.name, 1, f"{place}: {found['msg']}; correct it")
    except (AttributeError, TypeError, ValueError) as error:
        problems.add(
            path.name, 1, f"does not have the shape of a Slack ({error}); compare it with one that was written"
        )
    return seed if problems.count == before else None


def _known_names(raw: dict[str, Any], kind: type, file: str, problems: Problems) -> None:
    """Names that nothing here knows would otherwise be dropped in silence."""
    known = {f.name for f in fields(kind)}
    for name in raw.keys() - known:
        problems.add(file, 1, f"{kind.__name__} has no {name!r}; it has {', '.join(sorted(known))}")
    for name, part in _PARTS.items():
        for item in raw.get(name, ()) if name in known else ():
            _known_names(item, part, file, problems)


def _references(seed: SlackSeed, file: str, problems: Problems) -> None:
    users, teams = {u.id for u in seed.users}, {t.id for t in seed.teams}
    channels = {c.id for c in seed.channels}
    named = (
        *((u.id, u.team_id, teams, "team") for u in seed.users),
        *((c.id, member, users, "user") for c in seed.channels for member in c.members),
        *((c.id, team, teams, "team") for c in seed.channels for team in (*c.connected_team_ids, *c.pending_team_ids)),
        *((m.ts, m.user, users, "user") for m in seed.messages),
        *((m.ts, m.channel, channels, "channel") for m in seed.messages),
        *(("tokens", user, users, "user") for _, user in seed.tokens),
        *(("apps", app.bot, users, "user") for app in seed.apps),
    )
    for where, name, known, kind in named:
        if name not in known:
            problems.add(file, 1, f"{where} names the {kind} {name!r}, which is not there; add or correct it")
