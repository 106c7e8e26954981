"""Messages of Slack as the rules know them: who said it, in plain words, with its files and its address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.rules.feedback import Message as Said
from tasks.rules.feedback import SharedFile
from tasks.rules.slack_ts import moment_of
from tasks.rules.slack_words import marked_text, people_named, plain_words
from tasks.slack_pages import Message
from tasks.slack_people import People

_DELETED = "tombstone"  # the mode of a file that is no more


@dataclass(frozen=True)
class Sayings:
    """Turns what Slack answers into messages.

    channels   names by id        site   address of our workspace, "https://acme.slack.com/"
    """

    people: People
    channels: Mapping[str, str]
    site: str

    def of(self, thread: Iterable[Message], channel: str, root: str) -> tuple[Said, ...]:
        """The messages of one thread, in their order. Asks for people who are not known yet; raises SlackApiError."""
        return tuple(self._said(message, channel, root) for message in thread)

    def _said(self, message: Message, channel: str, root: str) -> Said:
        author = self.people.of(message["user"])
        marked = marked_text(message)
        names = {id_: self.people.of(id_).name for id_ in people_named(marked)}
        return Said(
            ts=message["ts"],
            at=moment_of(message["ts"]),
            author=message["user"],
            name=author.name,
            is_ours=author.is_ours,
            text=plain_words(marked, names, self.channels),
            files=_files(message.get("files") or ()),
            link=self._link(channel, message["ts"], root),
        )

    def _link(self, channel: str, at: str, root: str) -> str:
        """The message's permalink; that of a reply opens its thread."""
        address = f"{self.site.rstrip('/')}/archives/{channel}/p{at.replace('.', '')}"
        return address if at == root else f"{address}?thread_ts={root}&cid={channel}"


def _files(files: Sequence[Message]) -> tuple[SharedFile, ...]:
    """Those that are still there. Of a file that another workspace shares Slack may tell nothing but its id."""
    return tuple(
        SharedFile(
            str(file.get("name") or file.get("title") or file.get("id")),
            str(file.get("permalink") or file.get("url_private") or ""),
        )
        for file in files
        if file.get("mode") != _DELETED
    )
