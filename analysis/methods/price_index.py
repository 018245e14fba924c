"""Price indices: what the same thing costs over time.

``bilateral`` and ``multilateral`` compare the same items; ``hedonic`` and ``hedonic_trend``
hold measured quality constant across different items; ``fixed_capability`` follows the
cheapest item that is good enough.
"""

from __future__ import annotations

from analysis.methods._bilateral import bilateral
from analysis.methods._fixed_capability import FixedCapability, fixed_capability
from analysis.methods._hedonic import HedonicIndex, HedonicTrend, hedonic, hedonic_trend
from analysis.methods._multilateral import multilateral
from analysis.methods._price_panel import PriceIndex

__all__ = [
    "FixedCapability",
    "HedonicIndex",
    "HedonicTrend",
    "PriceIndex",
    "bilateral",
    "fixed_capability",
    "hedonic",
    "hedonic_trend",
    "multilateral",
]
