"""What tells of an open deal: the few of its touches by which `pipeline.review` comes to the same findings.

A deal may have thousands of touches. Judging looks at the last ones, and the report shows a few of the silent deals'.
So many deals can be judged together whose activities would not fit one process: each partition of them is read and
reduced by itself, and `review` judges what is left of all. Pure.
"""

from datetime import date

import pandas as pd

from tasks.rules.pipeline_book import dated_touches, newest_each_way
from tasks.rules.pipeline_holds import may_hold_back
from tasks.rules.pipeline_silence import INBOUND, OUTBOUND


def telling(
    touches: pd.DataFrame, deals: pd.DataFrame, as_of: date, time_zone: str, silent_after_days: int
) -> pd.DataFrame:
    """The rows of `touches` (as in `findings.Book`) on which the review of `deals` (id) depends; at most 16 a deal, and
    those without a date, which are counted.

    The last communication, the last each way, and the last that may hold back; of deals that were silent for
    `silent_after_days` or longer also what the report may show. A deal that was not is healthy under every limit of
    `scope.shortest_silence`.
    """
    dated = dated_touches(touches, deals, as_of, time_zone)
    past = dated[dated["ago"] >= 0]
    talk = past[past["talk"]]
    last = talk.drop_duplicates("row", keep="last")
    lively = last.loc[last["ago"] < silent_after_days, "row"]
    kept = [
        dated[dated["day"].isna()],
        last,
        *(talk[talk["direction"].isin(way)].drop_duplicates("row", keep="last") for way in (INBOUND, OUTBOUND)),
        past[may_hold_back(past)].drop_duplicates("row", keep="last"),
        newest_each_way(past[~past["row"].isin(lively)]),
    ]
    rows = pd.Index([]).append([part.index for part in kept]).unique().sort_values()
    return dated.loc[rows, touches.columns].reset_index(drop=True)


def next_meetings(booked: pd.DataFrame) -> pd.DataFrame:
    """The next meeting of each deal, of those in `booked` (as in `findings.Book`)."""
    first = booked.sort_values("starts", kind="stable").drop_duplicates("opportunity_id")
    return first.reset_index(drop=True)
