"""Declarations of tables, and their validation (in ``validate``, which imports pandera)."""

from analysis.schemas.declare import BASES, DATED, UNITS, Column, Kind, Table

__all__ = ["BASES", "DATED", "UNITS", "Column", "Kind", "Table"]
