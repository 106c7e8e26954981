"""Where a report about people may go: to a direct message, or to a private channel of our own (reports.md)."""

from dataclasses import dataclass

_NAMED = 3


@dataclass(frozen=True)
class Audience:
    """Who can read a Slack conversation.

    name              as Slack shows it, "cro-private"; its id where it has none
    private           a private channel or a direct message; everybody of the workspace can join any other
    shared            with another workspace, or about to be
    guests            names of members who are guests, or of another workspace
    """

    name: str
    private: bool
    shared: bool = False
    guests: tuple[str, ...] = ()


def why_not_private(audience: Audience) -> str:
    """Why a report about people may not go there, a sentence with the remedy; "" where it may."""
    if not audience.private:
        why = "is public"
    elif audience.shared:
        why = "is shared with another workspace"
    elif audience.guests:
        more = f" and {len(audience.guests) - _NAMED} more" if len(audience.guests) > _NAMED else ""
        why = f"has guests in it ({', '.join(audience.guests[:_NAMED])}{more})"
    else:
        return ""
    return (
        f"Slack channel {audience.name} {why}: a review of people does not go there. "
        "Set RITUALS_ACTIVITY_CHANNEL to the CRO's own private channel or direct message."
    )
