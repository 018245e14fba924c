"""Columns that every panel of listed prices has."""

from __future__ import annotations

from analysis.schemas import Column

INPUT, OUTPUT = "input_usd_per_million_tokens", "output_usd_per_million_tokens"


def _price(name: str, side: str) -> Column:
    says = f"price of {side} tokens; empty where there is none, or where it is zero"
    return Column(name, "number", says, "USD per 1M tokens", required=False, above=0)


PRICES_AND_FLAGS = (
    _price(INPUT, "input"),
    _price(OUTPUT, "output"),
    Column("flag", "text", "why the row is unfit for a comparison", required=False),
    Column("flag_reason", "text", "the same in words", required=False),
)
