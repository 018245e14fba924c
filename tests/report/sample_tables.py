"""A table of forty models, where it comes from and what its columns mean; texts go through
``wrap``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from analysis.report.site.background import Extract
from analysis.schemas import Column


def provenance(name: str, as_of: date, wrap: Callable[[str], str] = str) -> dict[str, Any]:
    """As ``analysis.tables.provenance`` tells it."""
    source = {
        "title": wrap("Data on AI models"),
        "producer": wrap("Epoch AI"),
        "licence": wrap("CC BY 4.0"),
        "url": wrap("https://example.org/data"),
        "citation": wrap("Epoch AI (2026)"),
        "vintage": wrap("2024-06-01 to 2026-07-16"),
    }
    correction = {
        "id": wrap("gpt4-cost"),
        "reason": wrap("A unit was off by a thousand."),
        "evidence": wrap("The row's own source"),
    }
    return {
        "table": name,
        "as_of": as_of.isoformat(),
        "observed_through": "2026-07-16",
        "pseudo_vintage": name == "training_runs",
        "sources": [source, source | {"title": wrap("Supplement")}],
        "title": wrap(name.replace("_", " ").capitalize()),
        "description": wrap("What a run cost, by release date."),
        "checks": [wrap("has_40_rows")] if name == "training_costs" else [],
        "rows": 1042,
        "corrections": [correction] if name == "training_costs" else [],
    }


def extract(name: str, as_of: date, wrap: Callable[[str], str] = str) -> Extract:
    """Forty models, cost rising; the first without a figure."""
    days = [f"{2016 + number // 4}-{number % 4 * 3 + 1:02d}-01" for number in range(40)]
    rows = pd.DataFrame(
        {
            "model": [wrap(f"Model {number}") for number in range(40)],
            "cost_usd": ["", *(f"{3e4 * 1.25**number:.6g}" for number in range(1, 40))],
            "layers": [str(number) for number in range(40)],
            "open_weights": ["true" if number % 2 else "false" for number in range(40)],
            "refers_to": days,
        }
    )
    return Extract(
        rows,
        (
            Column("model", "text", wrap("name of the model")),
            Column("cost_usd", "number", wrap("cost of the run"), "USD", required=False),
            Column("layers", "integer", wrap("layers"), "count"),
            Column("open_weights", "boolean", wrap("whether the weights are open")),
            Column("refers_to", "date", wrap("the day that the row is about")),
        ),
    )
