"""What the ledger records on the share of inference and on calls for labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.energy import citing, labels, sources
from analysis.economics.energy.citing import Part
from analysis.economics.energy.labels import WINDOW_END, WINDOW_START, Odds
from analysis.economics.energy.share import Shares
from analysis.economics.observed import last_day
from analysis.errors import InputError
from analysis.methods.multiverse import Multiverse

AGREES = "high >= 0.01"
"""One reading: the rule asks whether the upper end reaches one percent, and so of each."""
METHOD = "draws from published ranges of data centres, AI part and inference part; see the table"


def inference_share(facts: pd.DataFrame, shares: Shares | None, curve: Multiverse | None) -> Answer:
    """The share of inference in world electricity in 2030 (c77).

    Two readings of agreement are open: the upper ends with the headline's at one percent, as the
    rule compares, and the estimates with the headline's, as elsewhere. The smaller is recorded, so
    that what is decided holds in both; ``detail`` has both.

    Raises:
        InputError: when one of the four terms was not known.
    """
    if shares is None:
        raise InputError("energy_facts", "one of the four terms of the share was not known")
    found = sources.table(facts)
    used = found[found["enters"] == sources.HEADLINE]
    detail = {
        "part_of_draws": shares.above().to_dict("records"),
        "ranges": {name: [r.low, r.mode, r.high] for name, r in shares.ranges.items()},
    }
    reason = (
        "Nobody has published a measurement of inference: the parts that AI and inference take are"
        " forecasts and shares of computing. The interval reaches one percent by a high case"
        " (grade C); how likely that is hangs on whether servers are charged with the building."
    )
    answer = Answer(
        shares.median, shares.interval, len(used), METHOD, reason, str(used["grade"].max()),
        detail=detail,
    )  # fmt: skip
    if curve is None:
        return answer
    reached, above = curve.agree_share(AGREES), float((curve.estimates["estimate"] >= 0.01).mean())
    agree = {
        "upper_ends_agree": reached if shares.interval[1] >= 0.01 else 1 - reached,
        "estimates_agree": above if shares.median >= 0.01 else 1 - above,
    }
    return replace(answer, detail=detail | agree).robust(min(agree.values()), curve.n)


def calls(acts: pd.DataFrame, chance: Odds) -> Answer:
    """Official calls for labels that cite the event of the first half (p3b).

    The count once there is one, or once the whole window has been observed; no estimate before.
    """
    end = last_day(acts)
    inside = acts[acts["refers_to"].between(WINDOW_START, min(end, WINDOW_END))]
    cite = citing.citing(inside)
    detail = {
        "observed_through": f"{end:%Y-%m-%d}",
        "acts_in_window": len(inside),
        "lenient_proposals_in_window": chance.inside,
    }
    grade = str(acts["grade"].max())
    if cite or end >= WINDOW_END:
        reason = f"{len(inside)} acts of the window were read for the event that they cite."
        return Answer(cite, None, len(inside), "acts held against the rule", reason, grade,
                      detail=detail)  # fmt: skip
    reason = (
        f"None of {len(inside)} acts of the window found by {end.day} {end:%B %Y} cites a price"
        " event; until the window ends that decides nothing."
    )
    if end < WINDOW_START:
        reason = f"The window had not begun on {end.day} {end:%B %Y}, the last day observed."
    return Answer(None, None, len(inside), "acts held against the rule", reason, grade,
                  detail=detail)  # fmt: skip


def strict_forecast(
    event: Part | None, cite: Part | None, *, level: float = 0.95
) -> Mapping[str, Any]:
    """What ``ledger.forecast`` takes for the strict rule: both halves must happen."""
    base = {"rule": "strict", "window_end": WINDOW_END.date().isoformat(), "grade": "C"}
    if event is None or cite is None:
        reason = "No price event of a consumer service was known whose consequences to count."
        return {**base, "probability": None, "interval": None, "n": 0, "reason": reason}
    both = citing.product(event, cite, level=level)
    return {
        **base,
        "probability": both.probability,
        "interval": both.interval,
        "n": cite.n,
        "method": (
            "chance of the first half times chance that an act cites it, Jeffreys' priors; interval"
            " of the product of both posteriors"
        ),
        "reference_class": (
            f"{cite.count} acts on the energy of AI that cite one of {cite.n} changes of consumer"
            f" services of that size; strict events of the first half: {event.count} in {event.of}"
        ),
        "reason": (
            "No such call has ever been found, so the second factor is little more than its prior;"
            " few of the changes counted were a controversy in the sense of the rule."
        ),
    }


def lenient_forecast(chance: Odds, narrow: Odds, acts: pd.DataFrame) -> Mapping[str, Any]:
    """What ``ledger.forecast`` takes for the lenient rule.

    Once it is met under the reading of ``chance``, that alone would leave an interval of no width;
    the interval then reaches down to the chance under the ``narrow`` reading.
    """
    seen = acts[labels.meets(acts, chance.reading)]
    met = seen[seen["refers_to"].between(WINDOW_START, WINDOW_END)]
    first = "" if met.empty else f"{met['refers_to'].min():%Y-%m-%d}"
    happened = (
        f"Has happened on {first} if a consultation towards a label proposes one; it cites no price"
        " event, so it is no credit to the prediction. If only a bill or a draft law counts, the"
        f" chance is {narrow.probability:.2f}, the lower end of the interval."
    )
    if chance.inside and narrow.inside:
        happened = f"Has happened on {first}; no act of the window cites a price event."
    ends = (narrow.probability, 1.0) if chance.inside else chance.interval
    waiting = "Acts were found by looking for known ones, so the rate is a lower bound."
    return {
        "rule": "lenient",
        "window_end": WINDOW_END.date().isoformat(),
        "probability": chance.probability,
        "interval": ends,
        "n": chance.before + chance.inside,
        "method": "met in the window" if chance.inside else "rate of proposals, Jeffreys' prior",
        "reference_class": (
            f"{chance.before + chance.inside} proposals of labels for AI models in"
            f" {chance.years:.1f} years from January 2023"
        ),
        "reason": happened if chance.inside else waiting,
        "grade": str(seen["grade"].max()) if len(seen) else str(acts["grade"].max()),
    }
