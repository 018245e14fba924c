"""Table 2 against facts, and the firms that own, train, do both or neither."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import tables
from analysis.claims.answer import Answer
from analysis.economics.roles import matrix, split
from analysis.economics.roles.known import Known, fact, number, site
from analysis.errors import InputError

NAMES = {
    "facts": "dated_facts", "accounts": "company_accounts", "labs": "lab_accounts",
    "contracts": "compute_commitments", "rounds": "funding_rounds", "deals": "acquisitions",
    "chips": "accelerators_sold", "rents": "gpu_rental_index", "usage": "router_usage",
    "runs": "training_runs",
}  # fmt: skip


def _known(day: str) -> Known:
    return Known(**{name: tables.load(table, as_of=day) for name, table in NAMES.items()})


def _runs(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["model", "developer", "training_compute_flop", "refers_to"])
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]))


def _spending(**billions: float) -> pd.DataFrame:
    ends = pd.date_range("2025-03-31", periods=4, freq="QE")
    return pd.DataFrame(
        [
            {"company": ticker, "measure": "capital_expenditure", "period": "quarter",
             "period_end": end, "value_usd": value * 1e9 / 4, "grade": "A"}
            for ticker, value in billions.items()
            for end in ends
        ]
    )  # fmt: skip


def test_owners_and_trainers_fall_into_their_classes() -> None:
    runs = _runs(
        ("G", "Google DeepMind", 100.0, "2024-01-01"),
        ("Early", "Anthropic", 100.0, "2022-01-01"),
        ("M", "Meta AI,Somebody", 10.0, "2024-06-01"),
        ("O", "OpenAI", 9.0, "2024-06-01"),
    )
    frame = split.table(_spending(GOOGL=50, META=9, MSFT=80), runs).set_index("firm")["is"]
    assert frame["Google"] == split.BOTH and frame["Microsoft"] == split.OWNS
    assert frame["Meta"] == split.TRAINS
    assert frame["OpenAI"] == frame["Anthropic"] == split.SILENT
    assert frame["Groq"] == split.NEITHER
    found = split.exceptions(_spending(GOOGL=50, META=9, MSFT=80), runs)
    assert found.detail == {"both": 1, "neither": 5, "no_record": 8} and found.estimate == 6


def test_a_later_larger_run_does_not_undo_an_earlier_one() -> None:
    runs = _runs(("A", "Meta AI", 10.0, "2024-01-01"), ("B", "xAI", 1000.0, "2025-01-01"))
    assert list(split.largest_shares(runs)["share"]) == [1, 1]


def test_nothing_on_record_is_an_error() -> None:
    with pytest.raises(InputError, match="no owner"):
        split.table(_spending(MSFT=1), _runs(("A", "xAI", 1.0, "2024-01-01")))


@pytest.mark.parametrize("day", ["2024-01-31", "2025-06-30", "2026-11-23"])
def test_every_statement_has_a_row_with_origin_or_says_nothing_is_known(day: str) -> None:
    rows = matrix.table(_known(day))
    assert len(rows) == len(matrix.STATEMENTS)
    silent = rows["fact"] == matrix.NOTHING
    assert (rows.loc[silent, "says"] == "no data").all()
    told = rows[~silent]
    assert told["grade"].isin(["A", "B", "C"]).all() and (told["source"] != "").all()
    assert (told["day"] <= day).all()
    assert matrix.counts(rows).drop(columns="firm").to_numpy().sum() == len(rows)


def test_every_cell_of_the_table_of_the_article_has_a_statement() -> None:
    columns = {"role": "primary_role", "move": "strategic_move", "vulnerability": "vulnerability"}
    stated = tables.load("article_tables").query("table == 2 or table == '2'")
    wanted = {
        (row.split(" (")[0].lower(), column)
        for row, column in zip(stated["row"], stated["column"], strict=True)
    }
    ours = {(s.cell.firm.lower(), columns[s.cell.column]) for s in matrix.STATEMENTS}
    assert ours == wanted


def test_facts_and_sites_are_read_off_their_rows() -> None:
    assert site("Call, after https://www.x.org/a/b; https://y.org") == "x.org"
    assert site("SEC XBRL frames, us-gaap:Payments") == "SEC XBRL frames"
    with pytest.raises(InputError, match="none of nowhere"):
        fact(_known("2024-01-31"), "nowhere")
    with pytest.raises(InputError):
        number(Answer(None, None, 0))
