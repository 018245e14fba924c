"""Energy of a token and of a query: measured timings times the power of the card.

    joules a token = rated power x share drawn / tokens per second
    watt-hours a query = (input x J + output x J) x server / 3600

Power was not measured. The rated power is an upper bound for the card, and memory-bound decoding
draws less. ``server`` carries the host, idle machines and the building, from the parts of a prompt
that Google published: total over chips. The building alone can be replaced by another power usage
effectiveness. A model whose weights exceed one card counts as spread over several without loss.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.economics.energy.published import survey_pue, value
from analysis.errors import InputError

CARD = "NVIDIA H100 SXM5 80GB"
JOULES_PER_WH = 3600
PARTS = ("chips", "host", "idle machines", "building")
CHAT_CONTEXT, AGENT_CONTEXT, PROMPT = 1024, 32_768, 2048
SHORT, LONG, AGENT = "short chat", "long chat", "turn of a coding agent"
KINDS = (SHORT, LONG, AGENT)


@dataclass(frozen=True)
class Server:
    """What comes on top of the chips, as factors."""

    host: float
    utilisation: float
    pue: float

    @property
    def factor(self) -> float:
        """Energy at the meter over energy of the chips at work."""
        return self.host / self.utilisation * self.pue


def server(facts: pd.DataFrame, *, pue: float | None = None) -> Server:
    """Factors from the parts of a Gemini prompt.

    host = (chips + host) / chips; utilisation = (chips + host) / (chips + host + idle);
    power usage effectiveness = all / all but the building, unless ``pue`` is given.

    Raises:
        InputError: when the parts were not known.
    """
    chips, host, idle, building = (
        value(facts, f"part of a prompt's energy, {part}", "Google", "Gemini", 2025)
        for part in PARTS
    )
    busy = chips + host
    own = (busy + idle + building) / (busy + idle)
    return Server(busy / chips, busy / (busy + idle), own if pue is None else pue)


def rated_power(accelerators: pd.DataFrame) -> float:
    """Rated power of the card that was timed, W.

    Raises:
        InputError: when the card is not known.
    """
    row = accelerators[accelerators["accelerator"] == CARD]
    if row.empty:
        raise InputError("accelerators", f"has no {CARD}")
    return float(row["tdp_w"].iloc[0])


def per_token(timings: pd.DataFrame, watts: float, drawn: float = 1.0) -> pd.DataFrame:
    """Joules of the card a token, by phase, model, batch and context.

    ``drawn`` is the part of the rated power ``watts`` that the card draws.

    Raises:
        InputError: when nothing was timed.
    """
    rows = timings[timings["phase"].isin(["decode", "prefill"])]
    if rows.empty:
        raise InputError("h100_inference", "has no timing known by this day")
    columns = ["phase", "model", "batch", "context_tokens", "tokens_per_s"]
    frame = rows[columns].assign(joules=watts * drawn / rows["tokens_per_s"])
    return frame.sort_values(["phase", "model", "context_tokens", "batch"], ignore_index=True)


def of_short_texts(energy: pd.DataFrame) -> pd.DataFrame:
    """Tokens of ``per_token`` at the contexts of a chat: written at 1,024, read at 2,048."""
    return energy[energy["context_tokens"].isin([CHAT_CONTEXT, PROMPT])].reset_index(drop=True)


def sizes(budgets: pd.DataFrame) -> pd.DataFrame:
    """Tokens read and written by three kinds of query, means of published samples.

    Short chat: LMSYS-Chat. Long chat: prompt of WildChat, reply of ShareChat. Turn of a coding
    agent: input not re-read from the cache, and output, of GitHub Copilot by user's turn.

    Raises:
        InputError: when no sample was known.
    """
    known = budgets.set_index("budget")
    rows: list[tuple[Any, ...]] = []
    if "lmsys_chat" in known.index:
        row = known.loc["lmsys_chat"]
        rows.append((SHORT, row["prompt_tokens_per_turn"], row["response_tokens_per_turn"]))
    if {"wildchat", "sharechat"} <= set(known.index):
        prompt = known.loc["wildchat", "prompt_tokens_per_turn"]
        rows.append((LONG, prompt, known.loc["sharechat", "response_tokens_per_turn"]))
    if "copilot_total" in known.index:
        row = known.loc["copilot_total"]
        turns = row["turns"]
        rows.append((AGENT, row["fresh_input_tokens"] / turns, row["output_tokens"] / turns))
    if not rows:
        raise InputError("token_budgets", "has no sample known by this day")
    return pd.DataFrame(rows, columns=["query", "input_tokens", "output_tokens"])


def queries(energy: pd.DataFrame, kinds: pd.DataFrame, machine: Server) -> pd.DataFrame:
    """Watt-hours at the meter of each kind of query by model and batch of decoding.

    Chats decode at a context of 1,024 tokens, the agent at 32,768; all read at 2,048.
    """
    decode, prefill = (energy[energy["phase"] == phase] for phase in ("decode", "prefill"))
    reading = prefill[prefill["context_tokens"] == PROMPT].set_index("model")["joules"]
    frames = []
    for row in kinds.to_dict("records"):
        context = AGENT_CONTEXT if row["query"] == AGENT else CHAT_CONTEXT
        rows = decode[(decode["context_tokens"] == context) & decode["model"].isin(reading.index)]
        read = row["input_tokens"] * rows["model"].map(reading)
        chips = (read + row["output_tokens"] * rows["joules"]) / JOULES_PER_WH
        parts = {"model": rows["model"], "batch": rows["batch"], "chips_wh": chips}
        frame = pd.DataFrame(parts).assign(wh=chips * machine.factor)
        frame.insert(0, "query", row["query"])
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def factors(facts: pd.DataFrame) -> pd.DataFrame:
    """The factors on top of the chips, with the publisher's own building and with the survey's.

    Raises:
        InputError: when the parts of a prompt were not known.
    """
    machines = {"as Google's parts": server(facts)}
    with contextlib.suppress(InputError):  # the survey came later
        machines["with the building of the survey"] = server(facts, pue=survey_pue(facts))
    rows = [
        {"reading": name, "host_factor": m.host, "utilisation_share": m.utilisation,
         "power_usage_effectiveness": m.pue, "meter_over_chips": m.factor}
        for name, m in machines.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Range over batches of each query and model, Wh at the meter."""
    groups = found.groupby(["query", "model"], sort=False)
    rows = groups.agg(
        smallest_batch=("batch", "min"), largest_batch=("batch", "max"),
        wh_low=("wh", "min"), wh_high=("wh", "max"),
    )  # fmt: skip
    return rows.reset_index()
