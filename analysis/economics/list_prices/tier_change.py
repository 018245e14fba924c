"""Whether vendors' price lists have more tiers: by context length, or by class of service (c64)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.list_prices.tiers import TIERS, Offers, own_offers
from analysis.errors import InputError
from analysis.methods import multiverse, validate
from analysis.methods.multiverse import Multiverse

RESAMPLES = 4999


def tier_change(
    offers: Offers, *, level: float = 0.95, seed: int = 0, tiers: tuple[str, ...] = TIERS["any"]
) -> Answer:
    """Change of the share of listings with a price tier (c64).

    Interval: percentiles over resamples of vendors, each with all its listings on both days.
    """
    validate.level("level", level)
    counts = _counts(offers.frame, tiers)
    change, shares = _change(counts), _shares(counts)
    generator = np.random.default_rng(validate.count("seed", seed, minimum=0))
    weights = generator.multinomial(
        len(counts), np.full(len(counts), 1 / len(counts)), size=RESAMPLES
    )
    totals = weights @ counts
    totals = totals[(totals[:, [1, 3]] > 0).all(axis=1)]
    draws = totals[:, 2] / totals[:, 3] - totals[:, 0] / totals[:, 1]
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    gained, kept = _gained(offers.frame, tiers)
    return Answer(
        estimate=change,
        interval=(float(low), float(high)),
        n=int(counts[:, [1, 3]].sum()),
        method="difference of shares, percentile bootstrap over vendors",
        reason=(
            f"Listings with a tier went from {shares[0]:.0%} to {shares[1]:.0%} of vendors' own"
            f" text listings, by new listings above all ({gained} of {kept} old ones gained one);"
            " the list records batch discounts of some vendors only, and of some late"
        ),
        detail={
            "share_start": shares[0],
            "share_end": shares[1],
            "listings_start": int(counts[:, 1].sum()),
            "listings_end": int(counts[:, 3].sum()),
            "vendors": len(counts),
            "old_listings_that_gained_a_tier": gained,
            "listings_on_both_days": kept,
        },
    )


def tier_curve(api_prices: pd.DataFrame, price_tiers: pd.DataFrame) -> Multiverse:
    """Change of the share under other choices.

    Axes: which tiers, first day, model stores of clouds, flagged listings, all listings or only
    those live on both days, and listings pooled or vendors with equal weight.
    """
    starts = {day: pd.Timestamp(day) for day in ("2025-01-31", "2025-04-30")}
    samples = {
        key: own_offers(
            api_prices, price_tiers, start=starts[key[0]], clouds=key[1], flagged=key[2]
        ).frame
        for key in product(starts, (True, False), (False, True))
    }

    def estimate(
        tiers: str, start: str, clouds: bool, flagged: bool, listings: str, weights: str
    ) -> tuple[float, float, float]:
        frame = samples[start, clouds, flagged]
        if listings == "on both days":
            frame = frame[frame.duplicated("listing", keep=False)]
        counts = _counts(frame, TIERS[tiers])
        if weights == "pooled":
            change = _change(counts)
        else:
            counts = counts[(counts[:, [1, 3]] > 0).all(axis=1)]
            change = float((counts[:, 2] / counts[:, 3] - counts[:, 0] / counts[:, 1]).mean())
        return change, change, change

    axes = {
        "tiers": tuple(TIERS),
        "start": tuple(starts),
        "clouds": (True, False),
        "flagged": (False, True),
        "listings": ("all", "on both days"),
        "weights": ("pooled", "vendors alike"),
    }
    return multiverse.run(axes, estimate)


def _counts(frame: pd.DataFrame, tiers: tuple[str, ...]) -> np.ndarray:
    """Vendors × (tiered and all on the first day, tiered and all on the last)."""
    codes, vendors = pd.factorize(frame["vendor"], sort=True)
    tiered = frame[list(tiers)].to_numpy(dtype=bool).any(axis=1)
    late = frame["late"].to_numpy(dtype=bool)
    marks = (tiered & ~late, ~late, tiered & late, late)
    return np.column_stack([np.bincount(codes, mark, len(vendors)) for mark in marks])


def _shares(counts: np.ndarray) -> tuple[float, float]:
    start_tiered, start, end_tiered, end = counts.sum(0)
    if not start or not end:
        raise InputError("offers", "has no listing on one of the days")
    return float(start_tiered / start), float(end_tiered / end)


def _change(counts: np.ndarray) -> float:
    before, after = _shares(counts)
    return after - before


def _gained(frame: pd.DataFrame, tiers: tuple[str, ...]) -> tuple[int, int]:
    """Listings without a tier first and with one last, and listings on both days."""
    tiered = frame[list(tiers)].any(axis=1).groupby([frame["listing"], frame["late"]]).max()
    both = tiered.unstack().dropna().astype(bool)
    return int((both[True] & ~both[False]).sum()), len(both)
