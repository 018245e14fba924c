"""Domain formulas: inference cost, deflation, frontier selection, price listings."""

from analysis.economics.deflate import deflate

__all__ = ["deflate"]
