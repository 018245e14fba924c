"""What the accounts of the labs say on four claims, and how far a few labs can say it.

Readings fixed when the figures of the labs were known, so that none may decide alone:

- The estimate is the mean over labs, each counted once (of logarithms where the quantity is a ratio
  without an upper end).
- The interval is a bootstrap-t over labs. A percentile bootstrap of two or three labs cannot leave
  their range and holds the truth far too rarely, so it is shown beside and decides nothing.
- With three labs one resample in nine repeats a single lab and has no spread, so the bootstrap-t
  has no end at 95 %: the interval is all that the quantity can be, and decides nothing. Student's
  t, which is no bootstrap, is shown beside. Two labs give no interval.
- Shares are held to 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.serving import accounts as books
from analysis.economics.serving.accounts import (
    COMPUTE_RATIO,
    COST_SHARE,
    INFERENCE_SHARE,
    MARGIN,
)
from analysis.economics.training.robustness import Estimate, bare
from analysis.errors import InputError
from analysis.methods import _ols, multiverse, validate
from analysis.methods.multiverse import Multiverse

Interval = tuple[float, float]
LEAST_LABS = 3
DRAWS = 9999
KIND = "bootstrap-t over labs"
ESTIMANDS_OF = {"c07": "share", "c40": "share", "c59": "ratio", "c82": "gross_margin"}
CLAIMS = {"c07": INFERENCE_SHARE, "c40": COST_SHARE, "c59": COMPUTE_RATIO, "c82": MARGIN}
BOUNDS = {INFERENCE_SHARE: (0.0, 1.0), COST_SHARE: (0.0, np.inf), MARGIN: (-np.inf, 1.0)}
BOUNDS[COMPUTE_RATIO] = (0.0, np.inf)
MEAN, MEDIAN, WEIGHTED = "mean", "median", "weighted by revenue"
ESTIMANDS = (MEAN, MEDIAN, WEIGHTED)
_WHY = {
    INFERENCE_SHARE: "for the lab with a prospectus the cost of revenue stands in for inference",
    COST_SHARE: "where inference is not stated the whole cost of revenue stands in, which is more",
    COMPUTE_RATIO: "parts of a year are put to a year; newer quarters are beside",
    MARGIN: "labs differ in whether they count users who do not pay",
}


def answer(
    accounts: pd.DataFrame, labs: pd.DataFrame, claim: str, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Mean over independent labs in their latest year (c07, c40, c59, c82).

    Raises:
        InputError: for an unknown claim, or fewer than three labs.
    """
    validate.choice("claim", claim, tuple(CLAIMS))
    quantity = CLAIMS[claim]
    found = books.latest(books.lab_years(accounts, labs), quantity)
    if len(found) < LEAST_LABS:
        raise InputError("labs", f"{len(found)} with {_words(quantity)}; an interval needs three")
    values = found[quantity].to_numpy()
    estimate, interval, kind = over_labs(values, quantity, level=level, seed=seed)
    audited = int((found["grade"] == "A").sum())
    return Answer(
        estimate, interval, len(found),
        method=f"mean over labs, latest year of each, {kind}",
        reason=(
            f"{len(found)} labs, {audited} by a prospectus and the rest by press reports of papers"
            f" that are not public; {_WHY[quantity]}"
        ),
        grade=str(found["grade"].max()),
        detail={
            "labs": {r.lab: round(getattr(r, quantity), 4) for r in found.itertuples()},
            "percentile": [round(x, 4) for x in percentile(values, quantity, level, seed)],
            "student": [round(x, 4) for x in student(values, quantity, level)],
        },
    )  # fmt: skip


def over_labs(
    values: Any, quantity: str, *, level: float = 0.95, seed: int = 0
) -> tuple[float, Interval, str]:
    """Mean over labs, its interval by bootstrap-t, and the kind of the interval.

    The half-width is the quantile of |t*| times the standard error; where it is infinite, the
    interval is the range of the quantity.

    Raises:
        InputError: for fewer than three labs.
    """
    own = validate.vector("values", values, minimum=LEAST_LABS)
    scaled = np.log(own) if quantity == COMPUTE_RATIO else own
    n, middle = len(scaled), float(scaled.mean())
    error = float(scaled.std(ddof=1) / np.sqrt(n))
    drawn = scaled[np.random.default_rng(seed).integers(0, n, (DRAWS, n))]
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.abs(drawn.mean(axis=1) - middle) / (drawn.std(axis=1, ddof=1) / np.sqrt(n))
    sizes = np.where(np.ptp(drawn, axis=1) == 0, np.inf, sizes)
    reach = float(np.quantile(sizes, validate.level("level", level), method="higher"))
    if not np.isfinite(reach):
        return _told(middle, quantity), BOUNDS[quantity], f"{KIND}, without end"
    return _told(middle, quantity), _held(middle, reach * error, quantity), KIND


def student(values: Any, quantity: str, level: float) -> Interval:
    """Student's t interval over labs: what normal errors would give."""
    scaled = np.log(values) if quantity == COMPUTE_RATIO else np.asarray(values)
    error = float(scaled.std(ddof=1) / np.sqrt(len(scaled)))
    return _held(float(scaled.mean()), _student(len(scaled), level) * error, quantity)


def percentile(values: Any, quantity: str, level: float, seed: int = 0) -> Interval:
    """The interval that a percentile bootstrap would give; too short for few labs."""
    scaled = np.log(values) if quantity == COMPUTE_RATIO else np.asarray(values)
    picks = np.random.default_rng(seed).integers(0, len(scaled), (DRAWS, len(scaled)))
    tail = (1 - level) / 2
    low, high = np.quantile(scaled[picks].mean(axis=1), [tail, 1 - tail])
    return _told(float(low), quantity), _told(float(high), quantity)


def beside(
    accounts: pd.DataFrame, labs: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Each quantity: labs, mean, the interval that counts, and two that decide nothing."""
    years, rows = books.lab_years(accounts, labs), []
    for claim, quantity in CLAIMS.items():
        known = years[years[quantity].notna()]
        if known["lab"].nunique() < LEAST_LABS:
            continue
        values = books.latest(years, quantity)[quantity].to_numpy()
        estimate, interval, kind = over_labs(values, quantity, level=level, seed=seed)
        others = (*percentile(values, quantity, level, seed), *student(values, quantity, level))
        rows.append((claim, _words(quantity), len(values), estimate, *interval, kind, *others))
    names = ["claim", "quantity", "labs", "mean", "low", "high", "interval"]
    names += ["percentile_low", "percentile_high", "student_low", "student_high"]
    return pd.DataFrame(rows, columns=names)


def curves(
    accounts: pd.DataFrame, labs: pd.DataFrame, level: float = 0.95
) -> dict[str, Multiverse | None]:
    """The specification curve of every claim, None where the data allow no estimate."""
    shared = _Books(bare(accounts), bare(labs))
    found: dict[str, Multiverse | None] = {}
    for claim in CLAIMS:
        try:
            found[claim] = _curve(shared, claim, level)
        except InputError:
            found[claim] = None
    return found


def _curve(shared: _Books, claim: str, level: float) -> Multiverse:
    """Axes: grades, figures that compete, year, stand-ins, rates, a lab left out, estimand."""
    quantity = CLAIMS[claim]
    every = sorted(set(shared.known(quantity, "ABC", "all years")[0]))
    if not every:
        raise InputError("labs", f"none has {_words(quantity)}")
    axes: Mapping[str, Sequence[Any]] = {
        "grades": ("A", "AB", "ABC"),
        "figures": books.FIGURES,
        "year": ("latest", "year before", "all years"),
        "stand_in": (True, False),
        "rates": (False, True),
        "left_out": ("nobody", *every),
        "estimand": ESTIMANDS,
    }

    def one(left_out: str, estimand: str, **choices: Any) -> Estimate:
        names, values, sales = shared.known(quantity, **choices)
        kept = names != left_out
        if not kept.any():
            raise InputError("labs", "none is left")
        return _summary(values[kept], sales[kept], quantity, estimand, level)

    return multiverse.run(axes, one)


class _Books:
    """``accounts.lab_years`` under every choice, computed once, as arrays."""

    def __init__(self, accounts: pd.DataFrame, labs: pd.DataFrame) -> None:
        self._years = cache(lambda **choices: books.lab_years(accounts, labs, **choices))
        self.known = cache(self._known)

    def _known(
        self, quantity: str, grades: str, year: str, **choices: Any
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Labs, values and revenue of every year, or of the year of each lab that is asked for."""
        years = self._years(grades=grades, **choices)
        names, values = years["lab"].to_numpy(object), years[quantity].to_numpy(float)
        rows = np.flatnonzero(~np.isnan(values))
        same = names[rows][1:] == names[rows][:-1]
        newest = np.append(~same, True)[: len(rows)]
        if year == "latest":
            rows = rows[newest]
        elif year == "year before":
            rows = rows[:-1][same & newest[1:]]
        return names[rows], values[rows], years["revenue"].to_numpy(float)[rows]


def _summary(
    values: np.ndarray, sales: np.ndarray, quantity: str, estimand: str, level: float
) -> Estimate:
    """The estimate; its interval is Student's t over rows where there are three or more."""
    scaled = np.log(values) if quantity == COMPUTE_RATIO else values
    if estimand == WEIGHTED:
        if np.isnan(sales).any():
            raise InputError("revenue", "not known for every lab")
        middle = float(np.average(scaled, weights=sales))
    else:
        middle = float(np.mean(scaled) if estimand == MEAN else np.median(scaled))
    if len(scaled) < LEAST_LABS:
        return _told(middle, quantity), *BOUNDS[quantity]
    reach = _student(len(scaled), level) * float(scaled.std(ddof=1) / np.sqrt(len(scaled)))
    return _told(middle, quantity), *_held(middle, reach, quantity)


@cache
def _student(n: int, level: float) -> float:
    return _ols.student(n - 1, level)


def _told(value: float, quantity: str) -> float:
    return float(np.exp(value)) if quantity == COMPUTE_RATIO else value


def _held(middle: float, reach: float, quantity: str) -> Interval:
    least, most = BOUNDS[quantity]
    ends = (_told(middle - reach, quantity), _told(middle + reach, quantity))
    return max(ends[0], least), min(ends[1], most)


def _words(quantity: str) -> str:
    return quantity.replace("_", " ")
