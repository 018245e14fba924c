"""Firms that own infrastructure, firms that train frontier models, and those that do both (c96).

Readings chosen before the count:

- *Owns at scale*: capital expenditure of at least ten billion USD in the last year (four quarters,
  or those known of them, to a year; the last fiscal year where there are no quarters), or property
  and equipment of that worth on the balance sheet. It is the whole firm's, not that of AI alone.
- *Trains frontier models*: a run since 2023, the firm among its developers, of at least a tenth of
  the largest run released by then. Runs of undisclosed compute are missing, so a firm may train
  and not show; partners of a firm (OpenAI for Microsoft) are not the firm.
- *Neither* needs a sign of what the firm does instead, since silence is no data: a maker of chips.
  Other firms without a record are shown and not counted.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.roles.firms import HARDWARE, NAMED, Firm
from analysis.errors import InputError

SCALE_USD, TENTH, SINCE = 10e9, 0.1, pd.Timestamp(2023, 1, 1)
BOTH, OWNS, TRAINS, NEITHER, SILENT = (
    "both", "owns infrastructure", "trains frontier models", "neither", "no record of either",
)  # fmt: skip
SCALES = (1e9, 10e9, 50e9)
SHARES = (0.1, 1 / 3, 0.05)
QUARTERS, FEWEST, YEAR_DAYS = 4, 2, 370


def owned(accounts: pd.DataFrame, firm: Firm) -> tuple[float, str]:
    """Capital spending a year in USD, or what stands on the balance sheet if more, and its grade.

    NaN without a record.
    """
    own = accounts[accounts["company"] == firm.ticker] if firm.ticker else accounts.iloc[:0]
    spent = own[own["measure"] == "capital_expenditure"].sort_values("period_end", kind="stable")
    quarters = spent[spent["period"] == "quarter"].tail(QUARTERS)
    found = [(float(row["value_usd"]), str(row["grade"])) for row in _points(own)]
    if not quarters.empty:
        last = quarters["period_end"].iloc[-1]
        recent = quarters[(last - quarters["period_end"]).dt.days < YEAR_DAYS]
        if len(recent) >= FEWEST:
            yearly = recent["value_usd"].mean() * QUARTERS
            found.append((float(yearly), str(recent["grade"].max())))
    return max(found, default=(float("nan"), ""))


def largest_shares(runs: pd.DataFrame) -> pd.DataFrame:
    """Each run since 2023 with its compute over that of the largest run released by its day."""
    known = runs[runs["training_compute_flop"].notna()].sort_values("refers_to", kind="stable")
    known = known.assign(leader=known["training_compute_flop"].cummax())
    same = known.groupby("refers_to")["leader"].transform("max")
    shares = known.assign(share=known["training_compute_flop"] / same)
    return shares[shares["refers_to"] >= SINCE]


def frontier_run(shares: pd.DataFrame, firm: Firm, least: float = TENTH) -> dict[str, Any] | None:
    """The firm's last run of ``largest_shares`` with a share of ``least`` or more."""
    makers = shares["developer"].str.split(",").map(set)
    mine = makers.map(lambda found: bool(found & set(firm.developers)))
    rows = shares[mine & (shares["share"] >= least)]
    return None if rows.empty else dict(rows.iloc[-1])


def table(
    accounts: pd.DataFrame,
    runs: pd.DataFrame,
    *,
    scale: float = SCALE_USD,
    least: float = TENTH,
) -> pd.DataFrame:
    """The firms named, what each has on record, and what it is.

    Raises:
        InputError: when no firm has either on record.
    """
    shares, rows = largest_shares(runs), []
    for firm in NAMED:
        worth, grade = owned(accounts, firm)
        run = frontier_run(shares, firm, least)
        rows.append(
            {
                "firm": firm.name,
                "infrastructure_usd_bn": worth / 1e9,
                "frontier_run": run["model"] if run else "",
                "share_of_largest": run["share"] if run else float("nan"),
                "is": _class(firm, worth >= scale, run is not None),
                "grade": max(grade, "A" if run else ""),
            }
        )
    frame = pd.DataFrame(rows)
    if frame["is"].isin([NEITHER, SILENT]).all():
        raise InputError("accounts", "show no owner and no developer among the firms by this day")
    return frame


def exceptions(accounts: pd.DataFrame, runs: pd.DataFrame) -> Answer:
    """Firms named that are both, or neither (c96).

    Raises:
        InputError: as ``table``.
    """
    frame = table(accounts, runs)
    counts = frame["is"].value_counts()
    both, neither = int(counts.get(BOTH, 0)), int(counts.get(NEITHER, 0))
    used = frame[frame["is"] == BOTH]
    names = ", ".join(used["firm"]) or "none"
    return Answer(
        both + neither, None, len(frame),
        "capital spending and training runs of the firms that the text names",
        f"{both} own and train ({names}); {neither} makers of chips do neither. Runs whose"
        " compute is not public are missing, so more firms may train than show.",
        str(used["grade"].max()) if len(used) else "B",
        detail={"both": both, "neither": neither, "no_record": int(counts.get(SILENT, 0))},
    )  # fmt: skip


def readings(accounts: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """How many firms are both, or neither, by what counts as scale and as frontier."""
    rows = []
    for scale in SCALES:
        for least in SHARES:
            found = table(accounts, runs, scale=scale, least=least)["is"].value_counts()
            both, neither = int(found.get(BOTH, 0)), int(found.get(NEITHER, 0))
            rows.append(
                {
                    "owner_from_usd_bn": scale / 1e9,
                    "frontier_from_share_of_largest": least,
                    "both": both,
                    "neither": neither,
                    "exceptions": both + neither,
                }
            )
    return pd.DataFrame(rows)


def _class(firm: Firm, owns: bool, trains: bool) -> str:
    if owns and trains:
        return BOTH
    if owns or trains:
        return OWNS if owns else TRAINS
    return NEITHER if firm.kind == HARDWARE else SILENT


def _points(own: pd.DataFrame) -> list[dict[Any, Any]]:
    years = (own["measure"] == "capital_expenditure") & (own["period"] == "year")
    held = own["measure"] == "property_and_equipment"
    return own[years | held].sort_values("period_end", kind="stable").tail(1).to_dict("records")
