"""What an hour of one user costs: chat, an agent, and generated video, from one model of cost.

Readings fixed before any result was computed:

- The hour of video is an hour of 1080p at 30 frames a second, all of it generated for one user.
- A ratio compares the two at the same rent and the same share of time at work, which cancel. For
  chat and agent the same language model and wished batch are drawn; memory may allow the agent,
  whose context is long, a smaller one.
- Language models are the four that were timed, alike; the wished batch is drawn from 8 to 256
  sequences, log-uniform: the larger part of the batches timed.
- The context of a token is the mean length that a call of the trace sends; for a conversation the
  mean length at half of the reply.
- Estimates are medians of the draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.serving import budgets, text_cost, video_cost
from analysis.economics.serving.chances import CARDS, Inputs
from analysis.economics.serving.chips import Model
from analysis.economics.serving.draws import even_in_logs, spread
from analysis.economics.serving.fits import Fits
from analysis.errors import InputError

DRAWS = 4000
BATCHES = (8.0, 256.0)
KINDS = ("chat", "agent")


@dataclass(frozen=True, eq=False)
class World:
    """All that the cost of an hour is computed from."""

    fits: Fits
    models: dict[str, Model]
    videos: pd.DataFrame
    budgets: pd.DataFrame
    inputs: Inputs


@dataclass(frozen=True, eq=False)
class Hours:
    """Chip-seconds of an hour of one user, draw by draw, and the USD of a GPU-hour at work."""

    seconds: dict[str, np.ndarray]
    hourly: np.ndarray

    def usd(self, kind: str) -> np.ndarray:
        """USD of an hour of this kind."""
        return self.seconds[kind] * self.hourly / 3600

    def orders(self, kind: str) -> np.ndarray:
        """log10 of chip-seconds over those of chat."""
        return np.log10(self.seconds[kind] / self.seconds["chat"])


def contexts(frame: pd.DataFrame, kind: str, **choice: Any) -> pd.Series:
    """Mean tokens in context by trace.

    Raises:
        InputError: when no trace tells its calls.
    """
    if kind == "chat":
        known = budgets.conversation(frame, context=choice.get("context", budgets.CONVERSATION))
        sent = (known["fresh_input"] + known["cached_input"] + known["output"] / 2) / known["turns"]
        return pd.Series(sent.to_numpy(), index=known["source"])
    known = budgets.traces(frame, grades=choice.get("grades", budgets.USERS))
    known = known[known["calls"].notna()]
    if known.empty:
        raise InputError("traces", "none states its calls")
    sent = (known["fresh_input"] + known["cached_input"]) / known["calls"]
    return pd.Series(sent.to_numpy(), index=known["trace"])


@dataclass(frozen=True, eq=False)
class Text:
    """Drawn hours of text: tokens of each kind, and the tokens in context while they are made."""

    tokens: pd.DataFrame
    context: np.ndarray


def text_hours(world: World, kind: str, n: int, rng: np.random.Generator, **choice: Any) -> Text:
    """Hours of chat or of an agent, drawn from the budgets."""
    tokens = budgets.draws(world.budgets, kind, n, rng, **choice)
    length = contexts(world.budgets, kind, **choice)
    return Text(tokens, tokens["trace"].map(length).fillna(length.mean()).to_numpy(float))


def text_seconds(
    world: World,
    drawn: Text,
    names: np.ndarray,
    batch: np.ndarray,
    rng: np.random.Generator,
    *,
    cached_share: float = 0.0,
) -> np.ndarray:
    """Chip-seconds of hours of text, priced with the model of each draw.

    ``cached_share`` is the part of a fresh token's time that a cached one takes.
    """
    fresh = drawn.tokens["fresh_input"] + cached_share * drawn.tokens["cached_input"]
    read_tokens, written_tokens = fresh.to_numpy(), drawn.tokens["output"].to_numpy()
    found = np.empty(len(batch))
    for name in np.unique(names):
        rows = names == name
        model, fit = world.models[name], world.fits.of(name).efficiencies
        context = drawn.context[rows]
        read = text_cost.read_seconds(model, world.fits.chip, fit, context)
        written = text_cost.decode_seconds(model, world.fits.chip, fit, batch[rows], context)
        errors = _errors(world.fits, name, int(rows.sum()), rng)
        found[rows] = (read_tokens[rows] * read + written_tokens[rows] * written) * errors
    return found


def simulate(world: World, *, seed: int, n: int = DRAWS) -> Hours:
    """Chip-seconds of an hour of chat, agent and video, and what a GPU-hour at work costs.

    Raises:
        InputError: while timings, traces or generators are not known.
    """
    if not world.models or world.videos.empty:
        raise InputError("world", "lacks language models or generators known by then")
    rng = np.random.default_rng(seed)
    names = rng.choice(list(world.models), n)
    batch = even_in_logs(BATCHES, n, rng)
    seconds = {
        kind: text_seconds(world, text_hours(world, kind, n, rng), names, batch, rng)
        for kind in KINDS
    }
    seconds["video"] = 3600 * video_cost.drawn(world.videos, world.inputs, n, rng)
    return Hours(seconds, world.inputs.hourly(n, rng, rent=CARDS))


def table(hours: Hours, level: float) -> pd.DataFrame:
    """USD and chip-seconds of an hour by kind, with interval, and orders over chat."""
    rows = []
    for kind in hours.seconds:
        low, middle, high = spread(hours.usd(kind), level)
        rows.append(
            {
                "hour_of": kind,
                "usd": middle,
                "low": low,
                "high": high,
                "chip_seconds": float(np.median(hours.seconds[kind])),
                "orders_over_chat": float(np.median(hours.orders(kind))),
            }
        )
    return pd.DataFrame(rows)


def _errors(fits: Fits, name: str, n: int, rng: np.random.Generator) -> np.ndarray:
    return np.exp(rng.choice(fits.residuals(("decode", "prefill"), name), n))
