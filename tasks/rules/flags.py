"""Short texts on rows of a frame: "" where a row has nothing to say, gathered into one tuple a row."""

from collections.abc import Sequence

import pandas as pd


def flagged(mask: pd.Series, text: str | pd.Series) -> pd.Series:
    """`text` where `mask` holds, else ""; a missing mask does not hold."""
    holds = mask.astype("boolean").fillna(value=False).astype(bool)
    if not holds.any():
        return pd.Series("", index=mask.index, dtype="str")
    texts = text if isinstance(text, pd.Series) else pd.Series(text, index=mask.index, dtype="str")
    return texts.where(holds, "").fillna("")


def gathered(flags: Sequence[pd.Series]) -> pd.Series:
    """One tuple a row with the texts that are not empty, in the order of `flags`."""
    rows = zip(*(flag.tolist() for flag in flags), strict=True)
    return pd.Series([tuple(filter(None, row)) for row in rows], index=flags[0].index, dtype=object)


def counted(numbers: pd.Series, noun: str, plural: str = "") -> pd.Series:
    """ "1 day", "45 days"; "" where the number is missing. `plural` is that of a noun which takes more than an "s"."""
    many = plural or f"{noun}s"
    words = {n: f"{n:.0f} {noun if n == 1 else many}" for n in numbers.dropna().unique()}
    return numbers.map(words).astype("str").fillna("")


def ago(days: pd.Series) -> pd.Series:
    """ "today", "1 day ago", "3 days ago"; "" where missing."""
    return (counted(days, "day") + " ago").where(~days.eq(0), "today").where(days.notna(), "")
