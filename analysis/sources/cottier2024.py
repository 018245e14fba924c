"""Training costs under several accounting methods, by the authors of Cottier et al. 2024."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources import epoch_ai
from analysis.sources.sidecar import Snapshots

PAPER = "snapshots/cottier2024/frontier_costs.csv"
METHODS = "snapshots/cottier2024/cost_methods.csv"
LIVE = "holds the data of one paper"
AI_INDEX = "curated/ai_index_training_costs.csv"

_KEPT = ["model", "developer", "training_compute_flop", "source", "grade"]


def training_costs(snapshots: Snapshots) -> pd.DataFrame:
    """All estimates, one row per data set, method, price year and model."""
    parts = [_paper(snapshots), _methods(snapshots), _export(snapshots), _ai_index(snapshots)]
    return pd.concat(parts, ignore_index=True)


def _paper(snapshots: Snapshots) -> pd.DataFrame:
    frame = snapshots.csv(PAPER)
    frame = frame.assign(source="https://arxiv.org/abs/2405.21015v1", grade="A")
    vintage = snapshots.used[PAPER].vintage
    parts = [
        _rows(frame, "cottier2024_v1", "amortised_hardware_energy", year, column, vintage)
        for column, year in (("cost_usd_nominal", "nominal"), ("cost_usd_2023_12", "2023-12"))
    ]
    return pd.concat(parts)


def _methods(snapshots: Snapshots) -> pd.DataFrame:
    frame = snapshots.csv(METHODS)
    vintage = snapshots.used[METHODS].vintage
    frame = frame.assign(training_compute_flop="", grade="A")
    frame["source"] = snapshots.used[METHODS].url
    methods = ("amortised_hardware_energy", "cloud_rental", "hardware_acquisition")
    parts = [
        _rows(frame, "epoch_2025_methods", method, "2024-12", f"{method}_usd_2024_12", vintage)
        for method in methods
    ]
    return pd.concat(parts)


def _export(snapshots: Snapshots) -> pd.DataFrame:
    """The export's cost column, dated back to publication like its other estimates."""
    frame = epoch_ai.training_runs(snapshots).assign(grade="A")
    column, method = "training_cost_usd_2023", "amortised_hardware_energy"
    rows = _rows(frame, "epoch_2026_07", method, "2023", column, "")
    return rows.assign(known_from=rows["refers_to"], known_basis="reconstructed")


def _ai_index(snapshots: Snapshots) -> pd.DataFrame:
    frame = snapshots.csv(AI_INDEX)
    rows = _rows(frame, "ai_index_2024", "cloud_rental", "nominal", "cost_usd", "")
    return rows.assign(known_from=frame["known_from"], known_basis="published")


def _rows(
    frame: pd.DataFrame, dataset: str, method: str, year: str, column: str, vintage: str
) -> pd.DataFrame:
    rows = frame[frame[column] != ""]
    return rows[_KEPT].assign(
        dataset=dataset,
        method=method,
        price_year=year,
        cost_usd=rows[column],
        refers_to=rows["published"],
        known_from=vintage,
        known_basis="vintage",
    )


def _paper_has_45(snapshots: Snapshots) -> bool:
    return len(snapshots.csv(PAPER)) == 45


def _gpt4(dataset: str, method: str, year: str) -> dict[str, object]:
    return {"model": "GPT-4", "dataset": dataset, "method": method, "price_year": year}


TABLES = [
    Table(
        name="training_costs",
        title="Cost of final training runs under several accounting methods",
        description=(
            "Four data sets, never to be mixed in one trend: cottier2024_v1 (45 frontier models as"
            " published on 31 May 2024), epoch_2025_methods (three methods side by side, from the"
            " paper's repository), epoch_2026_07 (the cost column of the July 2026 export, labelled"
            " 2023 dollars there; where it equals the paper's nominal figure deflated, about half"
            " of the values turn out to be in dollars of June 2025, 3.9 % more) and ai_index_2024"
            " (cloud rental). cost_usd is in dollars of price_year."
        ),
        build=training_costs,
        key=("dataset", "method", "price_year", "model"),
        columns=(
            Column(
                "dataset",
                "text",
                "whose estimates",
                allowed=("cottier2024_v1", "epoch_2025_methods", "epoch_2026_07", "ai_index_2024"),
            ),
            Column(
                "method",
                "text",
                "what is counted",
                allowed=("amortised_hardware_energy", "cloud_rental", "hardware_acquisition"),
            ),
            Column(
                "price_year",
                "text",
                "year or month of the dollars; nominal: of the time of training",
                allowed=("nominal", "2023-12", "2023", "2024-12"),
            ),
            Column("model", "text", "name in the data set"),
            Column("developer", "text", "organisations that trained it", required=False),
            Column("cost_usd", "number", "cost of the final training run", "USD", above=0),
            Column(
                "training_compute_flop",
                "number",
                "operations of the final training run, in the same data set",
                "FLOP",
                required=False,
                above=0,
            ),
            Column("grade", "text", "quality of the source", allowed=("A", "B", "C")),
            Column("source", "text", "where the figure is from", required=False),
        ),
        checks=(
            Check(
                "paper_has_45_models", "snapshot", "the paper's data set is whole", _paper_has_45
            ),
            value_is(
                "gpt4_amortised_cost_is_40.6_million",
                _gpt4("cottier2024_v1", "amortised_hardware_energy", "2023-12"),
                "cost_usd",
                40.6e6,
                within=1e-3,
            ),
            value_is(
                "gpt4_hardware_acquisition_cost_is_778_million",
                _gpt4("epoch_2025_methods", "hardware_acquisition", "2024-12"),
                "cost_usd",
                778e6,
                within=1e-3,
            ),
            rows_at_least(350),
        ),
    )
]
