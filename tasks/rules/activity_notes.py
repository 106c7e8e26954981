"""How far the touches of a review can be trusted, a sentence each."""

from tasks.rules.activity_findings import ActivityBook, Touches
from tasks.rules.among import is_among
from tasks.rules.places import zones_of
from tasks.rules.touches import completed


def notes_of(book: ActivityBook, made: Touches) -> tuple[str, ...]:
    """What the reader should know of the touches that `touches_of` made of the book; nothing where all is well."""
    touches, people = made.touches, book.people.drop_duplicates("id")
    of_ours = touches["kind"].eq("email") & touches["direction"].eq("outbound") & ~touches["automated"]
    written = touches.loc[of_ours, "person_id"].dropna().drop_duplicates()
    unknown = len(written) - int(zones_of(people[is_among(people["id"], written)]).str.len().gt(0).sum())
    no_way = touches["kind"].eq("email") & touches["direction"].eq("unknown") & ~touches["automated"]
    done = book.activities[completed(book.activities)["closed"].array]
    undated = done["at"].isna() & done["due"].isna()
    out = people.loc[is_among(people["id"], touches["person_id"]), "opted_out"].astype("boolean").fillna(value=False)
    notes = [
        _said(made.unnamed, "touch names", "touches name", "neither a person nor an account"),
        f"working hours of {unknown:,} of {len(written):,} people not known" if unknown else "",
        _said(no_way.sum(), "logged mail has", "logged mails have", "no direction: not judged"),
        _said(undated.sum(), "activity has", "activities have", "neither a time nor a day: give it one to be judged"),
        "when someone opted out is not recorded: mail from before it is listed too" if out.any() else "",
    ]
    return tuple(filter(None, notes))


def _said(count: int, one: str, many: str, what: str) -> str:
    return f"{count:,} {one if count == 1 else many} {what}" if count else ""
