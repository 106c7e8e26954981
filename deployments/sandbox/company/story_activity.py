"""What our people did in the three weeks before the company's date, for the review of their activity.

None of it touches the verdict on a deal: it is about leads, about accounts without an open deal, or it answers on the
same day somebody whose deal is well. A day is a week (3: the third before that of the company's date) and a weekday,
so that a run of mails takes as many days whatever weekday the company is built for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

CAPTURE = "log@cadence.example"  # a sequence tool copies its mail to this address
NO_REPLY = "noreply@ourco.example"
BOUNCE = "mailer-daemon@mail.example"


@dataclass(frozen=True)
class Done:
    """One activity with a person. `by` is a colleague's key; `sender` another address than theirs or ours; `bcc` and
    `case` as in `activities.Activity`."""

    kind: str
    week: int
    weekday: str
    at: str
    by: str = ""
    subject: str | None = None
    sender: str = ""
    bcc: str | None = None
    case: int | None = None


def _on(kind: str, days: str, at: str, **more: object) -> tuple[Done, ...]:
    """The same on several days: "3 Mon, 2 Thu"."""
    split = [day.split() for day in days.split(", ")]
    return tuple(replace(Done(kind, int(week), weekday, at), **more) for week, weekday in split)  # type: ignore[arg-type]


def wrote(days: str, at: str = "09:35", **more: object) -> tuple[Done, ...]:
    """We wrote a mail."""
    return _on("mail out", days, at, **more)


def answered(days: str, at: str = "11:20", **more: object) -> tuple[Done, ...]:
    """They wrote a mail."""
    return _on("mail in", days, at, **more)


def phoned(days: str, at: str = "10:25", **more: object) -> tuple[Done, ...]:
    """We called and spoke."""
    return _on("call out", days, at, **more)


def met(days: str, at: str = "11:00") -> tuple[Done, ...]:
    """We met."""
    return _on("meeting", days, at)


WITH: Mapping[str, Sequence[Done]] = {
    # Six mails in eleven days without an answer, and two that a machine sent.
    "Jordan Doe": (
        *wrote("2 Mon, 2 Tue, 2 Thu, 1 Mon, 1 Wed, 1 Thu"),
        *_on("cadence", "2 Wed", "08:30"),
        *wrote("1 Tue", "08:30", bcc=CAPTURE, subject="Step 5: still interested?"),
    ),
    "Imani Brooks": wrote("3 Mon, 3 Thu, 2 Mon, 2 Thu, 1 Mon"),
    "Petra Hallam": wrote("3 Tue, 3 Fri, 2 Wed, 1 Tue"),
    # Two of us write to one person.
    "Lucia Marin": (*wrote("3 Wed"), *wrote("2 Tue", by="jo")),
    # The next day again, or twice on one.
    "Opal Reyes": (*wrote("3 Mon, 3 Tue"), *answered("3 Thu"), *wrote("3 Fri")),
    "Hari Patel": (*wrote("2 Mon, 2 Tue, 2 Wed"), *answered("2 Fri"), *phoned("1 Mon")),
    "Greer Lindt": (*wrote("1 Mon", "08:10"), *wrote("1 Mon", "12:40")),
    "Dov Sela": (*wrote("2 Thu", "08:05"), *wrote("2 Thu", "12:15"), *answered("1 Mon"), *wrote("1 Tue")),
    "Bo Larsson": (*wrote("3 Tue", "09:05"), *phoned("3 Tue", "13:30")),
    "Cara Voss": wrote("1 Tue, 1 Wed"),
    # Asked to be left alone, in one way or another.
    "Milly Stone @ Alpenrose Dairy": wrote("2 Wed", by="daniel"),
    "Ansel Roy": phoned("2 Thu"),
    "Faye Ormond @ Elmwood Press": wrote("1 Tue", by="lena"),
    "Ned Alcott @ Foxglove Hotels": wrote("2 Mon", by="sam"),
    "Jonas Weber": wrote("2 Sat", "14:10"),
    # Ten mails to one account, and not a word from there.
    "Ira Stokes @ Halcyon Freight": wrote("3 Mon, 3 Thu, 2 Tue, 1 Mon", by="jo"),
    "Bea Quinn @ Halcyon Freight": wrote("3 Tue, 2 Mon, 1 Tue", "10:05", by="jo"),
    "Cy Hale @ Halcyon Freight": wrote("3 Wed, 2 Wed, 1 Wed", "10:40", by="jo"),
    # What looks like an answer and is none.
    "Vera Stahl": (
        *wrote("2 Tue", "09:30"),
        *_on("automatic reply", "2 Tue", "09:31"),
        *wrote("1 Tue", "09:30"),
    ),
    "Tobias Reed": (
        *wrote("3 Thu", "09:30"),
        *_on("mail in", "3 Thu", "09:31", sender=BOUNCE, subject="Undeliverable: Next steps"),
    ),
    # Support may write as often as it takes.
    "Rhoda Finch @ Foxglove Hotels": (
        *answered("2 Mon", "08:20", by="lena", case=1, subject="Agent does not start"),
        *wrote("2 Mon", "09:10", by="lena", case=1, subject="Re: Agent does not start"),
        *wrote("2 Mon", "13:45", by="lena", case=1, subject="Re: Agent does not start"),
        *wrote("2 Tue", "09:10", by="lena", case=1, subject="Re: Agent does not start"),
    ),
    "Selma Ortiz": (*_on("linkedin", "2 Wed", "13:10"), *answered("2 Thu"), *wrote("2 Fri")),
    # Waiting for us.
    "Tamsin Grove": (*wrote("2 Thu"), *answered("1 Mon")),
    "Farid Nasser": answered("1 Tue", subject="A trial for 200 machines?"),
    # Ines logs her calls; her mail has never been connected.
    "Marta Silva": phoned("3 Tue, 2 Tue"),
    "Ken Oduya": phoned("2 Wed"),
}

# How it goes with everybody else, one after the other.
USUAL: Sequence[Sequence[Done]] = (
    (
        *wrote("3 Mon"), *answered("3 Tue"), *wrote("3 Wed", "09:05"),
        *wrote("1 Mon"), *answered("1 Wed"), *wrote("1 Thu", "09:05"),
    ),
    (*wrote("2 Tue"), *answered("2 Thu"), *wrote("2 Fri", "09:15"), *met("1 Wed")),
    wrote("3 Wed, 2 Wed", "10:05"),
    (*phoned("3 Tue"), *wrote("3 Fri", "08:50"), *answered("2 Mon"), *wrote("2 Tue", "09:20")),
    (
        *answered("2 Mon", "12:30"), *wrote("2 Tue", "09:40"),
        *wrote("1 Tue", "08:55"), *answered("1 Wed"), *wrote("1 Thu", "09:25"),
    ),
    (
        *wrote("2 Mon", "10:50"), *_on("bulk mail", "2 Thu", "08:30"), *phoned("1 Mon", "09:55"),
        *answered("1 Tue"), *wrote("1 Wed", "09:10"),
    ),
    (
        *wrote("3 Thu", "09:10"), *answered("2 Mon", "10:40"), *wrote("2 Mon", "13:25"), *met("2 Thu", "09:30"),
        *wrote("1 Wed", "08:30", sender=NO_REPLY, subject="Your trial ends in a week"),
    ),
    (*wrote("2 Fri", "08:45"), *answered("1 Mon"), *wrote("1 Tue", "09:15")),
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """The owner of a deal answers its customer so many days ago, on the day they wrote.

    The mail is filed on the person, or on the account: the record of the deal does not show it.
    """

    deal: str
    days: int
    on: Literal["person", "account"] = "person"


ANSWERS = (
    Answer("Pinecrest Hotels 2026", 14, "account"),
    Answer("Orchid Telecom renewal 2026", 11),
    Answer("Rookery Games 2026", 9),
    Answer('=HYPERLINK("https://x.example";"Larkspur 2026")', 12),
    Answer("Aurelia Hotels 2026", 9),
    Answer("Quince Foods 2026", 6),
    Answer("Yarrow Farms 2026", 17),
)
ANSWERED_AT = "14:30"
