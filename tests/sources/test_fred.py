"""The producer price index as FRED serves it."""

from __future__ import annotations

import pytest

from analysis import paths
from analysis.errors import DataError
from analysis.sources import bls, fred

HEAD = f"observation_date,{fred.SERIES}\n"


def test_the_series_as_served_gives_the_snapshot_held() -> None:
    held = (paths.data() / bls.PRODUCER).read_text(encoding="utf-8")
    served = "".join(
        f"{month}-01,{float(index):.3f}\n"
        for month, index in (line.split(",") for line in held.splitlines()[1:])
    )
    content, about = fred.producer_prices((HEAD + served).encode(), "2026-11-24")
    assert content.decode() == held
    assert (about.rows, about.known_from, about.observed_through) == (
        held.count("\n") - 1,
        "2001-01-15",
        "2025-06-30",
    )
    assert about.vintage == about.accessed == "2026-11-24"


def test_the_older_header_and_months_without_a_figure_are_understood() -> None:
    text = f"DATE,{fred.SERIES}\n2025-06-01,123.659\n2025-07-01,.\n2025-08-01,\n2025-09-01,124.1\n"
    content, about = fred.producer_prices(text.encode(), "2025-12-01")
    assert content == b"month,index\n2025-06,123.659\n2025-09,124.1\n"
    assert about.observed_through == "2025-09-30"


@pytest.mark.parametrize(
    "text",
    [
        "date,value\n2025-06-01,1\n",
        "observation_date,PCU999\n2025-06-01,1\n",
        HEAD + "2025-06-15,1\n",
        HEAD + "2025-06-01,n/a\n",
        HEAD,
        HEAD + "2025-06-01,.\n",
        "<!DOCTYPE html>\n<html>",
    ],
)
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(DataError, match=r"fredgraph\.csv"):
        fred.producer_prices(text.encode(), "2026-11-24")
