"""One question, every defensible specification: does the answer hang on a choice?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods._comparison import Test, comparison
from analysis.methods.results import Result

Specification = dict[str, Any]
NUMBERS = ["estimate", "low", "high"]
DIGITS = 3  # significant digits to which two specifications give the same answer


@dataclass(frozen=True, repr=False, eq=False)
class Multiverse(Result):
    """Estimates of every specification.

    ``specifications`` has one row each: the choices, ``estimate``, ``low``, ``high``,
    ``skipped`` (why it gave no estimate, or empty) and ``distinct`` (False where it repeats an
    earlier row to 3 significant digits). Shares count distinct rows. ``influence`` gives, for
    each axis, the share of the variance of the estimates that lies between its choices (η²).
    """

    specifications: pd.DataFrame
    axes: tuple[str, ...]

    @property
    def estimates(self) -> pd.DataFrame:
        """The distinct specifications that gave an estimate."""
        return self.specifications[self.specifications["distinct"]]

    @property
    def n(self) -> int:
        """Number of distinct estimates."""
        return len(self.estimates)

    @property
    def skipped(self) -> pd.DataFrame:
        """The specifications that could not be estimated, with the reason."""
        return self.specifications[self.specifications["skipped"] != ""]

    @property
    def median(self) -> float:
        """Median of the distinct estimates."""
        return float(self.estimates["estimate"].median())

    @property
    def influence(self) -> pd.Series:
        """η² of each axis, largest first."""
        ran = self.specifications[self.specifications["skipped"] == ""]
        shares = {axis: _between(ran["estimate"], ran[axis]) for axis in self.axes}
        return pd.Series(shares, name="eta_squared").sort_values(ascending=False, kind="stable")

    def agree(self, threshold: float, direction: str = "above") -> float:
        """Share of specifications whose estimate lies ``above`` or ``below`` the threshold."""
        validate.choice("direction", direction, ("above", "below"))
        validate.vector("threshold", [threshold])
        values = self.estimates["estimate"]
        return float((values > threshold if direction == "above" else values < threshold).mean())

    def agree_share(self, supported: str | Test) -> float:
        """Share of specifications for which ``supported`` holds.

        ``supported`` is a text such as ``"low > 1 and estimate < 3"`` or a function of
        (estimate, low, high).
        """
        test = comparison(supported) if isinstance(supported, str) else supported
        return float(np.mean([test(*row) for row in self.estimates[NUMBERS].itertuples(False)]))

    def summary(self) -> str:
        low, high = self.estimates["estimate"].min(), self.estimates["estimate"].max()
        axis, share = self.influence.index[0], self.influence.iloc[0]
        return (
            f"{self.n} distinct specifications of {len(self.specifications)} "
            f"({len(self.skipped)} skipped): {low:.4g} to {high:.4g}, median {self.median:.4g}; "
            f"{axis} matters most (η² = {share:.2f})"
        )

    def table(self) -> pd.DataFrame:
        return self.specifications


def run(
    specs: Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Any]],
    function: Callable[..., Any],
    *,
    value: str = "estimate",
    group: str | None = None,
) -> Multiverse:
    """Estimate every specification.

    Args:
        specs: choices (words, numbers) by axis, of which all combinations run, or a list of
            specifications with the same keys.
        function: called with one specification as keywords; returns (estimate, low, high), or
            a result with ``interval`` and the attribute ``value``.
        value: which attribute of a result is the estimate, such as ``growth_per_year``.
        group: axis within whose choices repeats are recognised; equal answers of different
            choices (of data sources, say) then both count. None compares all.

    A specification for which ``function`` raises InputError or gives no finite estimate is
    recorded as skipped.

    Raises:
        InputError: for empty axes, specifications with unequal keys, an unknown group, or when
            every specification was skipped.

    Source: Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4:1208; Steegen et al.
    (2016), Perspectives on Psychological Science 11:702.
    """
    combinations = _combinations(specs)
    axes = tuple(combinations[0])
    if taken := [axis for axis in axes if axis in (*NUMBERS, "skipped", "distinct")]:
        raise InputError("specs", f"may not name an axis {taken[0]!r}: a column of the result")
    if group is not None:
        validate.choice("group", group, axes)
    rows = [_estimate(function, choices, value) for choices in combinations]
    table = pd.concat([_choices(combinations), pd.DataFrame(rows)], axis=1)
    if (table["skipped"] != "").all():
        raise InputError(
            "specs", f"no specification could be estimated: {table['skipped'].iloc[0]}"
        )
    table["distinct"] = (table["skipped"] == "") & ~_repeated(table, group)
    return Multiverse(specifications=table, axes=axes)


def _combinations(
    specs: Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Any]],
) -> list[Specification]:
    if isinstance(specs, Mapping):
        empty = [axis for axis, choices in specs.items() if not len(choices)]
        if empty or not specs:
            raise InputError("specs", f"has no choices for {', '.join(empty) or 'any axis'}")
        return [dict(zip(specs, choices, strict=True)) for choices in product(*specs.values())]
    listed = [dict(spec) for spec in specs]
    if not listed or not listed[0] or any(spec.keys() != listed[0].keys() for spec in listed):
        raise InputError("specs", "must be one specification or more, all with the same keys")
    return listed


def _choices(combinations: list[Specification]) -> pd.DataFrame:
    """Choices as columns of objects, so that lists and None stay what they are."""
    axes = {axis: [choices[axis] for choices in combinations] for axis in combinations[0]}
    return pd.DataFrame({axis: pd.Series(column, dtype=object) for axis, column in axes.items()})


def _estimate(function: Callable[..., Any], choices: Specification, value: str) -> dict[str, Any]:
    try:
        found = function(**choices)
    except InputError as error:
        return {**dict.fromkeys(NUMBERS, math.nan), "skipped": str(error)}
    numbers = found if isinstance(found, tuple) else (getattr(found, value), *found.interval)
    row = dict(zip(NUMBERS, map(float, numbers), strict=True))
    if not math.isfinite(row["estimate"]) or any(map(math.isnan, row.values())):
        return {**dict.fromkeys(NUMBERS, math.nan), "skipped": "the estimate is not finite"}
    return {**row, "skipped": ""}


def _repeated(table: pd.DataFrame, group: str | None) -> pd.Series:
    rounded = table[NUMBERS].map(lambda number: f"{number:.{DIGITS}g}")
    rounded["group"] = "" if group is None else table[group].map(repr)
    return rounded.duplicated()


def _between(estimates: pd.Series, choices: pd.Series) -> float:
    total = ((estimates - estimates.mean()) ** 2).sum()
    means = estimates.groupby(choices.map(repr)).transform("mean")
    return float(((means - estimates.mean()) ** 2).sum() / total) if total > 0 else 0.0
