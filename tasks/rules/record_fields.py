"""Fields of an opportunity as Salesforce gives them, compared and put into words."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tasks.rules.clock import office_day
from tasks.rules.proposals import Fields
from tasks.rules.wording import day_said, money_said, name_said

# Salesforce moves these by itself with every change of the stage or the close date, or with every write. They can
# be neither written nor undone, and go back by themselves where the stage does.
FOLLOWS = frozenset(
    {
        "Probability", "ForecastCategory", "ForecastCategoryName", "ExpectedRevenue", "IsClosed", "IsWon",
        "StageSortOrder", "LastStageChangeDate", "LastStageChangeInDays", "LastAmountChangedHistoryId",
        "LastCloseDateChangedHistoryId", "Fiscal", "FiscalQuarter", "FiscalYear", "PushCount", "AgeInDays",
        "HasOpenActivity", "HasOverdueTask", "LastActivityDate", "LastActivityInDays", "IqScore",
        "LastModifiedDate", "LastModifiedById", "LastModifiedBy.Name", "SystemModstamp", "LastViewedDate",
        "LastReferencedDate",
    }
)  # fmt: skip

_LABELS = {"StageName": "Stage", "OwnerId": "Owner", "Owner.Name": "Owner", "CurrencyIsoCode": "Currency"}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?")


def label(field: str) -> str:
    """ "Close date" for CloseDate, "Loss reason" for Loss_Reason__c or acme__Loss_Reason__c."""
    if field in _LABELS:
        return _LABELS[field]
    own = re.sub(r"^[A-Za-z0-9]+__(?=.+__c$)", "", field).removesuffix("__c").removesuffix("Id").removesuffix(".Name")
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", own.replace("_", " ")).split() or [field]
    rest = (word if word.isupper() else word.lower() for word in words[1:])
    return name_said(" ".join([words[0][:1].upper() + words[0][1:], *rest]))


def same_value(one: Any, other: Any) -> bool:
    """Whether two values of a field are the same; a missing one and an empty text are."""
    return bool(plain(one) == plain(other))


def plain(value: Any) -> Any:
    """The value with an empty text as None."""
    return None if isinstance(value, str) and not value else value


def value_said(value: Any, today: date) -> str:
    """ "23 Nov", "yes", "empty"; a text in quotation marks."""
    if plain(value) is None:
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return money_said(value, "")
    found = _DAY.fullmatch(str(value))
    try:
        return day_said(date.fromisoformat(found[1]), today) if found else f"'{name_said(str(value))}'"
    except ValueError:  # "2026-13-45" only looks like a day
        return f"'{name_said(str(value))}'"


def moment(value: Any) -> datetime | None:
    """A moment as Salesforce writes it, "2026-11-20T10:00:00.000+0000"; None for what is none."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read if read.tzinfo else None


def editor(record: Fields, today: date, time_zone: str) -> str:
    """Who last edited the record and when, "Ann Lee on 21 Nov"; "" where neither can be read."""
    who = name_said(str(record.get("LastModifiedBy.Name") or ""))
    when = moment(record.get("LastModifiedDate"))
    on = f"on {day_said(office_day(when, time_zone), today)}" if when else ""
    return " ".join(part for part in (who or ("somebody" if on else ""), on) if part)


def moved_by_org(before: Fields, sent: Fields, after: Fields) -> dict[str, tuple[Any, Any]]:
    """The fields that a write changed beside those that were sent, as (before, after): none where one of the two
    images could not be read."""
    both = (before.keys() & after.keys()) - sent.keys()
    pairs = {field: (before[field], after[field]) for field in sorted(both)}
    return {field: pair for field, pair in pairs.items() if not same_value(*pair)}


def worth_naming(fields: Iterable[str]) -> list[str]:
    """Those of the fields that do not merely follow from the stage, by their words; an owner by name alone."""
    named = set(fields) - FOLLOWS
    if "Owner.Name" in named:
        named.discard("OwnerId")
    return sorted(named, key=lambda field: (label(field), field))
