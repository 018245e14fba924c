"""Steep raises against steep cuts of list prices over a year (c11)."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.columns import INPUT, OUTPUT
from analysis.economics.list_prices.item_links import links, ratio
from analysis.economics.list_prices.lists import FLAGS_ONLY, OTHER_LIST, RULED, ListPrices
from analysis.errors import InputError
from analysis.methods import multiverse, proportion
from analysis.methods.multiverse import Multiverse
from analysis.methods.proportion import Share

STEEP = 1.2
MONTHS = 12
LEAST = 5  # steep changes below which an alternative specification says nothing
SCREENS = {"as ruled": RULED, "flags and aliases": FLAGS_ONLY}
_SHOWN = ["list", "listing", "host", "input_before", "output_before", INPUT, OUTPUT, "ratio"]


def steep_changes(
    prices: ListPrices,
    *,
    months: int = MONTHS,
    steep: float = STEEP,
    output_share: float = 0.25,
    reasons: Collection[str] = RULED,
    one_a_host: bool = True,
) -> pd.DataFrame:
    """Listings whose blended price moved by more than ``steep`` between two days.

    Args:
        prices: one source; the later day is its ``end``.
        months: from the earlier to the later day.
        steep: up by this factor or down to its inverse (1.2: +20 %, or -17 %).
        output_share, reasons, one_a_host: see ``item_links.links``.

    Returns:
        list, listing, host, the prices at both days and ratio, dearest first; ``attrs["n"]`` has
        the number of listings compared.

    Raises:
        InputError: when no listing is live on both days.
    """
    pairs = links(prices, ends(prices, months), reasons=reasons, one_a_host=one_a_host)
    return _steep(pairs.assign(ratio=ratio(pairs, output_share)), steep)


def share_raised(prices: ListPrices, *, level: float = 0.95, output_share: float = 0.25) -> Answer:
    """Share of raises among the steep changes of the twelve months to ``prices.end`` (c11)."""
    moved = steep_changes(prices, output_share=output_share)
    found = _share(moved["ratio"].to_numpy(), STEEP, least=1, level=level)
    compared, cuts = moved.attrs["n"], found.n - found.count
    return Answer(
        estimate=found.share,
        interval=found.interval,
        n=found.n,
        method="share of raises among net changes of more than 20 %, Clopper-Pearson interval",
        reason=(
            f"Of {compared} listings live at both ends of the year, {found.count} rose steeply and"
            f" {cuts} fell steeply; the others moved less or not at all; contracts are not public"
        ),
        detail={
            "raises": found.count,
            "cuts": cuts,
            "listings_compared": compared,
            "raised": moved.loc[moved["ratio"] > 1, "listing"].tolist(),
            "cut": moved.loc[moved["ratio"] < 1, "listing"].tolist(),
        },
    )


def share_curve(prices: ListPrices) -> Multiverse:
    """Share of raises under other choices.

    Axes: what counts as steep, token mix, length of the window, screening, one row a model and
    host or every listing, and net changes over the window or every single change in it.
    """
    window = {months: ends(prices, months) for months in (6, 12, 24)}
    samples: dict[tuple[str, int, str, str], pd.DataFrame | str] = {}

    @cache
    def ratios(key: tuple[str, int, str, str], output_share: float) -> np.ndarray:
        pairs = samples[key]
        if isinstance(pairs, str):
            raise InputError("days", pairs)
        return ratio(pairs, output_share).to_numpy()

    rows = ("a model and host", "a listing")
    for screen, months, row in product(SCREENS, window, rows):
        samples["net", months, screen, row] = _attempt(
            prices, window[months], SCREENS[screen], row == rows[0]
        )
    for screen, months in product(SCREENS, window):
        moves = _moves(prices, window[months], SCREENS[screen])
        samples["each", months, screen, rows[1]] = moves

    def estimate(
        change: str, months: int, screen: str, row: str, steep: float, output_share: float
    ) -> tuple[float, float, float]:
        found = _share(ratios((change, months, screen, row), output_share), steep, least=LEAST)
        return found.share, *found.interval

    specs = [
        dict(zip(("change", "months", "screen", "row"), key, strict=True))
        | {"steep": steep, "output_share": share}
        for key, steep, share in product(samples, (1.1, STEEP, 1.5), (0.0, 0.25, 0.5, 1.0))
    ]
    return multiverse.run(specs, estimate)


def ends(prices: ListPrices, months: int) -> pd.DatetimeIndex:
    """The two days that are compared."""
    return pd.DatetimeIndex([prices.end - pd.DateOffset(months=months), prices.end])


def _attempt(
    prices: ListPrices, days: pd.DatetimeIndex, reasons: Collection[str], one_a_host: bool
) -> pd.DataFrame | str:
    try:
        return links(prices, days, reasons=reasons, one_a_host=one_a_host)
    except InputError as error:
        return error.rule


def _moves(prices: ListPrices, days: pd.DatetimeIndex, reasons: Collection[str]) -> pd.DataFrame:
    """Single changes in the window that the screening keeps."""
    moves = prices.moves
    inside = (moves["date"] > days[0]) & (moves["date"] <= days[1])
    return moves[inside & ~moves["reason"].isin({*reasons, "same_model", OTHER_LIST})]


def _steep(pairs: pd.DataFrame, steep: float) -> pd.DataFrame:
    up, down = _sides(pairs["ratio"].to_numpy(), steep)
    moved = pairs[up | down].sort_values(["ratio", "listing"], ascending=[False, True])[_SHOWN]
    moved.attrs["n"] = len(pairs)
    return moved.reset_index(drop=True)


def _sides(ratios: np.ndarray, steep: float) -> tuple[np.ndarray, np.ndarray]:
    edge = steep * (1 + 1e-9)  # exactly a fifth up is not more than a fifth
    return ratios > edge, ratios < 1 / edge


def _share(ratios: np.ndarray, steep: float, *, least: int, level: float = 0.95) -> Share:
    raises, cuts = (int(side.sum()) for side in _sides(ratios, steep))
    if raises + cuts < least:
        raise InputError("prices", f"has {raises + cuts} steep changes in the window, of {least}")
    return proportion.share(raises, raises + cuts, level=level)
