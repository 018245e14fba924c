"""Shares of the clouds: the Herfindahl index, its trend, and what four firms hold.

Readings chosen before the result was seen. The published shares name three firms; the index is
the sum of their squared shares, in percent, and the firms without a published share add nothing.

The rule of c09 takes AI compute where it is published. Epoch AI has published stocks of it by owner
since April 2026; before, all cloud infrastructure stands in, with CoreWeave at its latest published
revenue over that of the market in the same quarters.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import regression, trend
from analysis.methods.regression import Effect

START = "2023-01-01"
RESTATED = "2024-09-30"
"""First quarter after Microsoft moved revenue out of its cloud segment (table cloud_shares)."""
POINTS = 1000.0  # scale that keeps powers of ten within range
LEAST_QUARTERS = 6
LARGE = ("amazon", "google", "microsoft")
KEYS = ("Amazon", "Google", "Microsoft")
FRINGE, FRINGE_NAME, ROUNDED = "CRWV", "CoreWeave", 0.5
"""CoreWeave, its name; and percentage points by which a share in whole percent may be off."""


def by_quarter(shares: pd.DataFrame, start: Any = START) -> pd.DataFrame:
    """Published shares in percent, one row a quarter end and one column a firm.

    Raises:
        InputError: for fewer than 6 quarters with all three firms.
    """
    wide = shares.pivot(index="refers_to", columns="provider", values="share_percent")
    found = wide.reindex(columns=list(LARGE)).dropna().sort_index()
    found = found[found.index >= pd.Timestamp(start)]
    if len(found) < LEAST_QUARTERS:
        raise InputError("shares", f"{len(found)} quarters since {start} have all three firms")
    return found


def herfindahl(wide: pd.DataFrame, rest: float = 0.0) -> pd.Series:
    """Σ s² of the shares in percent; what is left is held by firms of ``rest`` percent each."""
    return (wide**2).sum(axis=1) + rest * (100 - wide.sum(axis=1))


def slope(
    index: pd.Series, *, restated: bool = False, covariance: str = "sieve", **options: Any
) -> Effect:
    """Change per year of an index in units of 1000, by a straight line.

    index / 1000 = a + b t + e; with ``restated`` the level may jump at ``RESTATED``.
    """
    columns: dict[str, Any] = {"years": np.asarray(trend.decimal_year(index.index))}
    if restated:
        columns["later"] = (index.index >= RESTATED).astype(float)
    return regression.effect(
        10 ** (index.to_numpy() / POINTS), columns, "years", covariance=covariance, **options
    )


def hhi_slope(shares: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Yearly change of the Herfindahl index of the published shares (c56).

    Linear trend, Newey-West covariance, critical values by sieve bootstrap; the p-value is
    two-sided for a slope of 0.

    Raises:
        InputError: as ``by_quarter``.
    """
    wide = by_quarter(shares)
    index = herfindahl(wide)
    found = slope(index, level=level, seed=seed)
    low, high = (POINTS * end for end in found.interval)
    kept = slope(index, restated=True, level=level, seed=seed) if _spans(index) else None
    detail = {"first": float(index.iloc[0]), "last": float(index.iloc[-1])}
    if kept is not None:
        detail["slope_within_definitions"] = POINTS * kept.value
    return Answer(
        estimate=POINTS * found.value,
        interval=(low, high),
        n=len(index),
        method="linear trend, Newey-West covariance, sieve critical values",
        reason=(
            f"Three named firms: the index was {index.iloc[0]:.0f} in {index.index[0]:%B %Y} and"
            f" {index.iloc[-1]:.0f} in {index.index[-1]:%B %Y}. All cloud services, not AI; and"
            " Microsoft restated its segment in 2024, which lowers its share by definition"
        ),
        grade=str(shares["grade"].max()),
        p_value=found.p_value(),
        detail=detail,
    )


def slopes(shares: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """The slope three ways: as published, with a step at the restatement, and by rounding alone.

    Columns: line, slope, low, high. The last row holds the middle 95 % of the slopes when every
    share is off by at most its rounding.

    Raises:
        InputError: as ``by_quarter``.
    """
    index = herfindahl(by_quarter(shares))
    rows = []
    for name, step in (("as published", False), ("with a step at the restatement", True)):
        if step and not _spans(index):
            continue
        found = slope(index, restated=step, level=level, seed=seed)
        low, high = found.interval
        rows.append((name, POINTS * found.value, POINTS * low, POINTS * high))
    middle = float(_least_squares(index.index, index.to_numpy()))
    rows.append(("as published, by rounding alone", middle, *rounding(shares, seed=seed)))
    return pd.DataFrame(rows, columns=["line", "slope", "low", "high"])


def rounding(shares: pd.DataFrame, *, draws: int = 4999, seed: int = 0) -> tuple[float, float]:
    """Middle 95 % of the slope, in points a year, if each share is off by its rounding."""
    wide = by_quarter(shares)
    noise = np.random.default_rng(seed).uniform(-ROUNDED, ROUNDED, (draws, *wide.shape))
    index = ((wide.to_numpy() + noise) ** 2).sum(axis=2)
    low, high = np.quantile(_least_squares(wide.index, index), [0.025, 0.975])
    return float(low), float(high)


def four_firms(
    shares: pd.DataFrame,
    market: pd.DataFrame,
    accounts: pd.DataFrame,
    facts: pd.DataFrame,
    sold: pd.DataFrame,
) -> Answer:
    """Share of three clouds and CoreWeave in AI compute, else in all cloud services (c09).

    Raises:
        InputError: when neither is known.
    """
    try:
        owned = ai_compute(facts, sold)
    except InputError:
        return _of_all_cloud(shares, market, accounts)
    held = owned.set_index("firm")["share"]
    four = held[[*KEYS, FRINGE_NAME]] if FRINGE_NAME in held else held[list(KEYS)]
    return Answer(
        estimate=float(four.sum()),
        interval=None,
        n=len(four),
        method="published stocks of AI compute over all sold; CoreWeave at most, by its power",
        reason=(
            f"Of AI compute in H100 equivalents: {_percentages(four)}. Estimates of one publisher,"
            " partly after copies; CoreWeave's is a bound from above, so the sum is too. Of all"
            f" cloud services the four have {100 * _cloud_total(shares, market, accounts):.0f} %"
        ),
        grade=str(owned["grade"].max()),
        detail={str(firm): float(share) for firm, share in four.items()},
    )


def ai_compute(facts: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Stocks of AI compute by owner over all that was sold: firm, h100_equivalents, share, grade.

    The whole is the sum over designers of the chips sold up to the same day. CoreWeave's stock is
    what its power could feed if all of it went to chips with the mean need of NVIDIA's.

    Raises:
        InputError: when the three clouds have no published stock, or nothing sold is known.
    """
    owned = facts[facts["topic"] == "compute_ownership"]
    day = owned["refers_to"].max()
    then = sold[sold["refers_to"] == day].set_index("designer")
    if not set(KEYS) <= set(owned["subject"]) or "NVIDIA" not in then.index:
        raise InputError("facts", "no stock of AI compute of the three clouds is published by then")
    rows = owned[owned["refers_to"] == day][["subject", "value", "grade"]]
    found = rows.set_axis(["firm", "h100_equivalents", "grade"], axis=1)
    power = facts[(facts["topic"] == "active_power") & (facts["refers_to"] == day)]
    nvidia = then.loc["NVIDIA"]
    each = nvidia["h100_equivalents_median"] / nvidia["megawatts_median"]
    fringe = power[["subject", "value", "grade"]].set_axis(found.columns, axis=1)
    fringe = fringe.assign(h100_equivalents=fringe["h100_equivalents"] * each)
    every = pd.concat([found, fringe]).sort_values("h100_equivalents", ascending=False)
    share = every["h100_equivalents"] / then["h100_equivalents_median"].sum()
    return every.assign(share=share)[["firm", "h100_equivalents", "share", "grade"]].reset_index(
        drop=True
    )


def five_firms(facts: pd.DataFrame) -> pd.DataFrame:
    """Published share of the five largest owners in AI compute: day, percent, grade."""
    rows = facts[(facts["topic"] == "compute_ownership_share") & (facts["subject"] == "five firms")]
    shown = rows.sort_values("refers_to")[["refers_to", "value", "grade"]]
    return shown.set_axis(["day", "percent", "grade"], axis=1).reset_index(drop=True)


def _of_all_cloud(shares: pd.DataFrame, market: pd.DataFrame, accounts: pd.DataFrame) -> Answer:
    latest = by_quarter(shares).iloc[-1]
    fringe, period = coreweave(market, accounts)
    return Answer(
        estimate=_cloud_total(shares, market, accounts),
        interval=None,
        n=len(latest) + (fringe > 0),
        method="latest published shares; CoreWeave as its revenue over that of the market",
        reason=(
            f"Three clouds {latest.sum():.0f} % in {latest.name:%B %Y} (Synergy), CoreWeave"
            f" {100 * fringe:.1f} % ({period}); of all cloud services, as no share of AI compute"
            " had been published"
        ),
        grade=str(shares["grade"].max()),
        detail={"three_clouds": float(latest.sum()) / 100, "coreweave": fringe},
    )


def _cloud_total(shares: pd.DataFrame, market: pd.DataFrame, accounts: pd.DataFrame) -> float:
    return float(by_quarter(shares).iloc[-1].sum()) / 100 + coreweave(market, accounts)[0]


def _percentages(shares: pd.Series) -> str:
    return ", ".join(f"{firm} {100 * share:.0f} %" for firm, share in shares.items())


def coreweave(market: pd.DataFrame, accounts: pd.DataFrame) -> tuple[float, str]:
    """CoreWeave's revenue over the market's in its latest period with known quarters, and which.

    0 and "no revenue published" where there is none.
    """
    rows = accounts[(accounts["company"] == FRINGE) & (accounts["measure"] == "revenue")]
    spent = market.set_index("refers_to")["spend_usd_bn"].dropna() * 1e9
    for row in rows.sort_values(["refers_to", "value_usd"])[::-1].to_dict("records"):
        quarters = 4 if row["period"] == "year" else 1
        ends = pd.date_range(end=row["refers_to"], periods=quarters, freq="QE")
        if set(ends) <= set(spent.index):
            return float(
                row["value_usd"] / spent[ends].sum()
            ), f"{row['period']} to {ends[-1]:%B %Y}"
    return 0.0, "no revenue published"


def _spans(index: pd.Series) -> bool:
    later = int((index.index >= RESTATED).sum())
    return min(later, len(index) - later) >= 3


def _least_squares(days: Any, values: np.ndarray) -> Any:
    years = np.asarray(trend.decimal_year(days))
    centred = years - years.mean()
    return values @ centred / (centred @ centred)
