"""Listed prices of models: spells, ability, changes, and the price of the best model.

``intervals`` turns the change events of a price table into spells, ``clean`` drops what is no
list price of a text model, ``with_quality`` adds ability. ``price_changes`` and
``screen_changes`` count raises and cuts; ``frontier_price`` follows the best model.
"""

from __future__ import annotations

from analysis.economics.listings.best_model import FIRST_PARTY, frontier_launches, frontier_price
from analysis.economics.listings.changes import (
    PriceMoves,
    price_changes,
    raises_and_cuts,
    screen_changes,
)
from analysis.economics.listings.quality import QualityMatch, best_effort, with_quality
from analysis.economics.listings.spells import FLAWS, blended, clean, intervals, matched_panel

__all__ = [
    "FIRST_PARTY",
    "FLAWS",
    "PriceMoves",
    "QualityMatch",
    "best_effort",
    "blended",
    "clean",
    "frontier_launches",
    "frontier_price",
    "intervals",
    "matched_panel",
    "price_changes",
    "raises_and_cuts",
    "screen_changes",
    "with_quality",
]
