"""The required details of a request (handbook L281 to L288): which a customer told, and what to ask for the others."""

import re

from tasks.rules import feedback_detail_signs as signs
from tasks.rules.feedback import Conversation, Details, Judged, Kind, Need, Priority
from tasks.rules.feedback_judging import judge
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.feedback_text import Prose, prose
from tasks.rules.feedback_words import compiled

_ASKED_OF = frozenset({Kind.OUTAGE, Kind.BUG})
_CLAUSE = re.compile(r"[,;(]| and ")
_NEAR = 16  # so many characters before a version, another product's name makes it that one's
_USUAL = "Thanks for letting us know! So that we can get to the bottom of this quickly, could you tell us:"
_URGENT = (
    "Thanks for letting us know. We are treating this as an emergency: no need to send anything first. If you have it"
    " at hand, this helps us to be faster:"
)
_QUESTIONS = (
    "Which version does your server run?",
    "Which version of the agent do the affected hosts run?",
    "Is that plain osquery, or fleetd?",
    "Which operating system, and which version of it?",
    "Which web browser, and which version of it?",
    "What did you expect to happen?",
    "What happens instead? The exact error message or a screenshot helps.",
)
# Of an emergency: the server's version, and what is seen. Nothing else makes anybody faster.
_URGENT_ONLY = frozenset({0, 6})


def names(product: str = "") -> tuple[str, ...]:
    """The required details in the handbook's order; `product` is the name of what we sell, "" for none."""
    return (
        f"{product} server version" if product else "Server version",
        "Agent version",
        "Osquery or fleetd?",
        "Operating system",
        "Web browser",
        "Expected behavior",
        "Actual behavior",
    )


def details(conversation: Conversation, policy: FeedbackPolicy | None = None, product: str = "") -> Details:
    """What the customers told of the required details, with their words, and what is missing.

    Only who tells of something that fails lacks any: nobody needs a browser to answer a question, or to hear a wish.
    There is a question to the customer only where we owe an answer. Of what may be a P0 it asks for two details alone,
    and says that nobody waits for them.
    """
    labels = names(product)
    words = dict(zip(labels, _words(conversation, product), strict=True))
    found = {label: told for label, told in words.items() if told}
    judged = judge(conversation, policy or FeedbackPolicy(), product)
    if judged.kind not in _ASKED_OF:
        return Details(found)
    missing = tuple(label for label in labels if label not in found)
    return Details(found, missing, _question([labels.index(label) for label in missing], judged))


def _question(missing: list[int], judged: Judged) -> str:
    urgent = judged.priority is Priority.P0
    asked = [_QUESTIONS[place] for place in missing if not urgent or place in _URGENT_ONLY]
    if judged.need is not Need.ANSWER or not asked:
        return ""
    return "\n".join([_URGENT if urgent else _USUAL, *(f"- {question}" for question in asked)])


def _words(conversation: Conversation, product: str) -> tuple[str, ...]:
    """The customers' words for each detail in their order, "" for those that they did not tell."""
    text = prose("\n".join(message.text for message in conversation.messages if not message.is_ours))
    server, agent = _versions_we_asked_for(conversation)
    return (
        _first(text, signs.SERVER, product, unless=signs.OTHERS) or server,
        _first(text, signs.AGENT, product) or agent,
        _first(text, signs.WHICH_AGENT, product),
        _first(text, signs.SYSTEMS, product),
        _first(text, signs.BROWSERS, product),
        _first(text, signs.EXPECTED, product),
        _first(text, signs.ACTUALLY, product) or _first(text, signs.ACTUAL, product) or text.pasted,
    )


def _first(text: Prose, table: tuple[str, ...], product: str, unless: re.Pattern[str] | None = None) -> str:
    """The words of the first of these signs that has no other's name before or in it; "" for none."""
    pattern = compiled(table, product)
    for sentence in text.sentences():
        for found in pattern.finditer(sentence.plain):
            before = _CLAUSE.split(sentence.plain[max(0, found.start() - _NEAR) : found.start()])[-1]
            if not unless or not unless.search(before + found[0]):
                return text.quoted(sentence, *found.span())
    return ""


def _versions_we_asked_for(conversation: Conversation) -> tuple[str, str]:
    """The server's version and the agent's where a customer gave a bare number after we had asked for it."""
    server, agent, asked = "", "", ""
    for message in conversation.messages:
        if message.is_ours:
            asked = prose(message.text).plain if "version" in message.text.casefold() else ""
        elif asked and (number := _first(prose(message.text), signs.NUMBER, "", unless=signs.OTHERS)):
            of_agent = signs.AGENT_NAME.search(asked) is not None
            server, agent = (server, agent or number) if of_agent else (server or number, agent)
    return server, agent
