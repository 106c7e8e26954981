"""Values of records: what they must look like, what they are compared with, and how a wrong one is told. Pure."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from tasks.rules.expected import Among, Equals, Has, Matches, NotAfter, Opens, Pattern, Records, Source
from tasks.rules.wording import name_said

# https, linkedin.com or a host below it, no user, no port, and a path that shows one thing. They mean the same in
# Python's `re` and in RE2, which pandas uses for Arrow strings: no groups that capture, nothing that looks ahead.
_HOST: Final = r"(?i)^https://(?:[a-z0-9-]+\.)*linkedin\.com"
_ONE: Final = r"[^\s/?#\\]+(?:[/?#][^\s\\]*)?$"
PATTERNS: Final[Mapping[Pattern, str]] = {
    Pattern.YEAR: r"\b20[0-9][0-9]\b",
    Pattern.LINKEDIN_PERSON: rf"{_HOST}/in/{_ONE}",
    Pattern.LINKEDIN_COMPANY: rf"{_HOST}/(?:company|school|showcase)/{_ONE}",
    Pattern.SALES_NAVIGATOR: rf"{_HOST}/sales/{_ONE}",
}
NOT_LIKE: Final[Mapping[Pattern, str]] = {
    Pattern.YEAR: "has no year",
    Pattern.LINKEDIN_PERSON: "is not the https address of a LinkedIn profile",
    Pattern.LINKEDIN_COMPANY: "is not the https address of a LinkedIn company",
    Pattern.SALES_NAVIGATOR: "is not an https address of LinkedIn sales navigator",
}
UNEQUAL: Final[Mapping[Source, str]] = {
    Source.COUNT: "is not their opportunities",
    Source.COUNT_WON: "is not their won opportunities",
    Source.FIRST_WON: "is not the close date of their first won opportunity",
    Source.SUM_WON: "is not the sum of their won opportunities",
}


def is_filled(values: pd.Series) -> pd.Series:
    """Which are there; a text of spaces is none."""
    there = values.notna()
    if pd.api.types.is_string_dtype(values.dtype):
        there &= values.astype("str").fillna("").str.strip().ne("")
    return there


def stripped(values: pd.Series) -> pd.Series:
    """Texts without spaces around them; a text of spaces is missing."""
    texts = values.astype("str").str.strip()
    return texts.where(is_filled(values))


def among(frame: pd.DataFrame, which: Among) -> pd.DataFrame:
    """The rows that are looked at. Raises KeyError where what tells them (IsClosed, IsWon) was not read."""
    if which is Among.ALL:
        return frame
    column = "IsWon" if which is Among.WON else "IsClosed"
    holds = frame[column].astype("boolean").fillna(value=False).astype(bool)
    return frame[holds if which is Among.WON else ~holds]


def beside_sums(values: pd.DataFrame, sums: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The rows (Id, Name, value) with `other`: what the roll-up sums. Where an account has nothing to sum, `other` is
    0 (a missing date), and a blank value is as right as 0. Money to the cent.

    `sums`: account_id, and a column a `Source` value. Raises KeyError where that column was not read.
    """
    summed = sums.drop_duplicates("account_id").set_index("account_id")[source.value]
    other = values["Id"].map(summed)
    if source is Source.FIRST_WON:
        return values.assign(value=_days(values["value"]), other=_days(other))
    other = pd.to_numeric(other).astype("float64").fillna(0.0).round(2)
    value = pd.to_numeric(values["value"]).astype("float64").round(2)
    return values.assign(value=value.mask(value.isna() & other.eq(0), 0.0), other=other)


def are_wrong(claim: Records, frame: pd.DataFrame) -> pd.Series:
    """Which rows (Id, Name, value[, other]) are not as the claim says."""
    value = frame["value"]
    if isinstance(claim, Matches):
        return ~value.astype("str").str.contains(PATTERNS[claim.pattern], regex=True, na=False)
    if isinstance(claim, Equals):
        same = value.eq(frame["other"]) | (value.isna() & frame["other"].isna())
        return ~same
    if isinstance(claim, NotAfter):
        return value > frame["other"]
    if isinstance(claim, Has):
        return ~is_filled(frame["other"])
    if isinstance(claim, Opens):
        return frame["other"].eq("broken")
    return pd.Series(data=True, index=frame.index)  # every note is one too many


def found_in(claim: Records, row: Mapping[str, object]) -> str:
    """What a wrong row (Name, value, other) has, in few words: "is 3, should be 5"; "" where its name says it."""
    value, other = _said(row["value"]), _said(row.get("other"))
    if isinstance(claim, Equals):
        return f"is {value or 'blank'}, should be {other or 'blank'}"
    if isinstance(claim, NotAfter):
        return f"{value} is after {other}"
    if isinstance(claim, Has):
        return ""
    if isinstance(claim, Matches | Opens):
        return (value or "blank") if row["value"] != row.get("Name") else ""
    return " ".join(filter(None, (f"{value} note", other)))


def _days(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values).dt.normalize().astype("datetime64[us]")


def _said(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:,.2f}".removesuffix(".00")
    return name_said(str(value))
