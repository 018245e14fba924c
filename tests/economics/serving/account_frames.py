"""Small frames of accounts, labs and prices of cached input."""

from __future__ import annotations

import pandas as pd

_ACCOUNT = ["company", "measure", "period", "value", "grade", "refers_to", "known_from"]
_PRICE = ["listing", "host", "event", "mode", "refers_to"]
_PRICE += ["input_usd_per_million_tokens", "cached_input_usd_per_million_tokens"]
_PRICE += ["cache_write_usd_per_million_tokens", "output_usd_per_million_tokens"]


def accounts() -> pd.DataFrame:
    """Three labs in 2025, one of 2024 as well, and a figure of grade C."""
    rows = [
        ("Alpha", "revenue", "year", 100.0, "B", "2025-12-31"),
        ("Alpha", "inference_compute_spend", "year", 60.0, "B", "2025-12-31"),
        ("Alpha", "research_compute_spend", "year", 90.0, "B", "2025-12-31"),
        ("Alpha", "inference_compute_spend", "three quarters", 90.0, "C", "2025-09-30"),
        ("Alpha", "gross_margin", "year", 30.0, "B", "2025-12-31"),
        ("Beta", "revenue", "half-year", 50.0, "A", "2025-06-30"),
        ("Beta", "gross_margin", "half-year", 50.0, "A", "2025-06-30"),
        ("Beta", "research_compute_spend", "half-year", 175.0, "A", "2025-06-30"),
        ("Gamma", "revenue", "year", 10.0, "B", "2024-12-31"),
        ("Gamma", "compute_spend", "year", 20.0, "B", "2024-12-31"),
        ("Delta", "gross_margin", "quarter", 20.0, "B", "2025-03-31"),
        ("Delta", "gross_margin", "quarter", 60.0, "B", "2025-06-30"),
        ("Gone", "gross_margin", "year", 10.0, "B", "2025-12-31"),
        ("Cloud", "gross_margin", "year", 90.0, "A", "2025-12-31"),
    ]
    frame = pd.DataFrame(
        [(*row, row[-1]) for row in rows], columns=_ACCOUNT
    ).assign(scope="company", how="period", unit="USD", confidence="Likely")  # fmt: skip
    rates = [("Delta", 100.0, "2025-03-31"), ("Delta", 300.0, "2025-06-30")]
    sold = pd.DataFrame(rates, columns=["company", "value", "refers_to"]).assign(
        measure="revenue", period="rate", how="interpolated", scope="company", grade="B",
        unit="USD", confidence="Likely", known_from=lambda rows: rows["refers_to"],
    )  # fmt: skip
    every = pd.concat([frame, sold], ignore_index=True)
    every["unit"] = every["unit"].where(every["measure"] != "gross_margin", "percent")
    return every.assign(
        refers_to=pd.to_datetime(every["refers_to"]), known_from=pd.to_datetime(every["known_from"])
    )


def labs() -> pd.DataFrame:
    """Four independent labs, and one that was bought in the middle of 2025."""
    names = ["Alpha", "Beta", "Gamma", "Delta", "Gone"]
    rows = [(name, "independent", None, "2023-01-01") for name in names]
    rows += [
        ("Gone", "exit", "full purchase", "2025-06-30"),
        ("Beta", "exit", "listed", "2025-01-01"),
    ]
    frame = pd.DataFrame(rows, columns=["lab", "event", "exit", "refers_to"])
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]))


def cached_prices() -> pd.DataFrame:
    """Six hosts; the first has two listings of one price, the last image prices and one gone."""
    no = None
    rows = [
        ("claude-opus-4-6", "anthropic", "listed", "chat", "2026-01-01", 5.0, 0.5, 6.25, 25.0),
        ("claude-opus-4-6-date", "anthropic", "listed", "chat", "2026-01-01", 5.0, 0.5, 6.25, 25.0),
        ("gpt-5.4", "openai", "listed", "chat", "2026-01-01", 2.0, 0.2, no, 10.0),
        ("gpt-5.4", "openai", "changed", "chat", "2026-06-01", 2.0, 1.0, no, 10.0),
        ("b/x", "b", "listed", "chat", "2026-01-01", 1.0, 0.2, no, 4.0),
        ("c/x", "c", "listed", "chat", "2026-01-01", 1.0, 0.3, no, 4.0),
        ("d/x", "d", "listed", "chat", "2026-01-01", 1.0, 0.8, no, 4.0),
        ("e/x", "e", "listed", "image_generation", "2026-01-01", 1.0, 1.0, no, 4.0),
        ("f/x", "f", "listed", "chat", "2026-01-01", 1.0, 0.9, no, 4.0),
        ("f/x", "f", "gone", "chat", "2026-02-01", no, no, no, no),
    ]
    frame = pd.DataFrame(rows, columns=_PRICE)
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]), list="litellm")


def usage() -> pd.DataFrame:
    """Two models of April 2026 with three tokens to one; one that no list prices."""
    rows = [
        ("2026-04", "anthropic/claude-4.6-opus-20260205", 3.0),
        ("2026-04", "anthropic/claude-4.7-opus-20260416", 1.0),
        ("2026-03", "x-ai/grok-4.1-fast", 9.0),
    ]
    return pd.DataFrame(rows, columns=["month", "model", "tokens"])
