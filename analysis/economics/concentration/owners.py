"""Who owns AI compute, and what four cloud firms hold of it (c09).

The rule takes AI compute where it is published. Epoch AI has published stocks of it by owner since
April 2026; before, all cloud infrastructure stands in, with CoreWeave at its latest published
revenue over that of the market in the same quarters. The sum over all cloud infrastructure was
seen before the published stocks were found; both are recorded.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.concentration.clouds import by_quarter
from analysis.errors import InputError

KEYS = ("Amazon", "Google", "Microsoft")
FRINGE, FRINGE_NAME = "CRWV", "CoreWeave"


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
        method="published stocks of AI compute over all sold; CoreWeave's by its power",
        reason=(
            f"Of AI compute in H100 equivalents: {_percentages(four)}. Estimates of one publisher,"
            " partly after copies; CoreWeave's is what its power could feed. Of all"
            f" cloud services the four have {100 * _cloud_total(shares, market, accounts):.0f} %"
        ),
        grade=str(owned["grade"].max()),
        detail={str(firm): float(share) for firm, share in four.items()},
    )


def ai_compute(facts: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Stocks of AI compute by owner over all that was sold: firm, h100_equivalents, share, grade.

    The whole is the sum over designers of the chips sold up to the same day. CoreWeave's stock is
    what its power could feed if all of it went to chips with the mean need of NVIDIA's: too much,
    as cooling takes its part; too little, as its chips are newer than the mean.

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
    every = pd.concat([found, fringe]).sort_values(
        "h100_equivalents", ascending=False, kind="stable"
    )
    share = every["h100_equivalents"] / then["h100_equivalents_median"].sum()
    return every.assign(share=share)[["firm", "h100_equivalents", "share", "grade"]].reset_index(
        drop=True
    )


def five_firms(facts: pd.DataFrame) -> pd.DataFrame:
    """Published share of the five largest owners in AI compute: day, percent, grade."""
    rows = facts[(facts["topic"] == "compute_ownership_share") & (facts["subject"] == "five firms")]
    shown = rows.sort_values("refers_to", kind="stable")[["refers_to", "value", "grade"]]
    return shown.set_axis(["day", "percent", "grade"], axis=1).reset_index(drop=True)


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


def _of_all_cloud(shares: pd.DataFrame, market: pd.DataFrame, accounts: pd.DataFrame) -> Answer:
    latest = by_quarter(shares, least=1).iloc[-1]
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
    return float(by_quarter(shares, least=1).iloc[-1].sum()) / 100 + coreweave(market, accounts)[0]


def _percentages(shares: pd.Series) -> str:
    return ", ".join(f"{firm} {100 * share:.0f} %" for firm, share in shares.items())
