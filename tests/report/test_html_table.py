"""Data frames as accessible tables."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.report import html_table


def _page(frame: pd.DataFrame) -> BeautifulSoup:
    return BeautifulSoup(html_table.render(frame, caption="Prices"), "html.parser")


def test_headers_have_scopes_and_the_region_a_name() -> None:
    page = _page(pd.DataFrame({"model": ["a", "b"], "price_usd": [1.5, 2.0]}))
    assert [head["scope"] for head in page.thead.find_all("th")] == ["col", "col"]
    assert [head["scope"] for head in page.tbody.find_all("th")] == ["row", "row"]
    assert page.caption.text == page.div["aria-label"] == "Prices"
    assert page.div["tabindex"] == "0"


def test_numbers_stand_to_the_right_and_texts_to_the_left() -> None:
    page = _page(pd.DataFrame({"model": ["a"], "price_usd": [1.5], "n": [2]}))
    assert [bool(cell.get("class")) for cell in page.thead.find_all("th")] == [False, True, True]


def test_heads_say_which_columns_hold_dates_and_long_texts() -> None:
    frame = pd.DataFrame({"month": ["2026-10"], "day": [date(2026, 1, 2)], "why": ["so " * 30]})
    heads = _page(frame.assign(said=["so"])).thead.find_all("th")
    assert [head.get("class") for head in heads] == [["date"], ["date"], ["long"], None]


def test_a_named_index_becomes_the_first_column() -> None:
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["x"], name="model"))
    assert [head.text for head in _page(frame).find_all("th")] == ["model", "n", "x"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (pd.NaT, "–"),
        (True, "yes"),
        (np.int64(2026), "2026"),
        (1_234_567, "1,234,567"),
        (1234.5678901, "1234.57"),
        (2022.0, "2022"),
        (12345.67, "12,345.7"),
        (2.1e25, "2.1×10²⁵"),
        (date(2026, 1, 2), "2026-01-02"),
        (pd.Timestamp("2026-01-02"), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),
        ("<b>", "<b>"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert html_table.cell(value) == text
