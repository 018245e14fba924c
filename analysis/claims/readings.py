"""What a rule makes of the evidence, source by source and estimand by estimand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.claims import rules, wording
from analysis.claims.model import Claim, Estimand, Evidence
from analysis.errors import ClaimError

Direction = Literal["supported", "contradicted"]
Outcome = Literal["supported", "contradicted", "mixed", "undecided"]
MIN_AGREE_SHARE = 0.80


@dataclass(frozen=True)
class Reading:
    """One declared source of one estimand: its evidence, if any, and where that points."""

    source: str
    evidence: Evidence | None
    direction: Direction | None
    clause: str

    @property
    def told(self) -> str:
        """The clause; for exact values and facts behind what the notebook says about them."""
        note = self.evidence.reason.rstrip(". ") if self.evidence else ""
        bare = self.evidence is None or self.evidence.level is not None or not note
        return self.clause if bare or note in self.clause else f"{note}; {self.clause}"

    @property
    def weighs(self) -> bool:
        """Whether it points somewhere on more than grade C."""
        return self.evidence is not None and self.direction is not None and self.grade != "C"

    @property
    def grade(self) -> str | None:
        """Grade of the evidence."""
        return None if self.evidence is None else self.evidence.grade


@dataclass(frozen=True)
class EstimandReading:
    """One estimand over all its declared sources."""

    estimand: Estimand
    sources: tuple[Reading, ...]
    outcome: Outcome
    clause: str

    @property
    def named(self) -> str:
        """The clause behind the name of the estimand."""
        return f"{self.estimand.id.replace('_', ' ')}: {self.clause}"

    @property
    def evidence(self) -> list[Evidence]:
        """What there is, in the order of the declared sources."""
        return [reading.evidence for reading in self.sources if reading.evidence is not None]

    @property
    def agree_share(self) -> float | None:
        """The smallest share of agreeing specifications that its evidence reports."""
        return least_agreement(self.evidence)


def least_agreement(evidence: Iterable[Evidence]) -> float | None:
    """The smallest share of agreeing specifications that any of ``evidence`` reports."""
    return min((e.agree_share for e in evidence if e.agree_share is not None), default=None)


def read_source(
    claim: Claim, estimand: Estimand, source: str, evidence: Evidence | None
) -> Reading:
    """Compares one piece of evidence with the conditions of its estimand.

    Raises:
        ClaimError: when both conditions hold, so that the rule contradicts itself.
    """
    if evidence is None:
        return Reading(source, None, None, f"no evidence{wording.on(source)}")
    if evidence.estimate is None:
        clause = f"no estimate{wording.on(source)}: {evidence.reason.rstrip('.')}"
        return Reading(source, evidence, None, clause)
    holds = {
        direction: text is not None and rules.parse(text).holds(evidence)
        for direction, text in (
            ("supported", estimand.supported_if),
            ("contradicted", estimand.contradicted_if),
        )
    }
    if all(holds.values()):
        raise ClaimError(f"claim {claim.id}, estimand {estimand.id}: both conditions hold at once")
    direction: Direction | None = (
        "supported" if holds["supported"] else "contradicted" if holds["contradicted"] else None
    )
    return Reading(source, evidence, direction, wording.clause(estimand, evidence, direction))


def read_estimand(
    claim: Claim, estimand: Estimand, evidence: Mapping[tuple[str, str], Evidence]
) -> EstimandReading:
    """All declared sources of an estimand together; ``evidence`` by (estimand, source)."""
    sources = tuple(
        read_source(claim, estimand, source, evidence.get((estimand.id, source)))
        for source in estimand.sources
    )
    outcome, clause = _outcome(estimand, sources)
    return EstimandReading(estimand, sources, outcome, clause)


def _outcome(estimand: Estimand, sources: tuple[Reading, ...]) -> tuple[Outcome, str]:
    if len({reading.direction for reading in sources if reading.weighs}) == 2:
        return "mixed", "; ".join(reading.told for reading in sources)
    silent = [reading for reading in sources if reading.direction is None]
    if silent:
        return "undecided", "; ".join(reading.told for reading in silent)
    clause = "; ".join(reading.told for reading in sources)
    directions = {reading.direction for reading in sources}
    if len(directions) == 2 or not any(reading.weighs for reading in sources):
        return "undecided", f"{clause}, but grade C alone decides nothing"
    if estimand.compares - {"estimate"}:
        share = least_agreement(r.evidence for r in sources if r.evidence is not None)
        if share is None:
            return "undecided", f"{clause}, but no share of agreeing specifications was recorded"
        if share < MIN_AGREE_SHARE:
            return (
                "undecided",
                f"{clause}, but only {wording.percent(share)} of specifications agree",
            )
        clause = f"{clause}; {wording.percent(share)} of specifications agree"
    (direction,) = directions
    assert direction is not None  # the silent ones have left above
    return direction, clause
