"""How far the counts of newcomers, trainers and chips hang on the choices behind them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.concentration import entry, own_chips, trainers
from analysis.economics.training import entrants, samples
from analysis.economics.training.robustness import CONFIDENCE, TUNED, Estimate, bare, grid
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

NAMES = ("every organisation", "first named")
RUNS, SCORES = "training runs", "ability scores"
MOVING = "1 % of the largest"
NARROW = {"Confident": 2.0, "Likely": 5.0, "Speculative": 10.0}
"""Factors tighter than the publisher's, to see how much of the interval they make."""


def entry_curve(
    runs: pd.DataFrame, links: pd.DataFrame, models: pd.DataFrame, floor: float, through: Any
) -> Multiverse:
    """Newcomers a year later over earlier.

    Axes: source (disclosed runs, or scored models as able as ``floor``), least compute, who counts
    as developer, fine-tunes, confidence, first year, split, last day (half a year off for late
    entries to the data).
    """
    last = pd.Timestamp(through)
    periods: dict[str, Sequence[Any]] = {
        "since": ("2022-01-01", "2023-01-01"),
        "split": ("2024-07-01", "2025-01-01"),
        "last_day": (str(last.date()), str((last - pd.DateOffset(months=6)).date())),
    }
    disclosed: dict[str, Sequence[Any]] = {
        "source": (RUNS,),
        "floor": (3e23, 1e24, 3e24, MOVING),
        "developers": NAMES,
        "fine_tunes": TUNED,
        "estimates": CONFIDENCE,
        **periods,
    }
    scored = disclosed | {
        "source": (SCORES,), "floor": ("as able as GPT-4",), "developers": NAMES[:1],
        "fine_tunes": TUNED[1:], "estimates": CONFIDENCE[:1],
    }  # fmt: skip
    plain = bare(runs), bare(links), bare(models)

    @cache
    def firsts(source: str, least: Any, developers: str, *pool: str) -> pd.DataFrame:
        if source == SCORES:
            return entry.able_newcomers(plain[2], floor)
        chosen = _pool(plain[0], plain[1], *pool)
        everyone = developers == NAMES[0]
        if least == MOVING:
            return entry.relative_newcomers(chosen, everyone=everyone)
        return entrants.newcomers(chosen, least_flop=least, everyone=everyone)

    def estimate(**choice: Any) -> Estimate:
        since, split, end = (choice.pop(name) for name in periods)
        found = entrants.entry_rate_ratio(firsts(*choice.values()), end, since=since, split=split)
        assert found.estimate is not None and found.interval is not None
        return found.estimate, *found.interval

    return multiverse.run([*grid(disclosed), *grid(scored)], estimate, group="source")


def trainers_curve(runs: pd.DataFrame, links: pd.DataFrame, day: Any, seed: int = 0) -> Multiverse:
    """Organisations within reach of the largest run.

    Axes: reach, months of the window, day (two quarters before too), who counts, fine-tunes,
    confidence, spread of the redrawn compute, and whether the count at the published compute or
    the mean of the redrawn ones is the estimate.
    """
    last = pd.Timestamp(day)
    axes: dict[str, Sequence[Any]] = {
        "reach": (0.05, 0.1, 0.2),
        "months": (12, 24),
        "day": tuple(str((last - pd.DateOffset(months=m)).date()) for m in (0, 6)),
        "developers": NAMES,
        "fine_tunes": TUNED,
        "estimates": CONFIDENCE,
        "spread": ("published", "narrower"),
        "compute": ("published", "redrawn"),
    }
    plain = bare(runs), bare(links)

    @cache
    def window(
        months: int, end: str, names: str, tuned: str, sure: str, spread: str
    ) -> trainers.Window:
        return trainers.window(
            _pool(*plain, tuned, sure), end, months=months, everyone=names == NAMES[0],
            within=NARROW if spread == "narrower" else trainers.WITHIN,
        )  # fmt: skip

    @cache
    def drawn(reach: float, *choices: Any) -> tuple[int, Any]:
        found = window(*choices)
        counts = trainers.redrawn(found, reach, draws=999, seed=seed)
        return len(trainers.holders(found, reach)), counts

    def estimate(**choice: Any) -> Estimate:
        redraw = choice.pop("compute") == "redrawn"
        published, counts = drawn(*choice.values())
        return float(counts.mean()) if redraw else published, *trainers.ends(counts, 0.95)

    return multiverse.run(axes, estimate)


def agreeing_trainers(curve: Multiverse | None, answer: Answer) -> Answer:
    """The answer with the share of specifications on its side of the rule of c73.

    Those that count more than five where the whole interval does, else those from three to five.
    """
    if curve is None or answer.interval is None:
        return answer
    more = answer.interval[0] > trainers.STATED
    side = f"estimate >= {trainers.FEWEST} and estimate <= {trainers.STATED}"
    share = curve.agree(trainers.STATED, "above") if more else curve.agree_share(side)
    return answer.robust(share, curve.n)


def chips_curve(runs: pd.DataFrame, links: pd.DataFrame) -> Multiverse:
    """Later less earlier share of Chinese models on Chinese chips.

    Axes: which models are Chinese, chips where several are named, models of the maker of the
    chips, fine-tunes, first year, split (the first export controls took effect in October 2022).
    """
    axes: dict[str, Sequence[Any]] = {
        "chinese": own_chips.WHO,
        "several_chips": ("any Chinese", "only Chinese"),
        "makers_models": ("kept", "left out"),
        "fine_tunes": TUNED,
        "since": ("2020-01-01", "2021-01-01"),
        "split": ("2022-10-07", "2024-01-01", "2025-01-01"),
    }
    plain = bare(runs), bare(links)

    def estimate(**choice: Any) -> Estimate:
        models = _pool(*plain, choice["fine_tunes"], CONFIDENCE[0])
        models = own_chips.chinese(models, choice["chinese"])
        if choice["makers_models"] == "left out":
            models = models[~models["developer"].str.contains("Huawei", regex=False)]
        known = own_chips.trained_on(models, only=choice["several_chips"] == "only Chinese")
        found = own_chips.share_change(known, since=choice["since"], split=choice["split"])
        assert found.estimate is not None and found.interval is not None
        return found.estimate, *found.interval

    return multiverse.run(axes, estimate)


def _pool(runs: pd.DataFrame, links: pd.DataFrame, tuned: str, sure: str) -> pd.DataFrame:
    models = samples.without_fine_tunes(runs, links) if tuned == TUNED[0] else runs
    return models if sure == CONFIDENCE[0] else samples.sure(models)
