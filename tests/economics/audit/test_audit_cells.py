"""Table 1 cell by cell."""

from __future__ import annotations

import pytest
from audit_samples import article, facts, unpublished

from analysis import tables
from analysis.economics.audit import cell_tables, cells
from analysis.economics.audit.facts import Facts
from analysis.economics.audit.text import Article

KNOWN = (
    ("training_compute", "GPT-3 (175B)", 1.1e23, "A", "2020-05-28"),
    ("training_compute", "GPT-3.5", 4e23, "A", "2022-11-28"),
    ("training_compute", "GPT-4", 2e25, "A", "2023-03-15"),
    ("openai_list_price", "gpt-3.5-turbo", 2, "B", "2023-04-01"),
    ("openai_list_price", "gpt-3.5-turbo", 1, "B", "2024-03-01"),
    ("openai_list_price", "gpt-4 (8k)", 60, "B", "2023-04-01"),
    ("openai_list_price", "gpt-4 (8k)", 60, "B", "2026-04-26"),
    ("openai_list_price", "small", 0.5, "B", "2024-07-25"),
    ("video_list_price", "a", 4, "B", "2026-04-26"),
    ("video_list_price", "b", 6, "B", "2026-04-26"),
    ("video_list_price", "c", 12, "B", "2026-04-26"),
)


@pytest.fixture
def compared() -> list[cells.Compared]:
    return cells.compare(article(), facts(*KNOWN))


def test_own_model_and_nearest_are_told_apart(compared: list[cells.Compared]) -> None:
    found = {c.cell.label: (c.own_off, c.nearest[0].subject) for c in compared}
    assert found == {
        "GPT-3.5, training compute": (pytest.approx(4), "GPT-3 (175B)"),
        "GPT-4, training compute": (1, "GPT-4"),
        "GPT-3.5, price of text": (2, "small"),
        "GPT-4, price of text": (3, "gpt-4 (8k)"),
        "Video, price of a minute": (pytest.approx(10 / 6), "c"),
    }


def test_matches_grow_with_tolerance(compared: list[cells.Compared]) -> None:
    table = cell_tables.tolerance_table(compared)
    assert table["match their own model"].tolist() == [1, 1, 3, 4]
    assert table["match some figure"].tolist() == [4, 4, 4, 5]
    assert table["miss their own model"].iloc[-1] == "GPT-3.5, training compute"


def test_every_cell_of_the_real_table_is_described() -> None:
    text = Article(tables.load("article_tables"), tables.load("article_statements"))
    known = Facts(tables.load("dated_facts"))
    table = cell_tables.cells_table(text, known, cells.compare(text, known))
    assert len(table) == 12 and (table["what published figures say"] != "").all()
    first = table.iloc[0]
    assert first["column"] == "training compute" and "matches GPT-3 (175B)" in first.iloc[-1]


@pytest.mark.parametrize(("price", "side"), [(6, "below"), (25, "in"), (90, "above")])
def test_the_cell_of_video_says_where_the_median_lies(price: float, side: str) -> None:
    known = facts(("video_list_price", "a", price, "B", "2026-04-26"))
    table = cell_tables.cells_table(article(), known, cells.compare(article(), known))
    said = table["what published figures say"]
    assert said.str.endswith(f"the median is {side} it").sum() == 1


def test_repeated_figures_are_drawn_once(compared: list[cells.Compared]) -> None:
    data = cell_tables.figure_data(compared)
    chat = data[data["cell"] == "GPT-3.5, price of text"]
    assert len(chat) == 4 and sorted(chat["times_stated"]) == [1, 2, 4, 120]
    video = data[data["cell"] == "Video, price of a minute"]
    assert video["stated_low"].iloc[0] == pytest.approx(0.5)
    assert sorted(video["times_stated"]) == pytest.approx([0.2, 0.3, 0.6])


def test_nothing_is_compared_before_publication_or_without_facts() -> None:
    assert cells.compare(unpublished(), facts(*KNOWN)) == []
    assert cells.compare(article(), facts()) == []
    assert not len(cell_tables.cells_table(unpublished(), facts(), []))
