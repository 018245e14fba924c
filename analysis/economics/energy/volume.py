"""How many queries or tokens a share of world electricity would take, against known use.

queries a day = share x world electricity x 10^12 / (365 x watt-hours a query)
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.economics.energy.tokens import AGENT, JOULES_PER_WH, PROMPT, Server
from analysis.errors import InputError

DAYS = 365
WH_PER_TWH = 1e12
SHARES = (0.01, 0.05, 0.09)
"""The least single-digit percentage, the middle and the largest whole one."""
WEEK = 7
MESSAGES, TOKENS = "daily messages", "daily tokens"
ROUTER = "OpenRouter, fifteen most used models"


def together(use: pd.DataFrame) -> float:
    """Sum of the figures of all companies."""
    return float(use["value"].sum())


def wh_of_queries(published: pd.DataFrame, built: pd.DataFrame | None) -> dict[str, float]:
    """Watt-hours of a few queries: published chats and long inputs, and turns of an agent.

    The turns are those of the largest model at its largest and smallest batch.
    """
    rows = published[~published["what"].str.contains("chips only")]
    each = {f"{r['what']} ({r['publisher']})": float(r["wh"]) for r in rows.to_dict("records")}
    turns = pd.DataFrame() if built is None else built[built["query"] == AGENT]
    if turns.empty:
        return each
    row = turns.sort_values("wh_high", kind="stable").iloc[-1]
    for words, column in (("largest", "wh_low"), ("smallest", "wh_high")):
        each[f"{AGENT}, {row['model']}, {words} batch"] = float(row[column])
    return each


def joules_of_tokens(energy: pd.DataFrame, machine: Server, model: str) -> dict[str, float]:
    """Joules at the meter of tokens of a model: written at two batches, and read.

    Raises:
        InputError: when the model was not timed.
    """
    rows = energy[(energy["model"] == model) & (energy["context_tokens"] <= PROMPT)]
    if rows.empty:
        raise InputError("h100_inference", f"has no timing of {model}")
    written = rows[rows["phase"] == "decode"].sort_values("batch")
    read = rows[rows["phase"] == "prefill"]
    each = {
        f"written, batch {int(row['batch'])}": row["joules"] * machine.factor
        for row in written.iloc[[0, -1]].to_dict("records")
    }
    return each | {"read": float(read["joules"].min()) * machine.factor}


def needed(
    total_twh: float, wh_each: Mapping[str, float], *, used: float | None = None
) -> pd.DataFrame:
    """Queries a day that one percent would be, and each share over the known number a day."""
    return _counts("query", "wh_each", wh_each, total_twh, used, 1.0)


def per_token_shares(total_twh: float, joules: Mapping[str, float], used: float) -> pd.DataFrame:
    """Tokens a day that one percent would be, and each share over the known number a day."""
    return _counts("token", "joules_each", joules, total_twh, used, JOULES_PER_WH)


def _counts(
    kind: str, unit: str, each: Mapping[str, float], total_twh: float, used: float | None,
    per_wh: float,
) -> pd.DataFrame:  # fmt: skip
    energies = {name: value / per_wh for name, value in each.items()}
    one = [count_per_day(SHARES[0] * total_twh, wh) for wh in energies.values()]
    frame = pd.DataFrame({kind: list(each), unit: list(each.values()), "a_day_at_1_percent": one})
    if used is not None:
        for share in SHARES:
            frame[f"times_known_use_at_{share:.0%}".replace("%", "_percent")] = [
                count * share / SHARES[0] / used for count in one
            ]
    return frame


def count_per_day(twh_per_year: float, wh_each: float) -> float:
    """How many of ``wh_each`` a day make ``twh_per_year``."""
    return twh_per_year * WH_PER_TWH / DAYS / wh_each


def twh_per_year(per_day: float, wh_each: float) -> float:
    """Energy of a year of ``per_day`` queries a day."""
    return per_day * wh_each * DAYS / WH_PER_TWH


def latest_use(usage: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The last figure of each company and product for a measure, largest first.

    Of a company that gives ``all products`` or several, the largest: parts must not count twice.

    Raises:
        InputError: when none was known.
    """
    rows = usage[usage["measure"] == measure].sort_values("refers_to", kind="stable")
    if rows.empty:
        raise InputError("lab_usage", f"has no {measure} known by this day")
    last = rows.groupby(["company", "product"], sort=False).tail(1)
    largest = last.sort_values(["value", "company"], ascending=False, kind="stable")
    kept = largest.groupby("company", sort=False).head(1)
    columns = ["company", "product", "measure", "value", "refers_to", "grade"]
    return kept[columns].reset_index(drop=True)


def routed(router: pd.DataFrame) -> pd.DataFrame:
    """Tokens a day of the router's fifteen models in its last week.

    Raises:
        InputError: when no week was known.
    """
    if router.empty:
        raise InputError("router_usage", "has no week known by this day")
    last = router[router["refers_to"] == router["refers_to"].max()]
    row = {
        "company": ROUTER, "product": "all", "measure": TOKENS,
        "value": last["tokens"].sum() / WEEK, "refers_to": last["refers_to"].iloc[0], "grade": "B",
    }  # fmt: skip
    return pd.DataFrame([row])


def of_the_world(
    use: pd.DataFrame, total_twh: float, each: Mapping[str, float], joules: bool = False
) -> pd.DataFrame:
    """Electricity of the known use and its share, at each energy of a query or token.

    Args:
        use: as ``latest_use``; the sum of ``value`` is taken.
        total_twh: world electricity.
        each: watt-hours, or joules where ``joules``, by name.
    """
    total = together(use)
    scale = JOULES_PER_WH if joules else 1
    energies = [twh_per_year(total, one / scale) for one in each.values()]
    return pd.DataFrame(
        {
            "at_the_energy_of": list(each),
            "per_day": total,
            "twh_per_year": energies,
            "world_share": [energy / total_twh for energy in energies],
        }
    )
