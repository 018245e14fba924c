"""Speed of the methods as ratios within one run.

Run ``python -m benchmarks.methods``. Each entry of ``ROWS`` makes one or more rows; a row has what
was timed, its baseline, the seconds of both, their ratio, the goal and, where both give an answer,
how far apart the answers are.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods import bootstrap, breaks
from benchmarks import methods_index

Row = dict[str, Any]
_RESAMPLES = 10_000
_LOOPED = 1_000  # resamples that the loop really runs; its time is scaled up


def wild_bootstrap() -> Row:
    """10,000 resamples of a log-linear fit with n = 100, beside a loop over ``OLS.fit``."""
    import statsmodels.api as sm

    generator = np.random.default_rng(0)
    t = np.linspace(2016, 2026, 100)
    X = np.column_stack([np.ones(100), t - t.mean()])
    y = 0.4 * t + generator.standard_normal(100)
    signs = bootstrap.rademacher(100, _RESAMPLES)
    fitted = sm.OLS(y, X).fit()
    leverage = np.einsum("ij,ji->i", X, np.linalg.pinv(X))
    errors = fitted.resid / np.sqrt(1 - leverage)

    def loop() -> list[float]:
        statistics = []
        for row in signs[:_LOOPED]:
            again = sm.OLS(fitted.fittedvalues + row * errors, X).fit()
            statistics.append((again.params[1] - fitted.params[1]) / again.bse[1])
        return statistics

    ours, seconds = best(lambda: bootstrap.wild_t(X, y, signs, covariance="classical"), 7)
    theirs, loop_seconds = best(loop, 1)
    return _row(
        "wild bootstrap-t, n = 100, 10,000 resamples",
        seconds,
        f"loop over statsmodels OLS.fit ({_LOOPED:,} of them, scaled)",
        loop_seconds * _RESAMPLES / _LOOPED,
        "at most 1/100",
        float(np.abs(ours[:_LOOPED] - theirs).max()),
    )


def _broken(search: Any, y: np.ndarray) -> list[int]:
    found: list[int] = search.fit(y[:, None]).predict(n_bkps=5)
    return found


def bai_perron() -> list[Row]:
    """Five breaks in 2,000 rows, beside both dynamic programs of ruptures."""
    import ruptures

    levels = np.repeat([0.0, 1.0, 0.0, 2.0, 1.0, 0.0], [300, 400, 300, 350, 350, 300])
    y = levels + np.random.default_rng(0).standard_normal(levels.size)
    found, seconds = best(lambda: breaks.bai_perron(y, max_breaks=5, min_size=0.15), 5)
    searches = {
        "ruptures Dynp (Python)": ruptures.Dynp(model="l2", min_size=300, jump=1),
        "ruptures KernelCPD (C)": ruptures.KernelCPD(kernel="linear", min_size=300, jump=1),
    }
    rows = []
    for name, search in searches.items():
        once = 1 if "Dynp" in name else 5
        theirs, baseline = best(partial(_broken, search, y), once)
        apart = float(np.abs(np.subtract(found.breaks[5], theirs[:-1])).max())
        rows.append(
            _row("Bai-Perron, n = 2,000, m = 5", seconds, name, baseline, "at most 3", apart)
        )
    return rows


def imports() -> list[Row]:
    """Processes that import the package, beside those that import what it stands on."""
    bare = _start("pass")
    package = _start("import analysis")
    base = _start("import numpy, scipy.stats") - bare
    methods = _start("import analysis.methods.trend") - bare
    return [
        _row("import analysis, with the interpreter", package, "0.15 s", 0.15, "at most 1"),
        _row("import analysis.methods.trend", methods, "numpy, scipy.stats", base, "at most 1.2"),
    ]


def geks() -> Row:
    """GEKS-Törnqvist beside a pandas loop over pairs of months."""
    row = methods_index.geks_speed()
    return _row(
        row["what"],
        row["seconds"],
        row["baseline"],
        row["baseline_seconds"],
        "at most 0.05",
        row["largest_difference"],
    )


def geks_growth() -> list[Row]:
    """GEKS-Törnqvist at 12, 24, 48 and 96 months, each beside half as many."""
    rows = methods_index.geks_growth()
    return [
        _row(
            f"{later['what']} ({later['peak_mib']:.0f} MiB)",
            later["seconds"],
            f"{rows[i]['what']} ({rows[i]['peak_mib']:.0f} MiB)",
            rows[i]["seconds"],
            "at most 4",
        )
        for i, later in enumerate(rows[1:])
    ]


ROWS: tuple[Callable[[], Row | list[Row]], ...] = (
    wild_bootstrap,
    bai_perron,
    imports,
    geks,
    geks_growth,
)


def best(call: Callable[[], Any], times: int) -> tuple[Any, float]:
    """The result and the least time of ``times`` calls."""
    least = np.inf
    for _ in range(times):
        start = time.perf_counter()
        result = call()
        least = min(least, time.perf_counter() - start)
    return result, float(least)


def _start(code: str) -> float:
    command = [sys.executable, "-c", code]
    return best(lambda: subprocess.run(command, check=True), 7)[1]


def _row(
    what: str,
    seconds: float,
    baseline: str,
    baseline_seconds: float,
    goal: str,
    apart: float | None = None,
) -> Row:
    return {
        "what": what,
        "seconds": seconds,
        "baseline": baseline,
        "baseline seconds": baseline_seconds,
        "ratio": seconds / baseline_seconds,
        "goal": goal,
        "answers differ by": apart,
    }


def main() -> None:
    rows: list[Row] = []
    for make in ROWS:
        made = make()
        rows.extend(made if isinstance(made, list) else [made])
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.3g}".format, na_rep=""))


if __name__ == "__main__":
    main()
