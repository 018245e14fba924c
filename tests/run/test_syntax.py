"""What is found in code without running it."""

from __future__ import annotations

import pytest

from analysis.run import syntax


def test_lines_for_the_shell_and_broken_cells_do_not_stop_the_plan() -> None:
    assert len(syntax.parse("%matplotlib inline\n!ls\nx = 1").body) == 1
    assert syntax.look("x = = 1") == syntax.Code()


TABLES = "from analysis import tables\n"
LEDGER = "from analysis.claims import ledger\n"


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        (TABLES + "tables.load('a', day)\ntables.provenance(name='b')", {"a", "b"}),
        (TABLES + "tables.names()", set()),
        (TABLES + "for x in y:\n    tables.load(x)", None),
        ("from analysis import tables as t\nt.load('a')", None),
        ("from analysis.tables import load\nload('a')", None),
        ("json.load('a')", set()),
    ],
)
def test_tables_are_found(cell: str, named: set[str] | None) -> None:
    assert syntax.look(cell).tables == named


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        (LEDGER + "ledger.record('c1', 2, None, 'x', 1)\nledger.find('c2')", {"c1", "c2"}),
        (LEDGER + "ledger.record(claim='c1')", {"c1"}),
        (LEDGER + "[ledger.record(c, 2) for c in many]", None),
        (LEDGER + "ledger.claims()", None),
        ("from analysis.claims.ledger import record\nrecord('c1')", None),
        ("x = 1", set()),
    ],
)
def test_claims_are_found(cell: str, named: set[str] | None) -> None:
    assert syntax.look(cell).claims == named


@pytest.mark.parametrize(
    ("cell", "may"),
    [
        ("ledger.record('c18', 1, None, 'x', 1)", False),
        ("ledger.forecast('p1', rule='strict')", True),
        ("ledger.forecasts()", False),
        ("from analysis.claims.ledger import forecast\nforecast('p1')", True),
    ],
)
def test_code_that_may_forecast_is_found(cell: str, may: bool) -> None:
    assert syntax.look(cell).forecasts is may


def test_a_forecast_asks_for_no_further_claim() -> None:
    cell = "ledger.record('p1', 1, None, 'x', 1)\nledger.forecast('p1', rule='strict')"
    assert syntax.look(cell).claims == {"p1"}


def test_names_of_several_cells() -> None:
    assert syntax.together([frozenset("a"), frozenset("b")]) == {"a", "b"}
    assert syntax.together([frozenset("a"), None]) is None
