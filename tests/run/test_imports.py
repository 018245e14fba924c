from __future__ import annotations

from pathlib import Path

import pytest

from analysis.run import imports


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in which a → b → c, sub/d → a by a relative import, and e stands alone."""
    files = {
        "__init__.py": "",
        "a.py": "from pkg import b",
        "b.py": "def late():\n    import pkg.c\n",
        "c.py": "import os",
        "e.py": "",
        "sub/__init__.py": "",
        "sub/d.py": "from .. import a\nfrom . import other",
        "sub/other.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "pkg" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path / "pkg"


@pytest.mark.parametrize(
    ("cell", "reached"),
    [
        ("import pkg.c", {"c.py"}),
        ("from pkg.a import name", {"a.py", "b.py", "c.py"}),
        ("from pkg import e, c", {"e.py", "c.py"}),
        ("from pkg.sub import d", {"sub/d.py", "sub/other.py", "a.py", "b.py", "c.py"}),
        ("import numpy, pkgother", None),
    ],
)
def test_imports_are_followed(package: Path, cell: str, reached: set[str] | None) -> None:
    found = imports.closure([imports.parse(cell)], package=package)
    wanted = set() if reached is None else reached | {"__init__.py"}
    if any(name.startswith("sub/") for name in wanted):
        wanted |= {"sub/__init__.py"}
    assert set(found) == {f"pkg/{name}" for name in wanted}


def test_an_edited_module_is_read_again(package: Path) -> None:
    cell = [imports.parse("import pkg.e")]
    before = imports.closure(cell, package=package)
    (package / "e.py").write_text("import pkg.c  # longer")
    assert set(imports.closure(cell, package=package)) - set(before) == {"pkg/c.py"}


def test_lines_for_the_shell_and_broken_cells_do_not_stop_the_plan() -> None:
    assert len(imports.parse("%matplotlib inline\n!ls\nx = 1").body) == 1
    assert imports.parse("x = = 1").body == []


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
    assert imports.tables_named([imports.parse(cell)]) == named


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
    assert imports.claims_named([imports.parse(cell)]) == named


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
    assert imports.forecasts([imports.parse(cell)]) is may


def test_a_forecast_asks_for_no_further_claim() -> None:
    cell = "ledger.record('p1', 1, None, 'x', 1)\nledger.forecast('p1', rule='strict')"
    assert imports.claims_named([imports.parse(cell)]) == {"p1"}
