"""The roofline against measured timings: dense and sparse models apart, error by regime."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.economics.serving.chips import Chip
from analysis.economics.serving.efficiencies import EfficiencyFit, fit_efficiencies
from analysis.economics.serving.shapes import SPARSE
from analysis.errors import InputError

DENSE, MIXTURE = "dense", "sparse"
KINDS = (DENSE, MIXTURE)


@dataclass(frozen=True, eq=False)
class Fits:
    """Fitted efficiencies of dense and of sparse models on one chip."""

    chip: Chip
    dense: EfficiencyFit
    sparse: EfficiencyFit

    def of(self, model: str) -> EfficiencyFit:
        """The fit that a model is priced with."""
        return self.sparse if model in SPARSE else self.dense

    def errors(self) -> pd.DataFrame:
        """One row a timing: kind, phase, model, measured_ms, predicted_ms, ratio, bound."""
        parts = [
            fit.rows.assign(kind=kind)
            for kind, fit in zip(KINDS, (self.dense, self.sparse), strict=True)
        ]
        return pd.concat(parts, ignore_index=True)

    def residuals(self, phases: tuple[str, ...], model: str | None = None) -> np.ndarray:
        """ln(measured / predicted) of the timings of these phases, of one model or of all."""
        rows = self.errors()
        rows = rows[rows["phase"].isin(phases)]
        if model is not None:
            rows = rows[rows["model"] == model]
        return -np.log(rows["ratio"].to_numpy())


def fit(timings: pd.DataFrame, chip: Chip | None) -> Fits:
    """Efficiencies for dense and sparse models.

    Raises:
        InputError: while no timings, or no peaks of the chip, are known.
    """
    require("timings", timings, ["model", "phase"])
    if timings.empty or chip is None:
        raise InputError("timings", "no measured forward pass was known by then")
    sparse = timings["model"].isin(SPARSE)
    return Fits(
        chip, fit_efficiencies(timings[~sparse], chip), fit_efficiencies(timings[sparse], chip)
    )


def by_regime(fits: Fits) -> pd.DataFrame:
    """Error of each regime: median and largest |predicted / measured - 1|, and the worst case."""
    rows = fits.errors().assign(error=lambda t: (t["ratio"] - 1).abs())
    found = []
    for (kind, phase), part in rows.groupby(["kind", "phase"], sort=False):
        worst = part.iloc[part["error"].argmax()]
        found.append(
            {
                "models": kind,
                "phase": phase,
                "timings": len(part),
                "median_error": part["error"].median(),
                "largest_error": worst["error"],
                "worst_case": f"{worst['model']}, {worst['measured_ms']:.4g} ms",
            }
        )
    return pd.DataFrame(found)


def summary(fits: Fits, timings: pd.DataFrame) -> pd.DataFrame:
    """Efficiencies of the two fits and of one for all, with the errors in and out of sample."""
    together = fit_efficiencies(timings, fits.chip)
    named = {"dense models": fits.dense, "sparse model": fits.sparse, "all together": together}
    return pd.DataFrame(
        {
            "fit": name,
            "timings": found.n,
            "memory_share_of_peak": found.efficiencies.memory,
            "compute_share_of_peak": found.efficiencies.compute,
            "overhead_us_per_layer": found.efficiencies.overhead_seconds_per_layer * 1e6,
            "median_error": found.median_error,
            "largest_error": found.worst_error,
            "error_on_a_model_left_out": found.out_of_sample_error,
        }
        for name, found in named.items()
    )
