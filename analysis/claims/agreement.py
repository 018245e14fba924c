"""How many specifications of a curve agree with a headline answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.claims import ledger, rules
from analysis.claims.answer import Answer
from analysis.errors import ClaimError

if TYPE_CHECKING:
    from analysis.methods.multiverse import Multiverse


def threshold(claim: str, estimand: str) -> float:
    """The number that decides an estimand, from its frozen rule."""
    text = ledger.find(claim).estimand(estimand).supported_if
    numbers = rules.parse(text).numbers if text else []
    if len(numbers) != 1:
        raise ClaimError(f"claim {claim}, estimand {estimand}: {text!r} has no single threshold")
    return numbers[0]


def agreeing(curve: Multiverse | None, answer: Answer, at: float) -> Answer:
    """The answer with its share of agreeing specifications.

    On the side of ``at`` where the whole interval lies; if it lies on neither, on the side of the
    estimate. Without a curve the answer stays as it is.
    """
    if curve is None or answer.estimate is None or answer.interval is None:
        return answer
    above = curve.agree(at, "above")
    low, high = answer.interval
    upward = low > at or (high >= at and answer.estimate > at)
    return answer.robust(above if upward else 1 - above, curve.n)
