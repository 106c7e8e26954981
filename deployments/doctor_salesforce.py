"""The door to Salesforce: the login, what the rituals read, what they write, and what is more than they need."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from deployments.doctor_lines import Line, ok, warn, wrong
from tasks.clients import LimitReached, Refused, SalesforceDoor, salesforce
from tasks.salesforce_asked import Asked, asked, unreadable
from tasks.salesforce_structure_queries import profile
from tasks.settings import Settings

DOOR = "Salesforce"
_SETUP = "SELECT Id FROM SetupAuditTrail LIMIT 1"
_ALL_DATA = "SELECT PermissionsModifyAllData FROM UserPermissionAccess LIMIT 1"
_STAGE = "StageName"


def salesforce_lines(settings: Settings) -> Iterator[Line]:
    """What the integration user may do, line by line. Raises Refused or Unavailable where it cannot even log in."""
    door = salesforce(settings)
    yield ok(DOOR, "logged in")
    yield from _readable(door, settings)
    yield from _setup(door, settings)
    yield from _writable(door, settings)
    yield from _too_much(door)
    used, allowed = door.usage
    if allowed:
        yield ok(DOOR, f"{used:,} of the org's {allowed:,} API calls of the day are used")


def _readable(door: SalesforceDoor, settings: Settings) -> Iterator[Line]:
    """A line for each ritual that can read all it asks for, and for each object of which it cannot."""
    lacking: dict[str, dict[str, str]] = defaultdict(dict)
    queries = list(asked(settings, datetime.now(ZoneInfo(settings.pipeline.time_zone))))
    for one in queries:
        for what, said in _lacks(door, one):
            lacking[one.ritual].setdefault(what, said)
    for ritual in dict.fromkeys(one.ritual for one in queries):
        objects = sorted({one.sobject for one in queries if one.ritual == ritual})
        if not lacking[ritual]:
            yield ok(DOOR, f"{ritual}: reads {', '.join(objects)}")
        for said in lacking[ritual].values():
            yield wrong(DOOR, f"{ritual}: {said}")


def _lacks(door: SalesforceDoor, one: Asked) -> Iterator[tuple[str, str]]:
    """What keeps a query from being answered, by what is named; field after field, as Salesforce names one at a
    time."""
    now: Asked | None = one
    while now:
        try:
            door.json(f"query?q={quote(now.soql)}")
        except LimitReached:
            raise
        except Refused as error:
            field = unreadable(str(error))
            if not field and now.plainer:
                now = Asked(now.ritual, now.plainer)
                continue
            yield f"{now.sobject}.{field}" if field else now.sobject, _remedy(now.sobject, field, str(error))
            now = now.without(field) if field else None
        else:
            return


def _remedy(sobject: str, field: str, said: str) -> str:
    if field:
        return f"{sobject}.{field} cannot be read: give the integration user read access to it, or correct its setting."
    if "INVALID_TYPE" in said:
        return f"{sobject} cannot be read: give the integration user read access to the object."
    return f"{sobject} cannot be read: {said}"


def _setup(door: SalesforceDoor, settings: Settings) -> Iterator[Line]:
    """Whether the check of Salesforce sees how the org is built."""
    name = settings.validation.profile
    try:
        door.json(f"query?q={quote(_SETUP)}")
        found = door.json(f"query?q={quote(profile(name))}")["records"]
    except LimitReached:
        raise
    except Refused:
        said = "give the integration user “View Setup and Configuration”; until then it says “could not check”"
        yield warn(DOOR, f"Salesforce check: how the org is built cannot be read: {said}.")
        return
    if found:
        yield ok(DOOR, f"Salesforce check: reads how the org is built, as profile {name} sees it")
    else:
        yield wrong(DOOR, f"Salesforce check: there is no profile “{name}”: set RITUALS_VALIDATION__PROFILE.")


def _writable(door: SalesforceDoor, settings: Settings) -> Iterator[Line]:
    """Edit on two fields where somebody may decide, and nowhere where nobody may."""
    described = door.json("sobjects/Opportunity/describe")
    fields = {field["name"]: bool(field["updateable"]) for field in described["fields"]}
    wanted = [name for name in (_STAGE, settings.salesforce_loss_reason_field) if name]
    if not settings.deciders:
        if described["updateable"]:
            yield warn(
                DOOR,
                "deciding: nobody may decide, yet the user may edit opportunities: take Edit away, or set DECIDERS.",
            )
        else:
            yield ok(DOOR, "deciding: nobody may decide, and the user may edit no opportunity")
        return
    closed = [name for name in wanted if not fields.get(name)] if described["updateable"] else ["Opportunity"]
    for name in closed:
        yield wrong(DOOR, f"deciding: {name} may not be edited: give the integration user edit access to it.")
    if not closed:
        yield ok(DOOR, f"deciding: may edit {' and '.join(wanted)}")
    yield from _talks(door, settings)


def _talks(door: SalesforceDoor, settings: Settings) -> Iterator[Line]:
    if not (settings.reps.roles or settings.reps.profiles or settings.reps.users):
        return
    if door.json("sobjects/Event/describe")["createable"]:
        yield ok(DOOR, "booking talks: may create events")
    else:
        yield wrong(
            DOOR, "booking talks: no event may be made: give the integration user Create on Event, Edit Events."
        )


def _too_much(door: SalesforceDoor) -> Iterator[Line]:
    """What no ritual needs. An org that does not tell leaves it to eyes."""
    try:
        records = door.json(f"query?q={quote(_ALL_DATA)}")["records"]
    except LimitReached:
        raise
    except Refused:
        yield warn(DOOR, "least privilege: the org does not tell whether the user may Modify All Data: look in Setup.")
        return
    may = records[0] if records else {}
    if may.get("PermissionsModifyAllData"):
        yield warn(DOOR, "least privilege: the user may Modify All Data, which nothing here needs: take it away.")
    else:
        yield ok(DOOR, "least privilege: the user may not Modify All Data")
