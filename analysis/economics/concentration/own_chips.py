"""Whose chips train Chinese models, before and since 2024 (c75).

Readings chosen before the result was seen. A model is Chinese when the organisation named first is
in China. It is trained on Chinese chips when any of the chips named is of a Chinese maker. Known
hardware means that the table names a chip.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import share_difference

MAKERS = (
    *("Huawei", "Cambricon", "Kunlunxin", "MetaX", "Moore Threads", "Hygon", "Biren"),
    *("Iluvatar", "Sunway", "Alibaba"),
)
CHINA = "China"
SINCE, SPLIT = "2021-01-01", "2024-01-01"
WHO = ("named first", "any", "all")


def chinese(runs: pd.DataFrame, who: str = WHO[0]) -> pd.DataFrame:
    """Models of Chinese developers: first named, any or all of the organisations in China."""
    countries = runs["country"].fillna("").str.split(",")
    tests = {
        "named first": lambda names: names[0] == CHINA,
        "any": lambda names: CHINA in names,
        "all": lambda names: set(names) == {CHINA},
    }
    if who not in tests:
        raise InputError("who", f"must be one of {', '.join(WHO)}")
    return runs[countries.map(tests[who])]


def trained_on(models: pd.DataFrame, *, only: bool = False) -> pd.DataFrame:
    """The models of known hardware with ``own``: a Chinese chip among theirs, or ``only`` such."""
    known = models[models["training_hardware"].fillna("") != ""]
    chips = known["training_hardware"].str.split(",")
    test = all if only else any
    own = chips.map(lambda names: test(name.strip().startswith(MAKERS) for name in names))
    return known.assign(own=own.astype(bool))


def share_change(
    models: pd.DataFrame,
    *,
    since: Any = SINCE,
    split: Any = SPLIT,
    through: Any = None,
    level: float = 0.95,
) -> Answer:
    """Share of models on Chinese chips from ``split`` less that before (c75).

    Args:
        models: as ``trained_on`` gives them.
        through: last day, if not the last of the table.

    Raises:
        InputError: when one of the periods has no model.
    """
    first, middle = pd.Timestamp(since), pd.Timestamp(split)
    days = models["refers_to"]
    inside = (days >= first) & (days <= (pd.Timestamp(through) if through else days.max()))
    early, late = models[inside & (days < middle)], models[inside & (days >= middle)]
    if early.empty or late.empty:
        raise InputError("models", "none of known hardware before the split, or none since")
    counts = int(late["own"].sum()), len(late), int(early["own"].sum()), len(early)
    found = share_difference.difference(*counts, level=level)
    return Answer(
        estimate=found.difference,
        interval=found.interval,
        n=len(early) + len(late),
        method="difference of two shares, exact unconditional interval (score statistic)",
        reason=(
            f"{counts[0]} of {counts[1]} models on Chinese chips since {middle:%Y} against"
            f" {counts[2]} of {counts[3]} before; few disclose their hardware, and those under"
            " sanctions have reason not to"
        ),
        detail={"later": counts[0] / counts[1], "earlier": counts[2] / counts[3]},
    )


def bounds(runs: pd.DataFrame, *, since: Any = SINCE, split: Any = SPLIT) -> pd.DataFrame:
    """The later share if every model of undisclosed hardware used no Chinese chip, or one.

    Columns: period, models, disclosed, on_chinese_chips, lowest, as_disclosed, highest.
    """
    models = chinese(runs)
    known = trained_on(models)
    rows = []
    first, middle = pd.Timestamp(since), pd.Timestamp(split)
    for name, start, end in (
        (f"{first:%Y} to {middle - pd.DateOffset(days=1):%Y}", first, middle),
        (f"since {middle:%Y}", middle, pd.Timestamp.max),
    ):
        every = models[(models["refers_to"] >= start) & (models["refers_to"] < end)]
        seen = known[known.index.isin(every.index)]
        own, hidden = int(seen["own"].sum()), len(every) - len(seen)
        if len(every):
            rows.append(
                {
                    "period": name,
                    "models": len(every),
                    "disclosed": len(seen),
                    "on_chinese_chips": own,
                    "lowest": own / len(every),
                    "as_disclosed": own / len(seen) if len(seen) else float("nan"),
                    "highest": (own + hidden) / len(every),
                }
            )
    return pd.DataFrame(rows)


def listing(models: pd.DataFrame, since: Any = SINCE) -> pd.DataFrame:
    """The models of known hardware, newest last: model, developer, released, chips."""
    rows = models[models["refers_to"] >= pd.Timestamp(since)].sort_values(
        "refers_to", kind="stable"
    )
    return pd.DataFrame(
        {
            "model": rows["model"],
            "developer": rows["developer"].str.split(",").str[0],
            "released": rows["refers_to"].dt.strftime("%Y-%m-%d"),
            "chips": rows["training_hardware"],
            "chinese_chip": rows["own"].map({True: "yes", False: "no"}),
        }
    ).reset_index(drop=True)
