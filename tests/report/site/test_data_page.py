"""Pages of tables, their downloads and their lines."""

from __future__ import annotations

import glob
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import sample_run
from bs4 import BeautifulSoup

from analysis import tables
from analysis.files import csv_bytes
from analysis.report.charts import sparkline
from analysis.report.site import background, parquet
from analysis.run.runset import RunSet


def _page(pages: dict[str, str], name: str) -> BeautifulSoup:
    return BeautifulSoup(pages[f"data/{name}.html"], "html.parser")


def test_a_table_tells_where_it_is_from(pages: dict[str, str]) -> None:
    text = " ".join(_page(pages, "training_costs").main.get_text(" ").split())
    for part in ("Training costs What a run cost", "1,042, known by 23 November 2026",
                 "Epoch AI · 2024-06-01 to 2026-07-16 · CC BY 4.0", "has 40 rows",
                 "A unit was off by a thousand.", "16 July 2026"):  # fmt: skip
        assert part in text, part
    assert "pseudo-vintage" in _page(pages, "training_runs").text


def test_a_table_names_the_claims_that_rest_on_it(pages: dict[str, str]) -> None:
    links = _page(pages, "training_costs").select('a[href^="../claims/"]')
    assert [link["href"] for link in links] == ["../claims/c38.html", "../claims/c40.html"]
    assert not _page(pages, "training_runs").select('a[href^="../claims/"]')


def test_columns_show_unit_extent_and_a_line(pages: dict[str, str]) -> None:
    cells = [
        [" ".join(cell.get_text(" ").split()) for cell in row(["th", "td"])]
        for row in _page(pages, "training_costs").select("table.columns tbody tr")
    ]
    assert cells[0] == ["model name of the model", "text", "40", "40 different", ""]
    assert cells[1][:3] == ["cost_usd cost of the run", "USD", "39"]
    assert cells[4][3] == "2016-01-01 to 2025-10-01"
    lines = _page(pages, "training_costs").select("svg.spark")
    assert [line["aria-label"] for line in lines] == [
        "cost_usd: median over time, first 37,500, last 181,000,000, logarithmic scale",
        "layers: median over time, first 0, last 39",
    ]


def test_the_index_lists_every_table(pages: dict[str, str]) -> None:
    page = _page(pages, "index")
    links = [link["href"] for link in page.select("tbody th a")]
    assert links == ["training_runs.html", "training_costs.html"]


def test_downloads_hold_the_rows(sample: RunSet) -> None:
    made = sample_run.extract("training_costs", sample_run.AS_OF)
    text = pd.read_csv(sample.folder / "data/training_costs.csv", dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(text, made.rows, check_dtype=False)
    typed = _parquet(sample.folder / "data/training_costs.parquet")
    assert list(map(str, typed.types)) == ["VARCHAR", "DOUBLE", "BIGINT", "BOOLEAN", "DATE"]
    assert typed.columns == list(made.rows.columns)
    count = typed.aggregate("count(*), count(cost_usd), sum(open_weights::int), max(layers)")
    assert count.fetchall() == [(40, 39, 20, 39)]


@pytest.mark.parametrize("name", ["training_costs", "api_prices", "model_architectures"])
def test_a_download_has_only_what_was_known(name: str, tmp_path: Path) -> None:
    day = pd.Timestamp("2024-06-30").date()
    found, loaded = background.extract(name, day), tables.load(name, day)
    assert 0 < len(found.rows) < len(tables.text(name))
    assert found.rows["known_from"].max() <= day.isoformat()
    file = tmp_path / "t[1].parquet"
    file.write_bytes(parquet.convert(csv_bytes(found.rows), found.columns))
    typed = _parquet(file)
    assert typed.columns == list(loaded.columns)
    filled = ", ".join(f'count("{column}")' for column in typed.columns)
    known = (int((loaded[column].notna() & (loaded[column] != "")).sum()) for column in loaded)
    assert typed.aggregate(filled).fetchall() == [tuple(known)]


def _parquet(path: Path) -> duckdb.DuckDBPyRelation:
    return duckdb.read_parquet(glob.escape(str(path)))


def _line(values: list[float], days: list[str] | None = None) -> BeautifulSoup:
    days = days or [f"2024-{month + 1:02d}-01" for month in range(len(values))]
    drawn = sparkline.draw(
        pd.to_datetime(pd.Series(days)), pd.Series(values, dtype="float64"), "cost"
    )
    return BeautifulSoup(drawn, "html.parser")


def test_a_line_rises_with_its_values() -> None:
    drawn = _line([1.0, 2.0, 3.0])
    heights = [float(dot["cy"]) for dot in drawn("circle")]
    assert heights == sorted(heights, reverse=True) and len(set(heights)) == 3
    assert "logarithmic" not in drawn.svg["aria-label"]
    assert "logarithmic" in _line([1.0, 1e3, 1e6]).svg["aria-label"]


def test_neighbours_are_joined_and_gaps_left() -> None:
    days = [f"2024-01-{day:02d}" for day in range(1, 25)]
    whole = _line([float(day) for day in range(24)], days)
    assert len(whole("polyline")) == 1 and not whole("circle")
    holed = _line([float("nan") if day == 12 else float(day) for day in range(24)], days)
    assert len(holed("polyline")) == 2


def test_nothing_is_drawn_of_one_moment_or_no_number() -> None:
    assert _line([1.0, 2.0], ["2024-01-01"] * 2).svg is None
    assert _line([float("nan")] * 3).svg is None
