"""What the ledger records on the share of inference and on calls for labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.energy import citing, labels, sources
from analysis.economics.energy.citing import Part
from analysis.economics.energy.labels import WINDOW_END, WINDOW_START, Odds
from analysis.economics.energy.share import Shares
from analysis.errors import InputError
from analysis.methods.multiverse import Multiverse

AGREES = "high >= 0.01"
"""The rule asks whether the upper end reaches one percent, and so of each specification."""
METHOD = "draws from published ranges of data centres, AI part and inference part; see the table"


def inference_share(facts: pd.DataFrame, shares: Shares | None, curve: Multiverse | None) -> Answer:
    """The share of inference in world electricity in 2030 (c77).

    Agreement is that of the upper ends with the headline's at one percent, as in the rule.

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
        " forecasts and shares of computing, and the upper end hangs on the IEA's high case."
    )
    answer = Answer(
        shares.median, shares.interval, len(used), METHOD, reason, str(used["grade"].max()),
        detail=detail,
    )  # fmt: skip
    if curve is None:
        return answer
    reached = curve.agree_share(AGREES)
    return answer.robust(reached if shares.interval[1] >= 0.01 else 1 - reached, curve.n)


def calls(acts: pd.DataFrame, chance: Odds) -> Answer:
    """Official calls for labels that cite the event of the first half (p3b).

    The count once there is one, or once the whole window has been observed; no estimate before.
    """
    end = labels.last_day(acts)
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


def strict_forecast(event: Part | None, cite: Part | None) -> Mapping[str, Any]:
    """What ``ledger.forecast`` takes for the strict rule: both halves must happen."""
    base = {"rule": "strict", "window_end": WINDOW_END.date().isoformat(), "grade": "C"}
    if event is None or cite is None:
        reason = "No price event of a consumer service was known whose consequences to count."
        return {**base, "probability": None, "interval": None, "n": 0, "reason": reason}
    both = citing.product(event, cite)
    return {
        **base,
        "probability": both.probability,
        "interval": both.interval,
        "n": cite.n,
        "method": "chance of the first half times chance that an act cites it, Jeffreys' prior",
        "reference_class": (
            f"{cite.count} acts on the energy of AI that cite one of {cite.n} changes of consumer"
            f" services of that size; first half: {event.count} strict events"
        ),
        "reason": (
            "No such call has ever been found, so the second factor is little more than its prior;"
            " few of the changes counted were a controversy in the sense of the rule."
        ),
    }


def lenient_forecast(chance: Odds, acts: pd.DataFrame) -> Mapping[str, Any]:
    """What ``ledger.forecast`` takes for the lenient rule."""
    seen = acts[labels.meets(acts, chance.reading)]
    met = seen[seen["refers_to"].between(WINDOW_START, WINDOW_END)]
    first = "" if met.empty else f"{met['refers_to'].min():%Y-%m-%d}"
    happened = (
        f"Has happened on {first}: a consultation that cites no price event, so it is no credit"
        " to the prediction."
    )
    waiting = "Acts were found by looking for known ones, so the rate is a lower bound."
    return {
        "rule": "lenient",
        "window_end": WINDOW_END.date().isoformat(),
        "probability": chance.probability,
        "interval": chance.interval,
        "n": chance.before + chance.inside,
        "method": "met in the window" if chance.inside else "rate of proposals, Jeffreys' prior",
        "reference_class": (
            f"{chance.before + chance.inside} proposals of labels for AI models in"
            f" {chance.years:.1f} years from January 2023"
        ),
        "reason": happened if chance.inside else waiting,
        "grade": str(seen["grade"].max()) if len(seen) else str(acts["grade"].max()),
    }
