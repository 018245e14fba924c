"""The four terms of the share of inference in world electricity in 2030, by source.

    share = data-centre electricity / world electricity x AI part x inference part

Readings chosen before any result was seen, but for the high case and the building. The IEA is the
only publisher with a low, a base and a high case for 2030. Its high case was found in a copy of
grade C only (it replaced the case of 2035, scaled, after results were seen, and lies lower); a year
later the IEA lowered the near years of that case. The same spread is put around the single figures
of others. The AI part of the IEA is a chain of its statements on servers for AI (level of 2024,
growth of 2025, tripling); that of Gartner is AI servers; that of McKinsey is power capacity.
Servers alone leave out cooling and conversion, so specifications charge them with the building.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.economics.energy.published import (
    AI,
    ALL_USES,
    CENTRES,
    DEMAND_GROWTH,
    PERCENT,
    USE,
    WORLD_SHARE,
    Range,
    known,
    point,
    spanning,
    survey_pue,
    value,
)
from analysis.errors import InputError

ALL = "all published"
SHARES = "Goldman Sachs"
JOINT = "McKinsey, inference included"
PATHS = ("IEA", "Gartner", "Deloitte", SHARES, "growth of 2025 goes on", ALL)
SPREADS = ("cases of the IEA", "none")
BUILDINGS = ("servers alone", "with the building")
"""Whether parts that count servers are multiplied by a survey's power usage effectiveness."""
AI_PARTS = ("IEA", "Gartner", "McKinsey", JOINT, ALL)
INFERENCE_PARTS = ("measured in 2021", "forecasts", ALL, "up to what is attributed to the IEA")
WORLDS = ("the IEA's own share", "demand of the IEA", "generation of Ember", "both of the IEA")
HEADLINE = {
    "path": "IEA",
    "spread": SPREADS[0],
    "ai_part": ALL,
    "building": BUILDINGS[0],
    "inference_part": ALL,
    "world": WORLDS[3],
}
"""The choices of the headline."""
SERVERS = "AI servers"
COMPUTE = "inference share of AI compute"


def maybe(facts: pd.DataFrame, *args: Any) -> float | None:
    """``published.value``, or None."""
    try:
        return value(facts, *args)
    except InputError:
        return None


def path(facts: pd.DataFrame, source: str, spread: str) -> Range:
    """Electricity of data centres in 2030, TWh; of Goldman Sachs as a share of the world's.

    Raises:
        InputError: when the source had published nothing.
    """
    if source == SHARES:
        ends = [
            value(facts, WORLD_SHARE, f"{SHARES}, {end}", CENTRES, 2030) / PERCENT
            for end in ("low", "high")
        ]
        return Range(ends[0], sum(ends) / 2, ends[1])
    if source == ALL:
        names = ("IEA", "IEA (2026)", "Gartner", "Gartner (2026)", "Deloitte", SHARES)
        every = known(*((n, maybe(facts, USE, n, CENTRES, 2030)) for n in names))
        span = spanning(every.values())
    elif source == PATHS[4]:
        growth = value(facts, "growth of data centre electricity", "IEA", CENTRES, 2025)
        level = value(facts, USE, "IEA", CENTRES, 2024)
        span = point(level * (1 + growth / PERCENT) ** 6)
    else:
        span = point(value(facts, USE, source, CENTRES, 2030))
    if spread == SPREADS[1]:
        return span
    low, high = cases(facts)
    return Range(min(span.low, low * span.mode), span.mode, max(span.high, high * span.mode))


def cases(facts: pd.DataFrame) -> tuple[float, float]:
    """Low and high case of the IEA over its base case, in 2030."""
    base = value(facts, USE, "IEA", CENTRES, 2030)
    low, high = (
        value(facts, USE, "IEA", f"{CENTRES}, {end} case", 2030) / base for end in ("low", "high")
    )
    return low, high


def iea_ai_part(facts: pd.DataFrame) -> float:
    """AI servers over all data centres in 2030, after the IEA.

    Level of 2024 times the growth of 2025 times the growth to 2030; before those were known, times
    the growth from 2024 to 2030.
    """
    level = value(facts, "AI share of data centres", "IEA", SERVERS, 2024) / PERCENT
    level *= value(facts, USE, "IEA", CENTRES, 2024)
    year = maybe(facts, "growth of data centre electricity", "IEA", AI, 2025)
    rest = maybe(facts, "growth from 2025 to 2030", "IEA", AI, 2030)
    if year is None or rest is None:
        factor = value(facts, "growth from 2024 to 2030", "IEA", AI, 2030)
    else:
        factor = (1 + year / PERCENT) * rest
    return level * factor / value(facts, USE, "IEA", CENTRES, 2030)


def ai_part(facts: pd.DataFrame, source: str, building: str = BUILDINGS[0]) -> Range:
    """Part of data-centre electricity that AI uses in 2030.

    ``building`` as in ``BUILDINGS``; McKinsey's parts hold it already.

    Raises:
        InputError: when the source had published nothing.
    """
    if source == JOINT:
        low, high = (
            value(facts, f"inference share of data centres, {end}", "McKinsey", "all AI", 2030)
            / PERCENT
            for end in ("low", "high")
        )
        return Range(low, (low + high) / 2, high)
    pue = 1.0 if building == BUILDINGS[0] else survey_pue(facts)
    scale = {name: 1.0 if name == "McKinsey" else pue for name in _AI}
    if source != ALL:
        return point(_AI[source](facts) * scale[source])
    found = []
    for name, function in _AI.items():
        with contextlib.suppress(InputError):
            found.append(function(facts) * scale[name])
    if not found:
        raise InputError("energy_facts", "no AI part of data centres in 2030 was known")
    return spanning(found)


def inference_part(facts: pd.DataFrame, source: str) -> Range:
    """Part of AI's electricity that inference uses; shares of compute stand for energy.

    Raises:
        InputError: when the source had published nothing.
    """
    past = [
        maybe(facts, "inference share of AI energy", "Google", "Google", 2021),
        maybe(facts, "inference share of AI power", "Meta", "Meta", 2021),
    ]
    ahead = [
        maybe(facts, COMPUTE, "Deloitte", "all AI", 2025),
        maybe(facts, COMPUTE, "Deloitte", "all AI", 2026),
        maybe(facts, COMPUTE, "McKinsey", "all AI", 2030),
    ]
    used = {INFERENCE_PARTS[0]: past, INFERENCE_PARTS[1]: ahead}.get(source, past + ahead)
    found = known(*((f"inference part {i}", number) for i, number in enumerate(used)))
    span = spanning(number / PERCENT for number in found.values())
    if source == INFERENCE_PARTS[3]:
        most = value(facts, COMPUTE, "attributed to the IEA, high", "all AI", 2025) / PERCENT
        return Range(span.low, span.mode, most)
    return span


def world(facts: pd.DataFrame, source: str) -> Range:
    """World electricity in 2030, TWh.

    ``the IEA's own share`` divides its data centres by their share; ``demand of the IEA`` does so
    for 2024 and lets demand grow as published; Ember's is generation, which losses make larger.

    Raises:
        InputError: when a figure was not known.
    """
    if source == WORLDS[0]:
        return point(value(facts, USE, "IEA", CENTRES, 2030) / _share(facts, 2030))
    if source == WORLDS[3]:
        ends = [world(facts, WORLDS[0]).mode]
        with contextlib.suppress(InputError):  # known later than the first
            ends.append(world(facts, WORLDS[1]).mode)
        return spanning(ends)
    ahead = (1 + value(facts, DEMAND_GROWTH, "IEA", ALL_USES, 2030) / PERCENT) ** 5
    if source == WORLDS[2]:
        return point(value(facts, "electricity generation", "Ember", ALL_USES, 2025) * ahead)
    year = 1 + value(facts, DEMAND_GROWTH, "IEA", ALL_USES, 2025) / PERCENT
    return point(consumption(facts) * year * ahead)


def consumption(facts: pd.DataFrame) -> float:
    """World electricity in 2024, TWh: the IEA's data centres over their share."""
    return value(facts, USE, "IEA", CENTRES, 2024) / _share(facts, 2024)


def _share(facts: pd.DataFrame, year: int) -> float:
    return value(facts, WORLD_SHARE, "IEA", CENTRES, year) / PERCENT


def _gartner(facts: pd.DataFrame) -> float:
    servers = value(facts, USE, "Gartner", SERVERS, 2030)
    return servers / value(facts, USE, "Gartner", CENTRES, 2030)


def _mckinsey(facts: pd.DataFrame) -> float:
    return value(facts, "AI share of data centres", "McKinsey", "capacity", 2030) / PERCENT


_AI: dict[str, Callable[[pd.DataFrame], float]] = {
    "IEA": iea_ai_part,
    "Gartner": _gartner,
    "McKinsey": _mckinsey,
}
