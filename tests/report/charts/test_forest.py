"""The main figure shows what was estimated and nothing else."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from analysis.claims import ledger
from analysis.errors import InputError
from analysis.report.charts import forest


def source(name: str, estimate: float | None, low: float, high: float) -> dict[str, Any]:
    return {
        "source": name, "estimate": estimate, "low": low, "high": high,
        "unit": forest.UNIT, "n": 45,
    }  # fmt: skip


VERDICTS = [
    {"id": "c38", "estimands": [
        {"id": "growth", "sources": [
            source("cottier2024", 2.4, 1.7, 3.5), source("epoch2026", None, 0, 0)]}]},
    {"id": "c24", "estimands": [
        {"id": "same_model", "sources": [source("router", 0.8, 0.6, 0.9)]},
        {"id": "fixed_capability", "sources": [source("router", 0.2, 0.1, 0.4)]}]},
    {"id": "c05", "estimands": [{"id": "growth", "sources": [source("router", 9, 8, 10)]}]},
]  # fmt: skip


def test_data_are_the_estimates_in_the_order_of_the_figure() -> None:
    frame = forest.data(VERDICTS)
    assert list(frame["claim"]) == ["c38", "c24", "c24"]
    assert list(frame["growth_factor_per_year"]) == [2.4, 0.8, 0.2]
    assert list(frame["source"]) == [forest.SOURCES[k] for k in ("cottier2024", "router", "router")]


def test_every_row_is_declared_in_the_ledger_with_a_yearly_factor() -> None:
    for claim, estimand, _ in forest.ROWS:
        declared = ledger.find(claim)
        found = declared.estimand(estimand)
        assert declared.unit_of(found) == forest.UNIT
        assert set(found.sources) <= forest.SOURCES.keys()


def test_description_carries_the_numbers() -> None:
    text = forest.describe(forest.data(VERDICTS))
    assert "Training cost of the largest runs (45 models of Cottier et al. 2024): 2.4×" in text
    assert text.count("OpenRouter") == 2


def test_the_file_is_valid_svg_and_the_same_every_time() -> None:
    text = forest.standalone(VERDICTS)
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    written = " ".join("".join(node.itertext()) for node in root.iter() if "text" in node.tag)
    assert "Cheapest price at GPT-4's ability" in written
    assert text == forest.standalone(VERDICTS)


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(InputError, match="no estimate to draw"):
        forest.draw(forest.data([]))
