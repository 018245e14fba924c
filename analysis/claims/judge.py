"""One rule for all verdicts: evidence in, verdict and one plain sentence out.

Supported or contradicted: every estimand is decisive in that direction, on every declared
source, with at least 80 % of the specifications agreeing where an interval decides, and with
q <= 0.10 for a member of the pre-registered family. Mixed: sources or estimands are decisive in
opposite directions. Undecided: anything else that was tested, and a prediction that has not come
true while its window is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.claims import family, functions, lock, readings
from analysis.claims.digits import plain
from analysis.claims.model import Claim, Evidence
from analysis.claims.readings import EstimandReading, Outcome
from analysis.errors import ClaimError

UNTESTED = "not yet tested"
VERDICTS = ("supported", "contradicted", "mixed", "undecided", "untestable", UNTESTED)


@dataclass(frozen=True)
class Verdict:
    """What the evidence says about one claim.

    ``estimate`` to ``n`` are those of the first declared source of the first estimand that has
    evidence, ``grade`` is the weakest of the evidence, ``agree_share`` the smallest share of
    agreeing specifications on the first estimand, ``q`` that of the pre-registered hypothesis.
    """

    verdict: str
    reason: str
    headline: Evidence | None = None
    readings: tuple[EstimandReading, ...] = ()
    q: float | None = None

    @property
    def evidence(self) -> list[Evidence]:
        """All evidence that it rests on."""
        return [record for reading in self.readings for record in reading.evidence]

    @property
    def estimate(self) -> float | None:
        return self.headline.estimate if self.headline else None

    @property
    def low(self) -> float | None:
        return self.headline.low if self.headline else None

    @property
    def high(self) -> float | None:
        return self.headline.high if self.headline else None

    @property
    def unit(self) -> str | None:
        return self.headline.unit if self.headline else None

    @property
    def n(self) -> int | None:
        return self.headline.n if self.headline else None

    @property
    def grade(self) -> str | None:
        return max((record.grade for record in self.evidence), default=None)

    @property
    def agree_share(self) -> float | None:
        return self.readings[0].agree_share if self.readings else None

    @property
    def pseudo_vintage(self) -> bool:
        """Whether any evidence rests on rows dated back from a later vintage."""
        return any(record.pseudo_vintage for record in self.evidence)


def decide(
    claim: Claim,
    evidence: Iterable[Evidence],
    q: float | None = None,
    as_of: date | None = None,
) -> Verdict:
    """The verdict on one claim; evidence on other claims is passed over.

    Args:
        claim: with the rule that decides.
        evidence: of one run; at most one record for each estimand and source.
        q: false-discovery adjusted q of the claim's hypothesis; a member without one is not
            decided.
        as_of: the day of the run; a prediction is open until its window has ended.

    Raises:
        ClaimError: for two different records of one estimand and source, or a rule whose two
            conditions hold at once.
    """
    if claim.untestable is not None:
        return Verdict("untestable", claim.untestable)
    records = [record for record in evidence if record.claim == claim.id]
    valid = _by_place(claim, records)
    if not valid:
        return Verdict(UNTESTED, _why_untested(records))
    read = tuple(readings.read_estimand(claim, e, valid) for e in claim.estimands)
    outcome, clause = _judge(claim, read, q, as_of)
    headline = next(record for reading in read for record in reading.evidence)
    return Verdict(outcome, clause[:1].upper() + clause[1:] + ".", headline, read, q)


def _by_place(claim: Claim, records: Sequence[Evidence]) -> dict[tuple[str, str], Evidence]:
    """Records by estimand and source; those judged by an earlier rule do not count."""
    rule, places = lock.rule_hash(claim), dict[tuple[str, str], Evidence]()
    for record in records:
        place = record.estimand, record.source
        if record.rule_hash != rule or record.source not in claim.estimand(place[0]).sources:
            continue
        if places.setdefault(place, record) != record:
            raise ClaimError(f"claim {claim.id}: two different records of {' on '.join(place)}")
    return places


def _why_untested(records: Sequence[Evidence]) -> str:
    if records:
        return "The rule was amended after the evidence was recorded; run its notebook again."
    return "No evidence has been recorded."


def _judge(
    claim: Claim, read: Sequence[EstimandReading], q: float | None, as_of: date | None
) -> tuple[Outcome, str]:
    combine = functions.FUNCTIONS[claim.function] if claim.function else _combine
    outcome, clause = combine(read)
    if claim.is_open(as_of) and outcome != "supported":
        until = f"until {claim.window_end}" if claim.window_end else "still"
        return "undecided", f"the window is open {until}; so far {_clauses(read, read)}"
    sources_disagree = outcome == "mixed" and any(reading.outcome == "mixed" for reading in read)
    if claim.family is None or outcome == "undecided" or sources_disagree:
        return outcome, clause
    if q is None or q > family.MAX_Q:
        known = "without a p-value" if q is None else f"with q = {plain(q)}, which is above 0.1,"
        return "undecided", f"{clause}, but {known} in the pre-registered family"
    return outcome, f"{clause}; q = {plain(q)} in the pre-registered family"


def _combine(read: Sequence[EstimandReading]) -> tuple[Outcome, str]:
    outcomes = {reading.outcome for reading in read}
    undecided = [reading for reading in read if reading.outcome == "undecided"]
    if "mixed" in outcomes or {"supported", "contradicted"} <= outcomes:
        return "mixed", _clauses([r for r in read if r not in undecided], read)
    if undecided:
        return "undecided", _clauses(undecided, read)
    return read[0].outcome, _clauses(read, read)


def _clauses(shown: Sequence[EstimandReading], read: Sequence[EstimandReading]) -> str:
    """Clauses of some readings, with the estimand named where the claim has several."""
    several = len(read) > 1
    return "; ".join(r.named if several else r.clause for r in shown)
