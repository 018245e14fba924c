"""Ability scores: configurations become models with an effort, dated to their release."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis import tables
from analysis.errors import DataError
from analysis.sources import benchprobe, effort, helm
from analysis.sources.sidecar import Snapshots

PANEL = "benchprobe/data/price_of_intelligence_2026-08-09/"


@pytest.fixture(scope="module")
def quality() -> pd.DataFrame:
    return tables.load("model_quality")


@pytest.mark.parametrize(
    ("configuration", "model", "level"),
    [
        ("gpt-5.5_xhigh", "gpt-5.5", "xhigh"),
        ("claude-opus-4-20250514_16K", "claude-opus-4-20250514", "16K"),
        ("gpt-4-0314", "gpt-4-0314", ""),
        ("moonshotai/Kimi-K2-Thinking", "kimi-k2-thinking", ""),
        ("DeepSeek-V3.2-Exp_thinking", "deepseek-v3.2-exp", "thinking"),
        ("deepseek-reasoner", "deepseek-v3.2", "thinking"),
        ("gpt-5.6-sol_promax", "gpt-5.6-sol-pro", "max"),
        ("Chinchilla (70B)", "chinchilla-70b", ""),
        ("grok-4.5_unknown", "grok-4.5", "unknown"),
    ],
)
def test_model_and_effort(configuration: str, model: str, level: str) -> None:
    assert effort.split(configuration) == (model, level)


def test_released_and_ability_of_well_known_models(quality: pd.DataFrame) -> None:
    rows = quality.set_index("configuration")
    assert rows.loc["gpt-4-0314", "released"] == pd.Timestamp("2023-03-14")
    assert rows.loc["gpt-5-2025-08-07_high", "released"] == pd.Timestamp("2025-08-07")
    # se_theta_structure.csv of the archive, Zenodo 10.5281/zenodo.22177190
    assert rows.loc["claude-2.1", ["benchmarks", "developer"]].tolist() == [5, "Anthropic"]
    assert rows.loc["Baichuan-13B-Base", "ability"] == pytest.approx(-1.8873769316883664)
    assert rows.loc["Baichuan-13B-Base", "standard_error"] == pytest.approx(0.17011441057115576)


def test_few_benchmarks_are_left_out_and_nothing_is_known_before_release(
    quality: pd.DataFrame,
) -> None:
    assert quality["benchmarks"].min() == 3
    assert (quality["known_from"] == quality["released"]).all()
    assert set(quality["known_basis"]) == {"reconstructed"}
    assert quality["released"].max() <= pd.Timestamp("2026-08-09")


def test_open_weights_and_parameters_go_together(quality: pd.DataFrame) -> None:
    models = quality.drop_duplicates("model").set_index("model")
    assert models.loc["deepseek-v3", ["parameters", "active_parameters"]].tolist() == [
        6.71e11,
        3.7e10,
    ]
    assert models.loc["llama-3.1-405b-instruct", "parameters"] == 4.05e11
    assert not models.loc["gpt-4-0314", "open_weights"]
    assert pd.isna(models.loc["gpt-4-0314", "parameters"])
    known = models[models["active_parameters"].notna()]
    assert (known["active_parameters"] <= known["parameters"]).all()


def test_release_dates_of_two_sources_agree(quality: pd.DataFrame) -> None:
    data = Path(__file__).resolve().parents[2] / "data"
    snapshots = Snapshots(data)
    models = snapshots.csv(benchprobe.MODELS)
    stated = models.set_index("model")["helm"].map(helm.metadata(snapshots)["release_date"])
    panel = quality.groupby("model")["released"].min()
    days = (pd.to_datetime(stated) - panel).dt.days.dropna().abs()
    assert len(days) >= 90
    assert (days <= 31).mean() >= 0.85  # HELM has three years mistyped and some API dates
    assert (days <= 135).mean() >= 0.95


def _wheel(folder: Path, parquet: bytes) -> None:
    with zipfile.ZipFile(folder / "benchprobe-0.1.1-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{PANEL}benchmark_scores.parquet", parquet)
        archive.writestr(f"{PANEL}MANIFEST.json", json.dumps({"vendored_on": "2026-09-10"}))
        archive.writestr(f"{PANEL}archived/se_theta_structure.csv", "model_id,theta\na,1\n")
        archive.writestr(
            "benchprobe/data/one_capability_2026-07-06/aa_analysis_models.csv", "slug\na\n"
        )


def test_scores_become_csv_or_the_missing_reader_is_named(tmp_path: Path) -> None:
    frame = pd.DataFrame({"model_id": ["a", "b"], "score": [0.5, 0.25], "same": ["x", "x"]})
    try:
        stream = io.BytesIO()
        frame.to_parquet(stream)
    except ImportError:
        _wheel(tmp_path, b"PAR1")
        with pytest.raises(DataError, match="needs pyarrow"):
            benchprobe.extract(tmp_path, tmp_path / "data" / "snapshots")
        return
    _wheel(tmp_path, stream.getvalue())
    benchprobe.extract(tmp_path, tmp_path / "data" / "snapshots")
    scores = Snapshots(tmp_path / "data").csv(benchprobe.SCORES)
    assert scores.to_dict("list") == {"model_id": ["a", "b"], "score": ["0.5", "0.25"]}
