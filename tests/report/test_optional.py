"""Early dates leave a sentence where a figure or a table would be."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.errors import DataError, InputError
from analysis.report import optional


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def keep(bundle: dict[str, str], raw: bool = False) -> None:
        found.append(bundle)

    monkeypatch.setattr("IPython.display.display", keep)
    return found


def refuse(_: Any) -> None:
    raise InputError("sample", "is too small")


def damaged(_: Any) -> None:
    raise DataError("is damaged", file="runs.csv")


def test_available_is_the_result_or_none() -> None:
    assert optional.available(len, "four") == 4
    assert optional.available(refuse, 1) is None
    assert optional.available(len, None) is None


def test_only_unmet_conditions_count_as_not_available() -> None:
    with pytest.raises(DataError):
        optional.available(damaged, 1)


def test_a_sentence_stands_for_what_is_not_there(displayed: list[dict[str, str]]) -> None:
    optional.figure(None, caption="Costs & trends.")
    optional.table(None, caption="Costs.")
    optional.table(pd.DataFrame(), caption="Nothing.")
    assert [bundle["text/plain"].endswith(optional.NOTHING) for bundle in displayed] == [True] * 3
    assert "Costs &amp; trends." in displayed[0]["text/html"]


def test_a_table_is_shown_as_a_table(displayed: list[dict[str, str]]) -> None:
    optional.table(pd.DataFrame({"year": [2024]}), caption="Years")
    assert "<table" in displayed[0]["text/html"]
