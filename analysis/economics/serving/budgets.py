"""Tokens of an hour: published traces of agents, and chats at the pace of a reader.

Readings fixed before any result was computed:

- An hour is one of the user: from the first to the last event of a session, breaks capped at an
  hour, as TraceLab measures it. The hour in which model and tools are at work is the other reading;
  it holds more tokens.
- Traces that state no hours take seconds a call from the trace that states both.
- A trace without the split of its input takes that of the samples of many users.
- A chat has no published hour. Its user reads every reply and types every message without pause,
  which is the most that an hour can hold and so the dearest chat.
- What a chat sends again counts as fresh: most conversations are shorter than the 1,024 tokens from
  which hosts begin to cache (OpenAI, guide to prompt caching); longer ones come out too dear.
- Traces count alike. They give means of sessions: the interval over them is one over traces,
  lengths of an hour and paces, not over users.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.errors import InputError
from analysis.methods import validate

TOKENS = ["fresh_input", "cached_input", "output"]
CLOCK, WORK = "first to last event", "model and tools at work"
HOURS = (CLOCK, WORK)
CONVERSATION, ROUTED = "conversation alone", "as long as a routed request"
CONTEXTS = (CONVERSATION, ROUTED)
USERS = ("A",)
KINDS = ("chat", "agent")
WORDS_PER_TOKEN = 0.75  # OpenAI, help page "What are tokens and how to count them?"
READING = (
    175.0,
    300.0,
)  # words a minute of most adults; Brysbaert (2019), J. Mem. Lang. 109:104047
TYPING = (
    32.0,
    72.0,
)  # words a minute, mean 52 and standard deviation 20; Dhakal et al. (2018), CHI
_SUMS = {"fresh_input_tokens": "fresh_input", "cached_input_tokens": "cached_input"}
_SUMS |= {"total_input_tokens": "total_input", "output_tokens": "output"}


@dataclass(frozen=True)
class Chat:
    """A conversation: turns, and tokens of a message and of a reply."""

    source: str
    turns: float
    prompt: float
    reply: float


def traces(frame: pd.DataFrame, *, grades: Collection[str] = USERS) -> pd.DataFrame:
    """Agent traces with token counts, a session (task, day) each, and the hours of one.

    Returns:
        trace, activity unit, sessions, grade, fresh_input, cached_input and output a session, split
        ("stated" or "as the others"), and hours by ``CLOCK`` and ``WORK`` (missing where neither
        hours nor calls are stated).

    Raises:
        InputError: for missing columns or no trace of these grades.
    """
    require("frame", frame, ["budget", "activity", "unit", "samples", "calls", "grade", *_SUMS])
    agents = frame[(frame["activity"] == "agent") & frame["output_tokens"].notna()]
    agents = agents[agents["total_input_tokens"].notna()]
    wanted = agents["grade"].isin(list(grades))
    if not wanted.any():
        raise InputError("traces", f"no trace of agents of grade {', '.join(sorted(grades))}")
    found = _a_session(agents)
    found = _split(found)
    for hours, seconds in seconds_per_call(frame).items():
        found[hours] = found["calls"] * seconds / 3600
    return found[wanted.to_numpy()].reset_index(drop=True)


def seconds_per_call(frame: pd.DataFrame) -> dict[str, float]:
    """Seconds from one call of the model to the next, by kind of hour.

    Raises:
        InputError: while no trace states sessions, calls and both kinds of hours.
    """
    names = frame["budget"]
    total = frame.loc[names == "tracelab_total", ["hours", "samples", "calls"]]
    mean = frame.loc[names == "tracelab_session_mean", "hours"]
    if total.empty or mean.empty:
        raise InputError("traces", "none with calls and hours is known")
    spent, sessions, calls = total.iloc[0].to_numpy(float)
    hours = {CLOCK: float(mean.iloc[0]) * sessions, WORK: spent}
    return {kind: float(3600 * value / calls) for kind, value in hours.items()}


def chats(frame: pd.DataFrame) -> list[Chat]:
    """Conversations; a length that a source leaves out is the geometric mean of the others'.

    Raises:
        InputError: when no conversation is known.
    """
    rows = frame[(frame["activity"] == "chat") & frame["turns"].notna()]
    lengths = [
        np.exp(np.log(rows[column]).fillna(np.log(rows[column]).mean()))
        for column in ("prompt_tokens_per_turn", "response_tokens_per_turn")
    ]
    found = [Chat(*values) for values in zip(rows["budget"], rows["turns"], *lengths, strict=True)]
    if not found or not np.isfinite([[c.prompt, c.reply] for c in found]).all():
        raise InputError("chats", "no conversation with the length of its messages is known")
    return found


def conversation(frame: pd.DataFrame, *, context: str = CONVERSATION) -> pd.DataFrame:
    """Tokens of one conversation: source, turns, fresh_input, cached_input, output, by source.

    A turn sends its message and all that came before it, on average (T - 1) / 2 earlier turns; or,
    with ``ROUTED``, as much as a request on OpenRouter, of which the message is fresh and the rest
    cached.
    """
    validate.choice("context", context, CONTEXTS)
    known = chats(frame)
    turns, prompt, reply = (
        np.array([getattr(chat, name) for chat in known]) for name in ("turns", "prompt", "reply")
    )
    fresh, cached = turns * (prompt + (turns - 1) / 2 * (prompt + reply)), np.zeros_like(turns)
    if context == ROUTED:
        fresh = turns * prompt
        cached = turns * np.maximum(_routed(frame) - prompt, 0)
    columns = {"source": [chat.source for chat in known], "turns": turns}
    columns |= dict(zip(TOKENS, (fresh, cached, turns * reply), strict=True))
    return pd.DataFrame(columns)


def draws(
    frame: pd.DataFrame,
    kind: str,
    n: int,
    rng: np.random.Generator,
    *,
    hours: str = CLOCK,
    grades: Collection[str] = USERS,
    context: str = CONVERSATION,
) -> pd.DataFrame:
    """Tokens of an hour of one user, resampled from the published traces.

    Args:
        frame: ``token_budgets`` as loaded.
        kind: ``chat`` or ``agent``.
        n: number of draws.
        rng: generator; the only source of chance.
        hours: which hour of an agent, ``CLOCK`` or ``WORK``.
        grades: grades of the agent traces; A are samples of many users.
        context: what a chat sends along, ``CONVERSATION`` or ``ROUTED``.

    Returns:
        fresh_input, cached_input and output in tokens per user hour, and ``trace``; n rows.

    Raises:
        InputError: for unknown choices, or while no trace or conversation is known.
    """
    validate.choice("kind", kind, KINDS)
    validate.choice("hours", hours, HOURS)
    validate.count("n", n)
    if kind == "chat":
        return _chat_hours(frame, n, rng, context)
    known = traces(frame, grades=grades)
    known = known[known[hours].notna()].reset_index(drop=True)
    drawn = known.iloc[rng.integers(0, len(known), n)].reset_index(drop=True)
    return drawn[TOKENS].div(drawn[hours], axis=0).assign(trace=drawn["trace"])


def _chat_hours(
    frame: pd.DataFrame, n: int, rng: np.random.Generator, context: str
) -> pd.DataFrame:
    known, spoken = conversation(frame, context=context), chats(frame)
    picks = rng.integers(0, len(known), n)
    prompt, reply = (
        np.array([getattr(chat, name) for chat in spoken])[picks] for name in ("prompt", "reply")
    )
    minutes = WORDS_PER_TOKEN * (
        prompt / rng.uniform(*TYPING, n) + reply / rng.uniform(*READING, n)
    )
    drawn = known.iloc[picks].reset_index(drop=True)
    conversations = 60 / minutes / drawn["turns"]
    return drawn[TOKENS].mul(conversations, axis=0).assign(trace=drawn["source"])


def _routed(frame: pd.DataFrame) -> float:
    rows = frame[frame["budget"] == "openrouter_request_2025"]
    if rows.empty:
        raise InputError("chats", "no length of routed requests is known")
    return float(rows["prompt_tokens_per_turn"].iloc[0])


def _a_session(agents: pd.DataFrame) -> pd.DataFrame:
    """Totals over many sessions become those of one; means are of one already."""
    pooled = agents["statistic"] == "total"
    share = agents["samples"].where(pooled, 1.0).fillna(1.0)
    columns = {new: agents[old] / share for old, new in _SUMS.items()}
    return pd.DataFrame(
        {
            "trace": agents["budget"],
            "unit": agents["unit"],
            "sessions": agents["samples"],
            "grade": agents["grade"],
            "calls": agents["calls"] / share,
            **columns,
        }
    ).reset_index(drop=True)


def _split(found: pd.DataFrame) -> pd.DataFrame:
    """Cached input where only the sum is stated: the mean share of the samples of users."""
    stated = found["fresh_input"].notna()
    shares = found["cached_input"] / found["total_input"]
    share = shares[stated & found["grade"].isin(USERS)].mean()
    cached = found["cached_input"].where(
        found["cached_input"].notna(), share * found["total_input"]
    )
    return found.assign(
        cached_input=cached,
        fresh_input=found["total_input"] - cached,
        split=np.where(stated, "stated", "as the others"),
    ).drop(columns="total_input")
