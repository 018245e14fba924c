"""Which open-weight models are mixtures of experts, where the quality table does not say."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

MODELS = "curated/model_architectures.csv"
DENSE, EXPERTS = "dense", "mixture of experts"


def model_architectures(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(MODELS))


def _names_agree(models: pd.DataFrame) -> bool:
    """Names that count experts, as in 8x7b, belong to mixtures."""
    counted = models["model"].str.contains(r"\d+x\d+b|-moe", regex=True)
    return bool(counted.any() and (models.loc[counted, "architecture"] == EXPERTS).all())


TABLES = [
    Table(
        name="model_architectures",
        title="Dense models and mixtures of experts among open weights, 2023 to 2025",
        description=(
            "Beside model_quality, which states active parameters of newer models: a mixture of"
            " experts has fewer active than total ones. Here are older models with a price. Models"
            " whose makers do not tell the architecture are in neither."
        ),
        build=model_architectures,
        key=("model",),
        columns=(
            Column("model", "text", "as in model_quality"),
            Column("architecture", "text", "how it is built", allowed=(DENSE, EXPERTS)),
            Column("period", "text", "month of release or of the paper"),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("names_agree", "table", "8x7b and the like are mixtures", _names_agree),
            source_named(),
            rows_at_least(30),
        ),
    )
]
