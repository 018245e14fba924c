"""Is a frame of a clip as dear as an image?

Readings:

- The image is a clip of one frame by the same model, at the same size, chip and number of steps.
- The rule divides two measured times (c90). A clip was timed, an image was not, and no source
  publishes both for one model. So there is no answer. The ratio with the image's time from the
  fitted roofline, which is checked against passes of similar length, is shown beside it and
  decides nothing: generators and sizes fall on both sides of the limits.
- Decoding to pixels is left out of both sides.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.columns import require
from analysis.economics.serving.diffusion import diffusion
from analysis.economics.serving.fits import Fits
from analysis.economics.serving.shapes import Generator
from analysis.errors import InputError

SIZES = {"480p": (832, 480), "720p": (1280, 720), "1080p": (1920, 1080)}
TIMED_MODEL, TIMED_FRAMES = "Wan2.1 14B", 81  # the shape behind the rows dit-14b-…-81f
SAME_PEAK = ("H100", "H200")  # table accelerators


def pass_seconds(fits: Fits, generator: Generator, size: tuple[int, int], frames: float) -> float:
    """Seconds of one forward pass over a clip of ``frames`` frames, by the fitted roofline."""
    found = diffusion(
        generator.transformer,
        fits.chip,
        tokens=generator.tokens(*size, frames),
        steps=1,
        video_seconds=1,
        guidance_passes=1,
        efficiencies=fits.dense.efficiencies,
    )
    return found.step_seconds


def measured_ratios(
    fits: Fits, timings: pd.DataFrame, generators: dict[str, Generator]
) -> pd.DataFrame:
    """Clip over as many images, for each size that was timed: seconds a pass of both, ratio.

    Raises:
        InputError: without a timed clip or the shape of its model.
    """
    require("timings", timings, ["phase", "model", "step_ms"])
    rows = timings[timings["phase"] == "diffusion"]
    if rows.empty or TIMED_MODEL not in generators:
        raise InputError("timings", "hold no clip of a video model of known shape")
    found = []
    for name, milliseconds in zip(rows["model"], rows["step_ms"], strict=True):
        size = next((size for size in SIZES if size in name), None)
        if size is None:
            continue
        image = pass_seconds(fits, generators[TIMED_MODEL], SIZES[size], 1)
        clip = milliseconds / 1e3
        found.append(
            {
                "size": size,
                "frames": TIMED_FRAMES,
                "clip_pass_s": clip,
                "image_pass_s": image,
                "ratio": clip / (TIMED_FRAMES * image),
            }
        )
    return pd.DataFrame(found)


def published_ratios(
    fits: Fits, times: pd.DataFrame, generators: dict[str, Generator]
) -> pd.DataFrame:
    """The ratio from published times of clips on chips with the same peak rate: model, ratio."""
    clips = times[(times["kind"] == "video") & times["model"].isin(list(generators))]
    clips = clips[clips["accelerator"].isin(SAME_PEAK) & clips["passes"].notna()]
    rows = []
    for row in clips.to_dict("records"):
        size = (int(row["width_px"]), int(row["height_px"]))
        images = row["frames"] * pass_seconds(fits, generators[row["model"]], size, 1)
        rows.append(
            {
                "model": row["model"],
                "stack": row["stack"],
                "height_px": row["height_px"],
                "frames": row["frames"],
                "ratio": row["seconds"] / row["passes"] / images,
                "grade": row["grade"],
            }
        )
    return pd.DataFrame(rows)


def modelled_ratios(fits: Fits, generators: dict[str, Generator]) -> pd.DataFrame:
    """The same ratio by the roofline alone, for every open generator at its usual clip length."""
    rows = []
    for name, generator in generators.items():
        for size, pixels in SIZES.items():
            clip = pass_seconds(fits, generator, pixels, generator.clip_frames)
            image = pass_seconds(fits, generator, pixels, 1)
            ratio = clip / (generator.clip_frames * image)
            rows.append(
                {"model": name, "frames": generator.clip_frames, "size": size, "ratio": ratio}
            )
    table = pd.DataFrame(rows).pivot(index=["model", "frames"], columns="size", values="ratio")
    return table[list(SIZES)].reset_index().rename_axis(columns=None)


def frame_against_image(measured: pd.DataFrame | None, modelled: pd.DataFrame | None) -> Answer:
    """Why there is no answer yet: only one of the two times was measured (c90).

    Raises:
        InputError: where no clip was timed.
    """
    if measured is None or modelled is None:
        raise InputError("timings", "hold no clip of a video model that was known by then")
    told = " and ".join(
        f"{row['ratio']:.2f} at {row['size']}" for row in measured.to_dict("records")
    )
    every = modelled[list(SIZES)].to_numpy()
    return Answer(
        estimate=None,
        interval=None,
        n=0,
        grade="A",
        method="measured pass of a clip over frames times a measured pass of one image",
        reason=(
            "no table holds a measured time of one image by a video model whose clip was timed."
            f" With the image's time from the fitted model the ratio is {told} for {TIMED_MODEL},"
            f" and from {every.min():.2f} to {every.max():.2f} among {len(modelled)} open"
            " generators and three sizes, on both sides of the limits"
        ),
        detail={
            f"modelled_ratio_{row['size']}": float(row["ratio"])
            for row in measured.to_dict("records")
        },
    )
