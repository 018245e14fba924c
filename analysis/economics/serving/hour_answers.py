"""The claims on an hour of video (c20) and on orders of magnitude over chat (c39)."""

from __future__ import annotations

from analysis.claims.answer import Answer
from analysis.economics.serving.draws import spread
from analysis.economics.serving.user_hours import Hours, World
from analysis.errors import InputError
from analysis.methods.multiverse import Multiverse

NOT_KNOWN = "need timings of passes, budgets of tokens and rents that were not known by then"
CLAIMED = (0.7, 2.3)  # orders of magnitude between which the claim holds, claims.yaml c39


def video_hour(hours: Hours | None, world: World | None, level: float) -> Answer:
    """USD of an hour of video for one user (c20).

    Raises:
        InputError: where the hours could not be simulated.
    """
    if hours is None or world is None:
        raise InputError("hours", NOT_KNOWN)
    low, middle, high = spread(hours.usd("video"), level)
    return Answer(
        estimate=middle,
        interval=(low, high),
        n=world.videos["model"].nunique(),
        grade="B",
        method=f"roofline with published stacks; {len(hours.hourly)} draws of model, steps,"
        " rent, share of time at work, error",
        reason=(
            "An hour of 1080p at 30 frames by open generators on rented H100s. None was made"
            " for 1080p, and what closed services run is not published; the interval is one over"
            " choices of model and settings, not a sampling error"
        ),
        detail={"share_above_one_dollar": float((hours.usd("video") > 1).mean())},
    )


def orders_over_chat(hours: Hours | None, world: World | None, kind: str, level: float) -> Answer:
    """log10 of the cost of an hour over that of chat (c39).

    Raises:
        InputError: where the hours could not be simulated.
    """
    if hours is None or world is None:
        raise InputError("hours", NOT_KNOWN)
    low, middle, high = spread(hours.orders(kind), level)
    what = {
        "video": "An hour of generated 1080p video against an hour of reading and typing",
        "agent": "An hour with a coding agent against an hour of reading and typing",
    }[kind]
    weak = {
        "video": "generators range over three orders of magnitude themselves",
        "agent": "agents are known from two samples of coding, chats from no timed hour",
    }[kind]
    share = float(((hours.orders(kind) > CLAIMED[0]) & (hours.orders(kind) < CLAIMED[1])).mean())
    return Answer(
        estimate=middle,
        interval=(low, high),
        n=world.videos["model"].nunique() if kind == "video" else len(world.models),
        grade="B",
        method=f"log10 ratio at equal rent and use; {len(hours.hourly)} draws of model, batch,"
        " token budget, error",
        reason=f"{what}, on the same chips; {weak}",
        detail={"share_of_draws_within_claim": share},
    )


def agreeing_with_range(curve: Multiverse | None, answer: Answer) -> Answer:
    """The answer with the share of specifications on its side: below, within or above the claim."""
    if curve is None or answer.estimate is None:
        return answer
    low, high = CLAIMED
    above, below = curve.agree(high, "above"), 1 - curve.agree(low, "above")
    if answer.estimate > high:
        share = above
    elif answer.estimate < low:
        share = below
    else:
        share = 1 - above - below
    return answer.robust(share, curve.n)
