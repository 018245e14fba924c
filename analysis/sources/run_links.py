"""Which training runs are fine-tunes of another model, and which have an ability score."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.errors import DataError
from analysis.schemas import Column, Table
from analysis.sources import epoch_ai
from analysis.sources.sidecar import Snapshots

LINKS = "curated/run_links.csv"
RELATIONS = ("base", "score")


def run_links(snapshots: Snapshots) -> pd.DataFrame:
    """Links dated back to the release of the run; DataError for a run that is not in the data."""
    links = snapshots.csv(LINKS)
    runs = epoch_ai.training_runs(snapshots).set_index("model")["refers_to"]
    unknown = links.loc[~links["run"].isin(runs.index), "run"]
    if len(unknown):
        row = int(unknown.index[0])
        problem = f"no training run is named {unknown[row]!r}"
        raise DataError(problem, file=snapshots.data / LINKS, row=row, column="run")
    day = links["run"].map(runs)
    return links.assign(refers_to=day, known_from=day, known_basis="reconstructed")


def _flan_palm_has_a_base(links: pd.DataFrame) -> bool:
    """One of the four fine-tunes that version 2 of Cottier et al. (2024) removed."""
    row = links[(links["run"] == "Flan-PaLM 540B") & (links["relation"] == "base")]
    return list(row["target"]) == ["PaLM (540B)"]


TABLES = [
    Table(
        name="run_links",
        title="Fine-tunes among the training runs, and runs with an ability score",
        description=(
            "Links of training runs by name. base: the run was trained on from the weights of the"
            " target, so that its compute is in part, mostly for the larger part, the target's;"
            " such runs are left out where a rule leaves out fine-tunes. score: the target is this"
            " run, or its base or chat version, in model_quality."
        ),
        build=run_links,
        key=("run", "relation", "target"),
        columns=(
            Column("run", "text", "model in training_runs"),
            Column("relation", "text", "what the target is to the run", allowed=RELATIONS),
            Column("target", "text", "base model, or model in model_quality"),
            Column("source", "text", "how we know"),
            Column("grade", "text", "quality of the source", allowed=("A", "B", "C")),
        ),
        checks=(
            Check(
                "flan_palm_is_a_fine_tune",
                "table",
                "Flan-PaLM was trained on from PaLM",
                _flan_palm_has_a_base,
            ),
            rows_at_least(130),
        ),
    )
]
