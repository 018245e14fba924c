"""Answers on prices by source, with the share of specifications that agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.claims import ledger, rules
from analysis.claims.agreement import agreeing, threshold
from analysis.claims.answer import Answer, attempt
from analysis.economics.prices import capability as capability_claims
from analysis.methods.multiverse import Multiverse

Answers = dict[str, Answer]


def answers(
    function: Callable[..., Answer],
    inputs: Mapping[str, Any],
    curve: Multiverse | None,
    claim: str,
    estimand: str,
    **options: Any,
) -> Answers:
    """``function`` of each source's input, with the agreement of a curve over all sources.

    Where the data known by then allow no answer, the answer says why. Only claims of the
    pre-registered family keep a p-value.
    """
    found = {}
    for source, one in inputs.items():
        answer = attempt(function, one, **options)
        if ledger.find(claim).family is None:
            answer = replace(answer, p_value=None)
        found[source] = agreeing(curve, answer, decisive(claim, estimand, answer))
    return found


def decisive(claim: str, estimand: str, answer: Answer) -> float:
    """The threshold that agreement is counted at.

    That of support, or, where the answer contradicts the claim by another threshold, that one.
    """
    rule = ledger.find(claim).estimand(estimand).contradicted_if
    if rule is None or answer.interval is None:
        return threshold(claim, estimand)
    low, high = answer.interval
    condition = rules.parse(rule)
    bound = condition.numbers[0]
    beyond = high < bound if condition.terms[0].field == "high" else low > bound
    return bound if beyond else threshold(claim, estimand)


def later_slope(series: pd.DataFrame, **options: Any) -> Answer:
    """Slope of the cheapest able price since 2025 (c02)."""
    return capability_claims.later_slope(capability_claims.bend(series, **options))


def slope_change(series: pd.DataFrame, **options: Any) -> Answer:
    """Its change against the slope before (c02)."""
    return capability_claims.slope_change(capability_claims.bend(series, **options))
