"""What mixtures of experts cost beside dense models of the same ability.

Readings fixed before any coefficient was computed, but for the first, which a first run had without
its bar on grade C; it was drawn tighter when architectures got the grade of what had been read:

- Documented means that the quality table states active and total parameters, or that the table of
  architectures has a paper or page that was read (grade A or B). A mixture has fewer active than
  total parameters. What is commonly known only (grade C) is a choice.
- The cheapest price is that of the model's cheapest host at the last month end of a panel, so all
  prices are of one day; models no longer sold are left out (a choice varies that).
- The coefficient of the mixture is held against ability and release date. It says what buyers pay,
  not what the architecture does: makers choose it, and mixtures are newer and larger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.listings import blended
from analysis.economics.prices.panels import Panel
from analysis.economics.training.robustness import Estimate, bare
from analysis.errors import InputError
from analysis.methods import multiverse, regression, trend, validate
from analysis.methods.cluster_effect import cluster_effect
from analysis.methods.multiverse import Multiverse
from analysis.methods.regression import Effect

LEAST = 5  # models of each kind
NOW, FIRST, EVER = "on sale now", "first month on sale", "cheapest ever"
WHEN = (NOW, FIRST, EVER)
STATED, NAMED, KNOWN = "active parameters stated", "and by paper or page", "and as commonly known"
DOCUMENTED = {STATED: "", NAMED: "AB", KNOWN: "ABC"}
MIXTURE = "experts"
_KEPT = ["model", "developer", "ability", "benchmarks", "released", "host", "price"]


def documented(
    quality: pd.DataFrame, architectures: pd.DataFrame, *, by: str = NAMED
) -> pd.DataFrame:
    """Open-weight models with an architecture: model, experts (0 or 1), active and total counts.

    ``by`` is one of ``DOCUMENTED``: architectures of grade C count only in the last.
    """
    validate.choice("by", by, tuple(DOCUMENTED))
    open_ = quality[quality["open_weights"]]
    sizes = open_.groupby("model")[["parameters", "active_parameters"]].max().dropna()
    experts = (sizes["active_parameters"] < 0.95 * sizes["parameters"]).astype(float)
    stated = sizes.assign(**{MIXTURE: experts}).reset_index()
    others = architectures[~architectures["model"].isin(stated["model"])]
    others = others[others["grade"].isin(list(DOCUMENTED[by]))]
    kind = (others["architecture"] == "mixture of experts").astype(float)
    return pd.concat([stated, others[["model"]].assign(**{MIXTURE: kind})], ignore_index=True)


def sample(
    panel: Panel, known: pd.DataFrame, *, when: str = NOW, output_share: float = 0.25
) -> pd.DataFrame:
    """One row a documented model with its cheapest price: ``_KEPT``, experts, sizes.

    Raises:
        InputError: for an unknown choice, or fewer than 5 models of either kind.
    """
    validate.choice("when", when, WHEN)
    months = panel.months()
    rows = panel.offers(start=months[-1] if when == NOW and len(months) else None)
    rows = rows[rows["model"].isin(known["model"]) & rows["open_weights"]]
    rows = rows.assign(price=blended(rows, output_share=output_share))
    if when == FIRST:
        rows = rows[rows["month"] == rows.groupby("model")["month"].transform("min")]
    ranked = rows.sort_values(["model", "price", "host"], kind="stable")
    found = ranked.drop_duplicates("model")[_KEPT].merge(known, on="model").reset_index(drop=True)
    mixtures = int(found[MIXTURE].sum())
    if min(mixtures, len(found) - mixtures) < LEAST:
        kinds = f"{mixtures} mixtures and {len(found) - mixtures} dense ones"
        raise InputError("known", f"needs {LEAST} models of each kind; there are {kinds}")
    return found


def premium(found: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Effect:
    """Price of a mixture over a dense model of the same ability and release date, log10.

    Raises:
        InputError: as ``cluster_effect``.
    """
    return cluster_effect(
        found["price"], columns(found), MIXTURE, found["developer"], level=level, seed=seed
    )


def columns(found: pd.DataFrame, size: str = "ability") -> dict[str, Any]:
    """Regressors: experts, ability (or the log of a size), decimal year of release."""
    held = found[size] if size == "ability" else np.log10(found[size])
    years = np.asarray(trend.decimal_year(found["released"]))
    return {MIXTURE: found[MIXTURE], size: held - held.mean(), "released": years - years.mean()}


def price_premium(
    panel: Panel, known: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Price of mixtures over dense models at equal ability and release date (c15).

    Raises:
        InputError: as ``sample`` and ``premium``.
    """
    found = sample(panel, known)
    effect = premium(found, level=level, seed=seed)
    mixtures = int(found[MIXTURE].sum())
    return Answer(
        effect.factor, effect.factor_interval, effect.n, grade="B", p_value=effect.p_value(0.0),
        method="log price on experts, ability, release date; wild-bootstrap-t by developer",
        reason=(
            f"{mixtures} mixtures and {len(found) - mixtures} dense models of"
            f" {found['developer'].nunique()} developers; mixtures are the newer and abler ones, so"
            " few pairs compare like with like"
        ),
    )  # fmt: skip


def at_equal_size(
    samples: Mapping[str, pd.DataFrame | None], *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """The ratio of prices holding ability, active or total parameters, by source.

    Columns: source, holding, models, mixtures, ratio, low, high.

    Raises:
        InputError: when no source allows one.
    """
    rows = []
    for source, found in samples.items():
        if found is None:
            continue
        for size in ("ability", "active_parameters", "parameters"):
            part = found[found[size].notna()]
            try:
                effect = cluster_effect(
                    part["price"], columns(part, size), MIXTURE, part["developer"],
                    level=level, seed=seed,
                )  # fmt: skip
            except InputError:
                continue
            mixtures = int(part[MIXTURE].sum())
            held = size.replace("_", " ")
            rows.append((source, held, len(part), mixtures, effect.factor, *effect.factor_interval))
    if not rows:
        raise InputError("samples", "no source has enough documented models")
    names = ["source", "holding", "models", "mixtures", "ratio", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def curve(
    panels: Mapping[str, Panel], quality: pd.DataFrame, architectures: pd.DataFrame
) -> Multiverse:
    """Axes: source, day of the price, output share, documents, models, benchmarks, date held."""
    plain = bare(quality)
    known = {by: documented(plain, bare(architectures), by=by) for by in DOCUMENTED}
    axes: Mapping[str, Sequence[Any]] = {
        "source": tuple(panels),
        "when": WHEN,
        "output_share": (0.1, 0.25, 0.5),
        "documents": tuple(DOCUMENTED),
        "released_since": ("2023-01-01", "2024-07-01"),
        "benchmarks": (3, 6),
        "held": ("ability and date", "ability"),
    }

    @cache
    def prices(source: str, when: str, output_share: float, documents: str) -> pd.DataFrame:
        return sample(panels[source], known[documents], when=when, output_share=output_share)

    def one(released_since: str, benchmarks: int, held: str, **choices: Any) -> Estimate:
        found = prices(**choices)
        recent = found["released"] >= pd.Timestamp(released_since)
        part = found[recent & (found["benchmarks"] >= benchmarks)]
        if min(part[MIXTURE].sum(), (1 - part[MIXTURE]).sum()) < LEAST:
            raise InputError("known", f"needs {LEAST} models of each kind")
        regressors = columns(part)
        if held == "ability":
            regressors.pop("released")
        effect = regression.effect(part["price"], regressors, MIXTURE, covariance="HC3")
        return effect.factor, *effect.factor_interval

    return multiverse.run(axes, one, group="source")
