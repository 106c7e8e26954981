"""Each person's touches in a row: which of them count, which answer, how long nobody has answered (handbook L138)."""

import pandas as pd

_OURS = ("call", "linkedin", "task")  # a rep logs what the rep did: nobody says of a call which way it went
_ORDER = ["sequence", "day", "rank", "at", "later", "id"]


def marked(touches: pd.DataFrame) -> pd.DataFrame:
    """The touches (columns of `Touches.touches`), in their order, with a RangeIndex and these columns beside:

    who         whose sequence a touch is in: the person, else the account as a whole; missing where neither is named
    sequence    a number for each `who`, -1 where missing: such touches are never judged
    order       the place in the order of sequences, each by day and moment. Without a moment a response comes first of
                its day and a touch of ours last, which is the order that is kinder to the rep
    by_hand     no machine and no automatic reply
    outward     ours, by hand: outbound, or a call, message or task of which nobody knows the way. A mail of which
                nobody does is neither
    burden      what they got: outward, or sent to them by a machine. No meetings
    response    inbound by hand, or a meeting. It ends a run
    answers     the first outward touch after a response that had none yet, whoever of ours it is from
    counts      outward, by a rep, no support, no answer: what the rhythm is judged by
    run         how many responses there were before (int)
    place       1, 2, 3 … among those of the run that count, over all reps; 0 for others
    answered    counts, and a response came later
    gap_days    whole office days since the touch before that counts, in the same run; missing for the first
    """
    known = _ways(touches.reset_index(drop=True))
    sequence = _with_echoes(known).sort_values(_ORDER, ignore_index=True)
    own = _judged(sequence)
    own = own[~own["echo"]].set_index("row")
    marks = own[["order", "answers", "counts", "run", "place", "answered", "gap_days"]].reindex(known.index)
    flags = {name: marks[name].astype("boolean").fillna(value=False).astype(bool) for name in _FLAGS}
    numbers = {name: marks[name].fillna(0).astype("int64") for name in ("run", "place")}
    return known.assign(order=marks["order"].fillna(-1).astype("int64"), **flags, **numbers, gap_days=marks["gap_days"])


_FLAGS = ("answers", "counts", "answered")


def in_order(marks: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """These columns of what is judged, sequence by sequence, each as it happened."""
    judged = marks.loc[marks["order"].ge(0), [*columns, "order"]]
    return judged.sort_values("order")


def _ways(touches: pd.DataFrame) -> pd.DataFrame:
    """The touches with who, sequence and what each is by itself."""
    who = touches["person_id"].fillna(touches["account_id"])
    direction = touches["direction"].fillna("unknown")
    by_hand = ~touches["automated"].astype("boolean").fillna(value=False).astype(bool)
    ours = direction.eq("outbound") | (direction.eq("unknown") & touches["kind"].isin(_OURS))
    by_machine = ~by_hand & direction.isin(["outbound", "unknown"])
    sequence, _ = pd.factorize(who)
    return touches.assign(
        who=who,
        sequence=sequence,
        by_hand=by_hand,
        outward=by_hand & ours,
        burden=(by_hand & ours) | by_machine,
        response=by_hand & direction.isin(["inbound", "both"]),
    )


def _with_echoes(known: pd.DataFrame) -> pd.DataFrame:
    """One row an event of a sequence. What people of an account say, and what they are told by name, is heard by the
    sequence of the account as a whole too, as an `echo`: anybody there may be the one who answers."""
    support = known["support"].astype("boolean").fillna(value=False).astype(bool)
    rank = pd.Series(2, index=known.index).mask(known["response"], 0).mask(known["at"].notna(), 1)
    events = known[["sequence", "day", "at", "id", "outward", "response"]].assign(
        row=known.index, rank=rank, later=~known["response"], mine=known["rep_id"].notna() & ~support, echo=False
    )
    events = events[events["sequence"].ge(0) & events["day"].notna()]
    unnamed = known[known["person_id"].isna() & known["sequence"].ge(0)]
    if unnamed.empty:
        return events
    wholes = unnamed.drop_duplicates("who").set_index("who")["sequence"]
    place = pd.Series(wholes.index.get_indexer(pd.Index(known["account_id"])), index=known.index)
    heard = place.ge(0) & known["person_id"].notna() & (known["outward"] | known["response"])
    echoes = events[heard.reindex(events.index).astype(bool)]
    echoes = echoes.assign(sequence=wholes.to_numpy()[place.reindex(echoes.index)], echo=True)
    return pd.concat([events, echoes], ignore_index=True)


def _judged(events: pd.DataFrame) -> pd.DataFrame:
    """The events, in order, with what they are in their sequence."""
    sequence, day = events["sequence"], events["day"]
    run = events["response"].groupby(sequence).cumsum().astype("int64")
    # Each response begins a stretch, and so does each sequence: within a stretch sums are cheap.
    stretch = (events["response"] | sequence.ne(sequence.shift())).cumsum()
    answers = events["outward"] & run.gt(0) & events["outward"].groupby(stretch).cumsum().eq(1)
    counts = events["outward"] & events["mine"] & ~events["echo"] & ~answers
    place = counts.groupby(stretch).cumsum().where(counts, 0)
    last_run = run.groupby(sequence).transform("max")
    counting = stretch[counts]
    gap = day[counts].diff().dt.days.where(counting.eq(counting.shift()))
    return events.assign(
        order=events.index,
        answers=answers,
        counts=counts,
        run=run,
        place=place,
        answered=counts & run.lt(last_run),
        gap_days=gap.reindex(events.index).astype("float64"),
    )
