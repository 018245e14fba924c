"""Links from training runs to their base model and their ability score."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import build, tables
from analysis.errors import DataError


def test_links_point_at_runs_and_scores_that_exist() -> None:
    links, quality = tables.load("run_links"), tables.load("model_quality")
    assert set(links["run"]) <= set(tables.load("training_runs")["model"])
    scored = links[links["relation"] == "score"]
    assert set(scored["target"]) <= set(quality["model"])
    assert scored["target"].is_unique


def test_links_are_dated_back_to_the_release_of_the_run() -> None:
    links = tables.load("run_links").set_index(["run", "relation"])
    runs = tables.load("training_runs").set_index("model")
    known = links.loc[("Composer 2.5", "base"), "known_from"]
    assert known == runs.loc["Composer 2.5", "refers_to"]
    assert "Composer 2.5" not in set(tables.load("run_links", as_of="2026-05-17")["run"])


def test_a_link_of_an_unknown_run_is_named(data_copy: Path) -> None:
    file = data_copy / "curated" / "run_links.csv"
    text = file.read_text(encoding="utf-8").replace("Composer 2.5,base", "Composer 9,base")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"no training run is named 'Composer 9'"):
        build.build(["run_links"])
