"""The pipeline review: every open opportunity judged as of one day (handbook L104). Frames in, findings out."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pandas as pd

from tasks.rules.clock import office_day, quarters_of
from tasks.rules.findings import Book, Deal, Level, Review, Touch, Verdict
from tasks.rules.pipeline_book import EACH_WAY, DatedBook, dated, newest_each_way
from tasks.rules.pipeline_capture import capture, sentences
from tasks.rules.pipeline_holds import holds, is_renewal
from tasks.rules.pipeline_hygiene import close_date_moves, hygiene
from tasks.rules.pipeline_problems import problems
from tasks.rules.pipeline_reasons import handbook, reasons
from tasks.rules.pipeline_silence import silence
from tasks.rules.policy import PipelinePolicy

_COLUMNS = [f.name for f in fields(Deal)]
_EVIDENCE = ["opportunity_id", *(f.name for f in fields(Touch))]


def review(book: Book, as_of: date, policy: PipelinePolicy) -> Review:
    """Judges every open opportunity of `book` as of the office day `as_of`.

    Raises TypeError for a moment instead of a day, and ValueError for naive moments and for repeated ids.
    """
    if isinstance(as_of, datetime):
        raise TypeError(f"as_of is a day in the office, not the moment {as_of}: use clock.office_day")
    ready = dated(book, as_of, policy)
    quiet = silence(ready)
    trust = capture(ready, quiet)
    held_by = holds(ready, quiet, trust.doubt)
    deals = _judged(ready, quiet, held_by)
    return Review(
        as_of=as_of,
        deals=deals.sort_values(["value", "id"], ascending=[False, True], ignore_index=True),
        evidence=_evidence(ready, deals),
        expected=book.expected,
        corporate_currency=policy.corporate_currency,
        unconverted=_unconverted(deals),
        untrusted_owners=tuple(trust.owners["owner"]),
        notes=(*book.notes, *sentences(trust.owners, policy.collapse_window_days), *_notes(ready)),
        ceiling=_ceiling(ready, int(deals["verdict"].eq(Verdict.PROPOSE).sum())),
    )


def deals_with(review: Review, verdict: Verdict) -> list[Deal]:
    """The deals of one verdict, most money first, then by id."""
    return [_deal(row) for row in review.deals[review.deals["verdict"].eq(verdict)].to_dict("records")]


def evidence_of(review: Review, opportunity_id: str) -> list[Touch]:
    """The three last touches each way of a deal, newest first; a meeting is one of either way's, and touches without a
    known direction have three places of their own."""
    found = review.evidence[review.evidence["opportunity_id"].eq(opportunity_id)]
    ways = (("inbound", "both"), ("outbound", "both"), ("unknown",))
    kept = pd.concat([found[found["direction"].isin(way)].head(EACH_WAY) for way in ways]).index.unique()
    return [_touch(row) for row in found.loc[kept.sort_values()].to_dict("records")]


def totals_by_verdict(review: Review) -> pd.DataFrame:
    """verdict, deals, value (corporate currency; without the deals of `review.unconverted`), every verdict once."""
    sums = _sums(review, "verdict").reindex([str(verdict) for verdict in Verdict])
    return sums.fillna(0).astype({"deals": int}).rename_axis("verdict").reset_index()


def totals_by_quarter(review: Review) -> pd.DataFrame:
    """quarter ("Q4 2026"; "" without a close date), deals, value; the earliest first, the deals without one last."""
    sums = _sums(review, "quarter").reset_index()
    when = sums["quarter"].str[3:].where(sums["quarter"].ne("")) + sums["quarter"].str[:2]
    return sums.iloc[when.argsort()].reset_index(drop=True)


def _sums(review: Review, by: str) -> pd.DataFrame:
    return review.deals.groupby(by).agg(deals=("id", "size"), value=("value", "sum"))


def _judged(book: DatedBook, quiet: pd.DataFrame, held_by: pd.Series) -> pd.DataFrame:
    """The columns of `Deal`, one row a deal in the order of `book.deals`."""
    deals, policy = book.deals, book.policy
    verdict = _verdict(book, quiet, held_by)
    moves = close_date_moves(book)
    currency = deals["currency"].fillna(policy.corporate_currency)
    rate = currency.map({**policy.currency_rates, policy.corporate_currency: 1.0}).astype("float64")
    stage_since = office_day(deals["stage_since"], policy.time_zone).fillna(book.last_change("StageName"))
    judged = quiet.assign(
        **{name: deals[name].fillna("") for name in ("id", "name", "account", "owner_id", "owner", "stage")},
        owner_active=deals["owner_active"].astype("boolean").fillna(value=False).astype(bool),
        amount=deals["amount"],
        currency=currency,
        value=deals["amount"] * rate,
        close_date=deals["close_date"],
        quarter=quarters_of(deals["close_date"]),
        verdict=verdict,
        reason=reasons(book, quiet, verdict, held_by),
        handbook=handbook(book, quiet, verdict),
        holds=held_by.where(verdict.eq(Verdict.HELD), pd.Series([()] * len(deals), dtype=object)),
        days=quiet["days"].fillna(0).astype(int),
        renewal=is_renewal(book),
        stage_days=book.ago(stage_since).astype("Int64"),
        pushes=moves["pushes"],
        slipped=moves["slipped_from"].ne(""),
        hygiene=hygiene(book, moves),
        problems=problems(book),
        slipped_from=moves["slipped_from"],
    )
    return judged[_COLUMNS]


def _verdict(book: DatedBook, quiet: pd.DataFrame, held_by: pd.Series) -> pd.Series:
    """A deal never touched whose start is unknown is stale: its bad creation date holds it back."""
    stale = quiet["days"].ge(book.deals["stale_after"]) | quiet["days"].isna()
    warn = quiet["days"].ge(book.policy.warn_after_days)
    verdict = pd.Series(str(Verdict.HEALTHY), index=quiet.index, dtype="str").mask(warn, str(Verdict.WARN))
    return verdict.mask(stale, str(Verdict.PROPOSE)).mask(stale & held_by.str.len().gt(0), str(Verdict.HELD))


def _evidence(book: DatedBook, deals: pd.DataFrame) -> pd.DataFrame:
    """The touches worth showing: of deals that are not healthy, without the aggregate rows, a few each way."""
    wanted = book.touches["row"].map(deals["verdict"].ne(Verdict.HEALTHY)).astype(bool)
    newest = newest_each_way(book.touches[wanted])
    texts = {name: newest[name].fillna("") for name in ("who", "subject")}
    return newest.assign(**texts, counts=newest["talk"])[_EVIDENCE].reset_index(drop=True)


def _unconverted(deals: pd.DataFrame) -> dict[str, int]:
    left_out = deals[deals["amount"].notna() & deals["value"].isna()]
    return {str(code): int(count) for code, count in left_out.groupby("currency").size().items()}


def _notes(book: DatedBook) -> list[str]:
    notes = []
    if book.undated:
        notes.append(f"Touches without a date, left out: {book.undated}")
    if book.stages.empty:
        notes.append("The stages could not be read: whether each deal's stage exists was not checked")
    return notes


def _ceiling(book: DatedBook, proposals: int) -> str:
    """Why nothing of what is proposed may be written; "" when it may."""
    policy, deals = book.policy, len(book.deals)
    closing = book.stages[book.stages["name"].eq(policy.closed_lost_stage)]
    usable = closing["is_closed"].astype(bool) & ~closing["is_won"].astype(bool) & closing["is_active"].astype(bool)
    if not proposals:
        return ""
    if not usable.any():
        return f"'{policy.closed_lost_stage}' is not an active stage that is closed and not won: nothing can be closed"
    if proposals > policy.ceiling_count:
        return f"{proposals:,} proposals are more than the ceiling of {policy.ceiling_count}: nothing may be written"
    if deals >= policy.ceiling_share_min_deals and proposals > policy.ceiling_share * deals:
        return (
            f"{proposals:,} proposals are {proposals / deals:.0%} of {deals:,} open deals, more than the ceiling of"
            f" {policy.ceiling_share:.0%}: nothing may be written"
        )
    return ""


def _deal(row: Mapping[Any, Any]) -> Deal:
    typed = {name: _plain(row[name]) for name in _COLUMNS}
    return Deal(**{**typed, "verdict": Verdict(row["verdict"]), "level": Level(row["level"])})


def _touch(row: Mapping[Any, Any]) -> Touch:
    typed: dict[str, Any] = {name: _plain(row[name]) for name in _EVIDENCE[1:]}
    at = None if pd.isna(row["at"]) else row["at"].to_pydatetime()
    return Touch(**{**typed, "level": Level(row["level"]), "at": at})


def _plain(value: Any) -> Any:
    """A cell as `Deal` holds it: a day as a date, what is missing as None."""
    if isinstance(value, tuple):
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
