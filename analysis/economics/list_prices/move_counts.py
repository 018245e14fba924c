"""Raises and cuts of list prices counted by year, and every change that was removed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.economics.columns import INPUT, OUTPUT
from analysis.economics.list_prices.lists import ListPrices
from analysis.errors import InputError
from analysis.methods import proportion

REASONS = {
    "flagged": "the price before or after carries a flag",
    "rounding": "less than 1 % in both prices",
    "slipped_point": "a price changed by a power of ten",
    "alias_moved": "the name came to stand for another model",
    "reversed": "taken back within 190 days",
    "endpoint": "a list copies a router, which shows one endpoint at a time",
    "bulk": "five listings or more of a host by one ratio on one day",
    "same_model": "another listing of the model made the same move",
    "other_list": "another list had told the same move before",
}


def by_year(prices: ListPrices) -> pd.DataFrame:
    """Raises and cuts of any size that were kept, a row a year, and how many were removed.

    Columns: source, year, raises, cuts, mixed, share_raised, low, high (95 %), removed.
    """
    rows = []
    for year, moves in prices.moves.groupby(prices.moves["date"].dt.year):
        kept = moves.loc[moves["reason"] == "", "direction"].value_counts()
        raises, cuts = int(kept.get("raise", 0)), int(kept.get("cut", 0))
        found = proportion.share(raises, raises + cuts) if raises + cuts else None
        rows.append(
            {
                "source": prices.source,
                "year": int(year),
                "raises": raises,
                "cuts": cuts,
                "mixed": int(kept.get("mixed", 0)),
                "share_raised": found.share if found else np.nan,
                "low": found.interval[0] if found else np.nan,
                "high": found.interval[1] if found else np.nan,
                "removed": int((moves["reason"] != "").sum()),
            }
        )
    if not rows:
        raise InputError("prices", "has no price change by that day")
    return pd.DataFrame(rows)


def removed(prices: ListPrices) -> pd.DataFrame:
    """Every change that was taken out, with the reason in words.

    Columns: source, list, listing, host, date, the prices before and after, ratio, reason, flag
    (of the row that speaks against it).
    """
    moves = prices.moves[prices.moves["reason"] != ""]
    flag = moves["flag"].where(moves["flag"] != "", moves["flag_before"])
    frame = moves.assign(
        source=prices.source,
        reason=moves["reason"].map(REASONS),
        flag=flag.where(moves["reason"] == "flagged", ""),
    )
    columns = ["source", "list", "listing", "host", "date", "input_before", "output_before"]
    return frame[[*columns, INPUT, OUTPUT, "ratio", "reason", "flag"]].reset_index(drop=True)


def by_weights(prices: ListPrices, quality: pd.DataFrame) -> pd.DataFrame:
    """Raises and cuts that were kept, of scored models with open and with closed weights.

    Open weights are sold by many hosts, of which a router shows one at a time; closed ones by
    their vendor and a few clouds. Columns: source, weights, models, raises, cuts.

    Raises:
        InputError: when no scored model changed its price.
    """
    is_open = quality.groupby("model")["open_weights"].max().astype(bool)
    moves = prices.moves[(prices.moves["reason"] == "") & prices.moves["model"].isin(is_open.index)]
    if moves.empty:
        raise InputError("prices", "has no change of a scored model by that day")
    names = moves["model"].map(is_open).map({True: "open", False: "closed"})
    rows = [
        {
            "source": prices.source,
            "weights": name,
            "models": part["model"].nunique(),
            "raises": int((part["direction"] == "raise").sum()),
            "cuts": int((part["direction"] == "cut").sum()),
        }
        for name, part in moves.groupby(names)
    ]
    return pd.DataFrame(rows)


def reasons_by_year(prices: ListPrices) -> pd.DataFrame:
    """How many changes each reason removed, a row a reason, a column a year."""
    moves = prices.moves[prices.moves["reason"] != ""]
    if moves.empty:
        raise InputError("prices", "has no removed change by that day")
    table = pd.crosstab(moves["reason"].map(REASONS), moves["date"].dt.year)
    return table.rename_axis(index="reason", columns=None)
