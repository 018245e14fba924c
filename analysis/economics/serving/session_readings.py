"""What the rules on sessions and hours of agents leave open, and how far it moves the answers.

The rule on the hour (c35) asks for the models that agents used in April 2026 and names none. The
sets in ``token_prices`` were written down with list prices in sight, so none may decide alone: the
estimate is that of the vendors of agents, the interval spans every set.

The rule on sessions (c21) asks for published budgets. No corpus of chats counts hidden reasoning,
which models of 2026 write and bill; what that would do is shown and not part of the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.agreement import agreeing, threshold
from analysis.claims.answer import Answer, attempt
from analysis.economics.serving import budgets, sessions
from analysis.economics.serving.budgets import TOKENS
from analysis.economics.serving.draws import spread
from analysis.economics.serving.session_curves import Priced
from analysis.economics.serving.token_prices import SETS, VENDORS, cost
from analysis.errors import InputError
from analysis.methods.multiverse import Multiverse

ESTIMANDS = {"c21": "ratio", "c35": "cost", "c36": "input_share"}
HIDDEN = 2.0  # output of a chat whose replies hide as many tokens as they show


def answers(
    priced: Priced, curves: Mapping[str, Multiverse | None], *, level: float = 0.95, seed: int = 0
) -> dict[str, Answer]:
    """Answers to c21, c35 and c36 with the shares of their curves that agree; by claim."""
    found = {
        "c21": attempt(session_ratio, priced, level=level, seed=seed),
        "c35": attempt(agent_hour, priced, seed=seed),
        "c36": attempt(_priced, priced, sessions.input_share, level=level, seed=seed),
    }
    return {
        claim: agreeing(curves.get(claim), answer, threshold(claim, ESTIMANDS[claim]))
        for claim, answer in found.items()
    }


def hours_by_set(priced: Priced, *, seed: int = 0) -> pd.DataFrame:
    """Cost of an hour by set of models: models, listings, estimate, low, high (90 %), USD.

    Raises:
        InputError: when no set has prices, or no trace of many users is known.
    """
    rows = []
    for models in SETS:
        try:
            prices = priced.prices(models)
        except InputError:
            continue
        low, middle, high = spread(
            sessions.hour(priced.budgets, prices, seed=seed), sessions.HOUR_LEVEL
        )
        rows.append((models, len(prices), middle, low, high))
    if not rows:
        raise InputError("models", "no set of models has a price")
    return pd.DataFrame(rows, columns=["models", "listings", "estimate", "low", "high"])


def agent_hour(priced: Priced, *, seed: int = 0) -> Answer:
    """Cost of an hour of an agent, USD (c35): the vendors' models, the span of every set.

    Raises:
        InputError: while the vendors' models have no price, or no trace of many users is known.
    """
    priced.prices(VENDORS)
    found = hours_by_set(priced, seed=seed).set_index("models")
    middle = found["estimate"].to_dict()
    known = budgets.traces(priced.budgets)
    return Answer(
        float(middle[VENDORS]),
        (float(found["low"].min()), float(found["high"].max())),
        len(known),
        method=f"tokens an hour by list prices; span of 90 % of draws over {len(found)} model sets",
        reason=(
            f"{len(known)} traces of {int(known['sessions'].sum()):,} sessions, one with hours;"
            " the rule does not say which models agents used, and the answer hangs on that: dear"
            " ones of the vendors of agents meet the stated range, cheap ones fall below it"
        ),
        detail={"sets": {str(k): [round(r.low, 4), round(r.high, 4)] for k, r in found.iterrows()}},
    )  # fmt: skip


def session_ratio(priced: Priced, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Cost of an agent session over a chat session (c21), and how near the rule's limit it is.

    Raises:
        InputError: while no agent trace, conversation or price is known.
    """
    found = _priced(priced, sessions.session_ratio, level=level, seed=seed)
    spare = hidden_to_spare(priced, threshold("c21", ESTIMANDS["c21"]))
    told = f"; {spare:.0f} hidden tokens a reply would bring the nearest pair below the limit"
    return replace(
        found,
        reason=found.reason + (told if spare > 0 else ""),
        detail={"hidden_tokens_to_spare": round(spare, 1)},
    )


def session_readings(priced: Priced, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """Agent session over chat under what the answer leaves out: reading, estimate, low, high.

    Raises:
        InputError: while no trace, conversation or price is known.
    """
    known, talk = sessions.agents(priced.budgets), sessions.chats(priced.budgets)
    pairs = {
        "published budgets": (known, talk),
        "chats send what a routed request sends": (
            known, sessions.chats(priced.budgets, context=budgets.ROUTED)
        ),
        "chats hide as many tokens as they show": (
            known, talk.assign(output=HIDDEN * talk["output"])
        ),
        "middle session of an agent, mean chat": (
            sessions.agents(priced.budgets, session=sessions.MEDIAN), talk
        ),
    }  # fmt: skip
    rows = []
    for name, pair in pairs.items():
        values = sessions.ratio(*pair, priced.prices(VENDORS), seed=seed)
        low, middle, high = spread(values, level)
        rows.append((name, middle, low, high))
    return pd.DataFrame(rows, columns=["reading", "estimate", "low", "high"])


def hidden_to_spare(priced: Priced, limit: float) -> float:
    """Hidden tokens a reply with which the nearest pair of session and chat comes to ``limit``.

    The least over traces, conversations and models of (session / limit - chat) / (turns x output
    price); negative where a pair is nearer already.
    """
    prices = priced.prices(VENDORS)
    known, talk = sessions.agents(priced.budgets), sessions.chats(priced.budgets)
    session, chat = cost(known, prices).to_numpy(), cost(talk, prices).to_numpy()
    replies = np.outer(talk["turns"], prices[TOKENS[-1]]) / 1e6
    return float(((session[:, None] / limit - chat[None]) / replies[None]).min())


def _priced(priced: Priced, function: Callable[..., Answer], **options: Any) -> Answer:
    return function(priced.budgets, priced.prices(VENDORS), **options)
