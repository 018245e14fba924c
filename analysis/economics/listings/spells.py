"""From change events to spells: who asked which price for what, from when until when."""

from __future__ import annotations

import itertools
from collections.abc import Collection

import pandas as pd

from analysis.economics.columns import INPUT, LISTING, OUTPUT, listed, prices, require

# Kinds of flags that make a row unfit for a comparison of list prices of text models.
FLAWS = frozenset(
    {
        "alias_roll",
        "fine_tune",
        "free_or_local",
        "inverted",
        "no_token_price",
        "non_text",
        "one_sided",
        "per_character",
        "placeholder",
        "recording_error",
        "regional",
        "stale",
        "unit_error",
        "variant",
        "withdrawn",
    }
)
_COLUMNS = ("list", "listing", "host", "model", "date", "until", INPUT, OUTPUT, "flag")


def intervals(events: pd.DataFrame, *, patience: str = "190D") -> pd.DataFrame:
    """Spells of one price: a row from each event until the next of the same listing.

    A list speaks only while copies of it keep coming: where the next copy is more than
    ``patience`` away, or none follows although another list went on for that long, open spells
    end on the day after the last copy and start again with the next one.

    Args:
        events: rows of ``api_prices`` or ``router_prices`` as loaded.
        patience: longest gap between two copies of a list that a spell may bridge.

    Returns:
        list, listing, host, model, date (first day), until (first day no longer asked; missing
        if still asked), the two prices in USD per million tokens, flag.

    Raises:
        InputError: for missing columns.
    """
    frame = listed(events).sort_values([*LISTING, "date"], kind="stable")
    frame["until"] = frame.groupby(LISTING, sort=False)["date"].shift(-1)
    spells = frame.loc[frame["event"] != "gone", list(_COLUMNS)]
    newest, wait = events["refers_to"].max(), pd.Timedelta(patience)
    pieces = []
    for name, rows in spells.groupby("list", sort=True):
        copies = pd.DatetimeIndex(frame.loc[frame["list"] == name, "date"].unique()).sort_values()
        pieces += _within(rows, _silences(copies, newest, wait))
    if not pieces:
        return spells.reset_index(drop=True)
    order = ["date", *LISTING]
    return pd.concat(pieces).sort_values(order, kind="stable").reset_index(drop=True)


def _silences(
    copies: pd.DatetimeIndex, newest: pd.Timestamp, wait: pd.Timedelta
) -> list[tuple[pd.Timestamp, pd.Timestamp | None]]:
    """Gaps in which the list says nothing: (first silent day, next copy or None)."""
    day = pd.Timedelta("1D")
    gaps: list[tuple[pd.Timestamp, pd.Timestamp | None]] = [
        (last + day, following)
        for last, following in itertools.pairwise(copies)
        if following - last > wait
    ]
    if newest - copies[-1] > wait:
        gaps.append((copies[-1] + day, None))
    return gaps


def _within(
    rows: pd.DataFrame, silences: list[tuple[pd.Timestamp, pd.Timestamp | None]]
) -> list[pd.DataFrame]:
    """Spells cut into the parts outside of the silences."""
    done = []
    for start, end in silences:
        crossing = (rows["date"] < start) & ~(rows["until"] <= start)
        done.append(rows[~crossing & (rows["date"] < start)])
        done.append(rows[crossing].assign(until=start))
        if end is None:
            rows = rows.iloc[:0]
            break
        resumed = rows[crossing & ~(rows["until"] <= end)].assign(date=end)
        rows = pd.concat([resumed, rows[rows["date"] >= start]])
    return [part for part in (*done, rows) if len(part)]


def clean(spells: pd.DataFrame, *, drop_flags: Collection[str] = FLAWS) -> pd.DataFrame:
    """Spells with both prices and none of the flags in ``drop_flags``.

    A flag is matched by its kind: the part before a colon, several joined by ``|``.

    Raises:
        InputError: for missing columns or a flag that is not one of ``FLAWS``.
    """
    require("spells", spells, ["flag", INPUT, OUTPUT])
    unfit = has_flag(spells["flag"], drop_flags) | prices(spells).isna().any(axis=1)
    return spells[~unfit].reset_index(drop=True)


def has_flag(flags: pd.Series[str], kinds: Collection[str]) -> pd.Series[bool]:
    """Whether each cell has a flag of one of the kinds."""
    from analysis.methods import validate

    for kind in kinds:
        validate.choice("drop_flags", kind, FLAWS)
    wanted = set(kinds)
    found = {cell: bool(wanted & _kinds(cell)) for cell in flags.unique()}
    return flags.map(found).astype(bool)


def _kinds(cell: str) -> set[str]:
    return {flag.partition(":")[0] for flag in cell.split("|") if flag}


def blended(frame: pd.DataFrame, *, output_share: float = 0.25) -> pd.Series[float]:
    """One price of a token mix, P = (1 - s) P_in + s P_out, in USD per million tokens.

    The default of one output token to three input tokens is that of Artificial Analysis and of
    Cottier et al. (2025).

    Raises:
        InputError: for missing columns or a share outside [0, 1].
    """
    from analysis.methods import validate

    share = validate.probability("output_share", output_share)
    require("frame", frame, [INPUT, OUTPUT])
    return ((1 - share) * frame[INPUT] + share * frame[OUTPUT]).rename("price")


def matched_panel(
    spells: pd.DataFrame, *, freq: str = "MS", output_share: float = 0.25
) -> pd.DataFrame:
    """Price of every listing on the first day of each period: period, item, price.

    An item is one listing of one list, so lists are never compared with each other. Periods
    run from the first spell to the last date among the spells; there are no quantities.

    Raises:
        InputError: for missing columns.
    """
    require("spells", spells, [*LISTING, "date", "until", INPUT, OUTPUT])
    rows = spells.assign(price=blended(spells, output_share=output_share))
    rows["item"] = rows["list"] + "|" + rows["listing"]
    last = pd.concat([rows["date"], rows["until"]]).max()
    parts = [
        rows.loc[(rows["date"] <= day) & ~(rows["until"] <= day), ["item", "price"]].assign(
            period=day
        )
        for day in pd.date_range(rows["date"].min(), last, freq=freq)
    ]
    panel = pd.concat(parts) if parts else pd.DataFrame(columns=["period", "item", "price"])
    return panel[["period", "item", "price"]].reset_index(drop=True)
