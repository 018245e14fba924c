"""First-time developers of large models, and the margins that startups publish (c10).

Readings chosen before the result was seen. The floor is 1e24 FLOP; every organisation named on a
run counts, parts of one company as one; fine-tunes are left out, since most of their compute was
spent by others. The later period runs to the last day observed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training import entrants
from analysis.errors import InputError

FLOOR = 1e24
SINCE, SPLIT = "2023-01-01", "2025-01-01"


def entry_ratio(runs: pd.DataFrame, through: Any, *, level: float = 0.95) -> Answer:
    """Newcomers a year from 2025 over those of 2023 and 2024 (c10).

    Args:
        runs: training runs, fine-tunes left out.
        through: last day observed.

    Raises:
        InputError: when that day is before 2025, or nobody entered.
    """
    firsts = entrants.newcomers(runs, least_flop=FLOOR)
    return entrants.entry_rate_ratio(firsts, through, since=SINCE, split=SPLIT, level=level)


def by_year(
    runs: pd.DataFrame, through: Any, floors: tuple[float, ...] = (1e23, 1e24, 1e25)
) -> pd.DataFrame:
    """Newcomers by year and floor; one column a floor in FLOP. The last year is not whole."""
    firsts = {
        f"{floor:.0e}".replace("+", ""): entrants.newcomers(runs, least_flop=floor)
        for floor in floors
    }
    years = range(2019, pd.Timestamp(through).year + 1)
    counts = {
        name: [int((found["refers_to"].dt.year == year).sum()) for year in years]
        for name, found in firsts.items()
    }
    return pd.DataFrame({"year": list(years), **counts})


def relative_newcomers(
    runs: pd.DataFrame, reach: float = 0.01, *, everyone: bool = True
) -> pd.DataFrame:
    """Each organisation's first run of at least ``reach`` of the largest released by then.

    A floor that rises with the frontier asks who can still follow, where a fixed one becomes
    easier to pass every year. Columns as in ``entrants.newcomers``.

    Raises:
        InputError: when no run has a compute.
    """
    known = runs[runs["training_compute_flop"].notna()].sort_values("refers_to", kind="stable")
    if known.empty:
        raise InputError("runs", "none has a compute")
    largest = known["training_compute_flop"].cummax()
    return entrants.newcomers(
        known[known["training_compute_flop"] >= reach * largest], least_flop=0, everyone=everyone
    )


def able_newcomers(models: pd.DataFrame, floor: float) -> pd.DataFrame:
    """Each developer's first model of at least ``floor``, compute disclosed or not.

    Columns developer, refers_to, model. A fixed ability becomes cheaper to reach, so more of
    these is no proof of entry at the frontier.
    """
    able = models[models["ability"] >= floor].sort_values(["released", "model"])
    firsts = able.drop_duplicates("developer")[["developer", "released", "model"]]
    return firsts.rename(columns={"released": "refers_to"})


def compared(
    runs: pd.DataFrame, models: pd.DataFrame, floor: float, through: Any, *, level: float = 0.95
) -> pd.DataFrame:
    """The ratio by three ways to count a newcomer: earlier, later, ratio, low, high."""
    ways = {
        "first run of 1e24 FLOP": entrants.newcomers(runs, least_flop=FLOOR),
        "first run of a hundredth of the largest": relative_newcomers(runs),
        "first model as able as GPT-4 of 2023": able_newcomers(models, floor),
    }
    rows = []
    for name, firsts in ways.items():
        try:
            found = entrants.entry_rate_ratio(
                firsts, through, since=SINCE, split=SPLIT, level=level
            )
        except InputError:
            continue
        assert found.interval is not None and found.detail is not None
        low, high = found.interval
        rows.append(
            {"newcomer": name, **found.detail, "ratio": found.estimate, "low": low, "high": high}
        )
    return pd.DataFrame(rows)


def margins(lab_accounts: pd.DataFrame) -> pd.DataFrame:
    """Published gross margins of AI companies, by company and day."""
    rows = lab_accounts[lab_accounts["measure"] == "gross_margin"]
    shown = rows[["company", "period", "refers_to", "value", "grade"]]
    return shown.rename(columns={"refers_to": "to", "value": "gross_margin_percent"}).sort_values(
        ["company", "to"], ignore_index=True
    )
