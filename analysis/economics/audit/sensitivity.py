"""What each verdict hangs on: the same frozen rules under other defensible choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.claims import rules, store
from analysis.claims.answer import Answer
from analysis.errors import InputError

COLUMNS = ["claim", "estimand", "choice", "estimate", "unit", "verdict", "headline", "moves"]
SUMMARY = ["claim", "estimand", "verdict", "other choices", "move it", "which"]


@dataclass(frozen=True)
class Choice:
    """One estimand under one choice; ``headline`` is what the ledger records.

    ``estimate`` is ``None`` where the ledger records none.
    """

    claim: str
    estimand: str
    choice: str
    estimate: float | None
    headline: bool = False

    @property
    def verdict(self) -> str:
        """What the frozen rule makes of the estimate."""
        declared = store.find(self.claim).estimand(self.estimand)
        conditions = {
            "supported": declared.supported_if,
            "contradicted": declared.contradicted_if,
        }
        for word, text in conditions.items():
            if text is not None and rules.parse(text).holds(_Record(self.estimate)):
                return word
        return "undecided"


@dataclass(frozen=True)
class _Record:
    estimate: float | None
    low: float | None = None
    high: float | None = None


def recorded(claim: str, estimand: str, choice: str, found: Answer) -> Choice:
    """The choice that the ledger records; InputError where there is no estimate."""
    return Choice(claim, estimand, choice, value(found), headline=True)


def value(found: Answer) -> float:
    """The estimate of an answer; InputError where there is none."""
    if found.estimate is None:
        raise InputError("answer", found.reason)
    return found.estimate


def table(choices: Iterable[Choice]) -> pd.DataFrame:
    """Every choice with its estimate and verdict.

    ``moves`` says whether the verdict differs from that of the headline.
    """
    found = sorted(choices, key=lambda c: (c.claim, c.estimand))
    heads = {(c.claim, c.estimand): c.verdict for c in found if c.headline}
    return pd.DataFrame(
        [
            {
                "claim": c.claim,
                "estimand": c.estimand,
                "choice": c.choice,
                "estimate": c.estimate,
                "unit": store.find(c.claim).unit,
                "verdict": c.verdict,
                "headline": "yes" if c.headline else "",
                "moves": "yes" if c.verdict != heads.get((c.claim, c.estimand)) else "",
            }
            for c in found
        ],
        columns=COLUMNS,
    )


def summary(choices: pd.DataFrame) -> pd.DataFrame:
    """By estimand: the verdict, how many other choices there are, and which of them move it."""
    rows = []
    for (claim, estimand), group in choices.groupby(["claim", "estimand"], sort=False):
        head, moved = group[group["headline"] == "yes"], group[group["moves"] == "yes"]
        rows.append(
            {
                "claim": claim,
                "estimand": estimand,
                "verdict": head["verdict"].iloc[0],
                "other choices": len(group) - len(head),
                "move it": len(moved),
                "which": "; ".join(moved["choice"]),
            }
        )
    return pd.DataFrame(rows, columns=SUMMARY)
