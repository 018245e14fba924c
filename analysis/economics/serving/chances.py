"""What is drawn in the cost simulations: rent, share of time at work, error of the model.

Readings fixed before any result was computed:

- Rent: on-demand H100 rates of the twelve months to the last one known, the newest of each
  provider, drawn with equal chance. Large clouds' list prices and the cheaper committed rents are
  other choices, not mixed in.
- Share of time at work: anything between the smallest and the largest published share with equal
  chance. The smallest is from 2020 and of a third party, the largest from GPU servers in general;
  no provider of video publishes its own.
- Error: measured over fitted times, drawn from the timings; for video also published times of
  whole stacks over fitted ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.economics.serving.fits import Fits
from analysis.economics.serving.frames import SAME_PEAK, pass_seconds
from analysis.economics.serving.shapes import Generator
from analysis.errors import InputError

GPU = "H100"
CARDS, LARGE, COMMITTED = "rate cards", "large clouds", "committed"
RENTS = {
    CARDS: "gpu_rental_quotes",
    LARGE: "instance_prices",
    COMMITTED: "gpu_rental_index",
}
"""The table that each source of rents is in."""
TOPIC = "serving_utilisation"
WHOLE_SPAN, GRADED = "published span", "graded A and B"
SHARES = (WHOLE_SPAN, GRADED)
COMMITTED_RENT = "raw_reserved_usd_per_gpu_hour"


@dataclass(frozen=True, eq=False)
class Inputs:
    """Ranges that are drawn from: rents in USD per GPU-hour, shares of time, log errors."""

    rents: dict[str, np.ndarray]
    shares: dict[str, tuple[float, float]]
    stacks: np.ndarray

    def hourly(self, n: int, rng: np.random.Generator, *, rent: str = CARDS) -> np.ndarray:
        """USD for a GPU-hour at work: rent over the share of time at work."""
        paid = rng.choice(self.rents[rent], n)
        return paid / rng.uniform(*self.shares[WHOLE_SPAN], n)

    def middle(self, rent: str, share: str) -> float:
        """The same at the median rent and the middle of the span."""
        return float(np.median(self.rents[rent]) / np.mean(self.shares[share]))


def rents(
    quotes: pd.DataFrame, index: pd.DataFrame, instances: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Rents of an H100 by source, USD per hour: of rate cards and commitments the twelve months to
    the last one known, of large clouds the newest price of each instance.

    Raises:
        InputError: while no provider's rent is known.
    """
    require("quotes", quotes, ["gpu", "provider", "refers_to", "usd_per_gpu_hour"])
    cards = newest_rents(quotes, GPU)
    if not len(cards):
        raise InputError("quotes", f"no rent of an {GPU} was known by then")
    found = {CARDS: cards}
    listed = instances[instances["gpu"] == GPU].sort_values("refers_to", kind="stable")
    if not listed.empty:
        found[LARGE] = listed.groupby("instance")["usd_per_gpu_hour"].last().to_numpy()
    committed = _last_year(index[index["gpu"] == GPU])[COMMITTED_RENT].dropna()
    if not committed.empty:
        found[COMMITTED] = committed.to_numpy()
    return found


def newest_rents(quotes: pd.DataFrame, gpu: str) -> np.ndarray:
    """Each provider's newest rate of a GPU in the twelve months to the last one known."""
    cards = _last_year(quotes[quotes["gpu"] == gpu])
    return (
        cards.sort_values("refers_to", kind="stable")
        .groupby("provider")["usd_per_gpu_hour"]
        .last()
        .to_numpy()
    )


def shares(facts: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Smallest and largest published share of time that GPUs are at work.

    Raises:
        InputError: while none is known.
    """
    rows = facts[facts["topic"] == TOPIC]
    if rows.empty:
        raise InputError("facts", "no share of time that GPUs are at work was known by then")
    graded = rows[rows["grade"].isin(["A", "B"])]
    return {WHOLE_SPAN: _span(rows), GRADED: _span(graded if len(graded) else rows)}


def published_clips(
    fits: Fits, times: pd.DataFrame, generators: dict[str, Generator]
) -> pd.DataFrame:
    """Published times of clips beside the roofline's: published_s, predicted_s, ratio.

    H200 and H100 have the same peak rate, and a clip is bound by compute.
    """
    clips = times[(times["kind"] == "video") & times["model"].isin(list(generators))]
    clips = clips[clips["accelerator"].isin(SAME_PEAK) & clips["passes"].notna()]
    predicted = [
        row["passes"]
        * pass_seconds(
            fits,
            generators[row["model"]],
            (int(row["width_px"]), int(row["height_px"])),
            row["frames"],
        )
        for row in clips.to_dict("records")
    ]
    table = clips[["model", "accelerator", "height_px", "passes", "stack", "grade"]]
    table = table.assign(published_s=clips["seconds"], predicted_s=predicted)
    return table.assign(ratio=table["published_s"] / table["predicted_s"]).reset_index(drop=True)


def inputs(
    rented: dict[str, np.ndarray], at_work: dict[str, tuple[float, float]], clips: pd.DataFrame
) -> Inputs:
    """The ranges of a simulation; without published clips the model is taken as exact."""
    stacks = np.log(clips["ratio"].to_numpy()) if len(clips) else np.zeros(1)
    return Inputs(rented, at_work, stacks)


def table(drawn: Inputs) -> pd.DataFrame:
    """What is drawn, from where: low, middle, high."""
    rows = [
        ("Rent of an H100, USD per hour", values, f"{name}: {RENTS[name]}")
        for name, values in drawn.rents.items()
    ]
    rows += [
        ("Share of time at work", np.array(span), f"{name}: dated_facts")
        for name, span in drawn.shares.items()
    ]
    rows.append(("Published over fitted time of a clip", np.exp(drawn.stacks), "generation_times"))
    return pd.DataFrame(
        {
            "quantity": what,
            "source": source,
            "low": values.min(),
            "middle": float(np.median(values)),
            "high": values.max(),
            "values": len(values),
        }
        for what, values, source in rows
    )


def _last_year(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    return rows[rows["refers_to"] > rows["refers_to"].max() - pd.DateOffset(months=12)]


def _span(rows: pd.DataFrame) -> tuple[float, float]:
    low, high = rows["value_low"].fillna(rows["value"]), rows["value_high"].fillna(rows["value"])
    return float(low.min()), float(high.max())
