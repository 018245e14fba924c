"""Chip-seconds of video by open generators.

Readings fixed before any result was computed:

- Clips have the frames that a model was made for; an hour is as many clips as it needs. At 30
  frames a second a clip of 81 frames lasts 2.7 seconds.
- Generators count alike, and so do their usual settings and a distilled variant of few passes.
- Text encoding and decoding to pixels are in the published times of whole stacks, not in the
  roofline; the error factor carries them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.economics.serving.chances import Inputs, newest_rents
from analysis.economics.serving.draws import spread
from analysis.economics.serving.fits import Fits
from analysis.economics.serving.frames import SIZES, pass_seconds
from analysis.economics.serving.shapes import Generator
from analysis.errors import InputError

FRAMES_PER_SECOND = 30
USUAL, FEW = "usual steps", "few steps"
SETTINGS = (USUAL, FEW)
GENERATED, INTERPOLATED = "30 generated", "as trained, filled up"
RATES = (GENERATED, INTERPOLATED)
HIGH = "1080p"


def chip_seconds(
    fits: Fits,
    generator: Generator,
    *,
    size: str = HIGH,
    setting: str = USUAL,
    rate: str = GENERATED,
) -> float:
    """Chip-seconds of a second of video at 30 frames, by the roofline."""
    passes = generator.passes if setting == USUAL else generator.few_passes
    shown = FRAMES_PER_SECOND if rate == GENERATED else generator.frames_per_second
    frames = generator.clip_frames
    return passes * pass_seconds(fits, generator, SIZES[size], frames) * shown / frames


def settings(fits: Fits, generators: Mapping[str, Generator]) -> pd.DataFrame:
    """Chip-seconds of a second of video by model, size and setting."""
    return pd.DataFrame(
        {
            "model": name,
            "size": size,
            "setting": setting,
            "chip_seconds": chip_seconds(fits, generator, size=size, setting=setting),
        }
        for name, generator in generators.items()
        for size in SIZES
        for setting in SETTINGS
    )


def drawn(
    table: pd.DataFrame, inputs: Inputs, n: int, rng: np.random.Generator, *, size: str = HIGH
) -> np.ndarray:
    """Chip-seconds of a second of video: model, setting and error drawn."""
    seconds = table.loc[table["size"] == size, "chip_seconds"].to_numpy()
    return rng.choice(seconds, n) * np.exp(rng.choice(inputs.stacks, n))


def minutes(
    table: pd.DataFrame, inputs: Inputs, n: int, rng: np.random.Generator, level: float
) -> pd.DataFrame:
    """USD for a minute of video by model, size and setting, with interval."""
    hourly = inputs.hourly(n, rng) * np.exp(rng.choice(inputs.stacks, n))
    tails = [(1 - level) / 2, 0.5, (1 + level) / 2]
    a_minute = table["chip_seconds"].to_numpy()[:, None] * 60 * hourly / 3600
    low, middle, high = np.quantile(a_minute, tails, axis=1)
    return table.assign(usd_per_minute=middle, low=low, high=high)


def per_resolution(
    table: pd.DataFrame, inputs: Inputs, n: int, rng: np.random.Generator, level: float
) -> pd.DataFrame:
    """USD for a minute of video by size, over all models and settings, with interval."""
    rows = []
    for size in SIZES:
        cost = drawn(table, inputs, n, rng, size=size) * inputs.hourly(n, rng) / 60
        low, middle, high = spread(cost, level)
        rows.append({"size": size, "usd_per_minute": middle, "low": low, "high": high})
    return pd.DataFrame(rows)


def published_hours(times: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """USD of an hour at 30 frames a second by published times of whole programs, cheapest first.

    seconds · 30 / frames · rent, on chips that are never idle, at the lowest and the median rent
    that clouds ask for the chip; programs on chips without a known rent are left out.

    Raises:
        InputError: while no published time and rent are known.
    """
    require("times", times, ["kind", "model", "accelerator", "height_px", "frames", "seconds"])
    rows = []
    for row in times[times["kind"] == "video"].to_dict("records"):
        rents = newest_rents(quotes, row["accelerator"])
        if not len(rents):
            continue
        chip_hours = row["seconds"] * FRAMES_PER_SECOND / row["frames"]
        rows.append(
            {name: row[name] for name in ("model", "stack", "accelerator", "grade")}
            | {
                "height_px": int(row["height_px"]),
                "chip_hours": chip_hours,
                "usd_at_lowest_rent": chip_hours * rents.min(),
                "usd_at_median_rent": chip_hours * float(np.median(rents)),
            }
        )
    if not rows:
        raise InputError("times", "hold no clip on a chip whose rent was known by then")
    return pd.DataFrame(rows).sort_values("usd_at_lowest_rent", ignore_index=True, kind="stable")
