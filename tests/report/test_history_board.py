"""Tables and figure of the verdicts by date."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.report import history_board


def frame(*rows: tuple[str, str, str, float | None, bool]) -> pd.DataFrame:
    names = ["as_of", "id", "verdict", "estimate", "pseudo_vintage"]
    return pd.DataFrame(rows, columns=names).assign(unit="ratio")


PAST = frame(
    ("2024-03-31", "c1", "undecided", None, True),
    ("2024-03-31", "c2", "supported", 2.0, False),
    ("2024-06-30", "c1", "supported", 3.0, False),
    ("2024-06-30", "c2", "supported", 2.5, False),
)
NOW = frame(
    ("2024-09-30", "c1", "contradicted", 0.5, False),
    ("2024-09-30", "c2", "supported", 2.5, False),
).assign(section="not in the history")


def test_today_is_the_last_date() -> None:
    rows = history_board.joined(PAST, NOW)
    assert list(rows.columns) == list(PAST.columns)
    assert list(rows["as_of"].unique()) == ["2024-03-31", "2024-06-30", "2024-09-30"]
    assert len(history_board.joined(rows, NOW)) == len(rows)
    assert len(history_board.joined(PAST.iloc[:0], NOW)) == len(NOW)


def test_counts_by_date() -> None:
    table = history_board.counts(history_board.joined(PAST, NOW))
    assert table.set_index("as_of").loc["2024-06-30"].to_dict() == {
        "supported": 2,
        "contradicted": 0,
        "undecided": 0,
        "pseudo_vintage": 0,
    }
    assert list(table["pseudo_vintage"]) == [1, 0, 0]


def test_changes_newest_first() -> None:
    table = history_board.changes(history_board.joined(PAST, NOW))
    assert table[["as of", "claim", "was", "is"]].values.tolist() == [
        ["2024-09-30", "c1", "supported", "contradicted"],
        ["2024-06-30", "c1", "undecided", "supported"],
    ]
    assert table["estimate before"].tolist()[1] == "—"
    assert history_board.changes(PAST, ["c2"]).empty


def test_figure_says_what_it_shows() -> None:
    drawing = history_board.figure(history_board.counts(history_board.joined(PAST, NOW)))
    assert "from 2024-03-31 to 2024-09-30" in drawing.alt
    assert "supported 1 to 1" in drawing.alt and "contradicted 0 to 1" in drawing.alt
    labels = [text.get_text() for text in drawing.figure.axes[0].get_yticklabels()]
    assert labels == ["2024-03-31 *", "2024-06-30", "2024-09-30"]
    with pytest.raises(InputError, match="reckon history"):
        history_board.figure(history_board.counts(NOW))
