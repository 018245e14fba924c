"""Large state-space and hybrid language models."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

MODELS = "curated/ssm_models.csv"


def ssm_models(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(MODELS))


def _active_within_total(models: pd.DataFrame) -> bool:
    known = models.dropna(subset=["active_parameters"])
    return bool((known["active_parameters"] <= known["total_parameters"]).all())


TABLES = [
    Table(
        name="ssm_models",
        title="Large language models with state-space layers, to June 2026",
        description=(
            "Which models have Mamba layers, alone or beside attention; training_runs does not"
            " say. Training compute is in training_runs under the name given, or follows from"
            " active parameters and tokens. Makers that do not tell the architecture are missing."
        ),
        build=ssm_models,
        key=("model",),
        columns=(
            Column("model", "text", "name"),
            Column("developer", "text", "who trained it"),
            Column(
                "kind",
                "text",
                "state-space layers only, mixed with attention, or a relative",
                allowed=("state space", "hybrid", "linear attention"),
            ),
            Column("active_parameters", "number", "per token", "count", required=False, above=0),
            Column("total_parameters", "number", "in all", "count", above=0),
            Column("training_tokens", "number", "tokens read", "tokens", required=False, above=0),
            Column("training_run", "text", "its name in training_runs", required=False),
            Column("period", "text", "day, month or year of release or paper"),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "nemotron_h_read_20_trillion_tokens",
                {"model": "Nemotron-H-56B"},
                "training_tokens",
                20e12,
            ),
            Check("active_within_total", "table", "always", _active_within_total),
            source_named(),
            rows_at_least(8),
        ),
    )
]
