"""Is a frame of a clip as dear as an image? And how long does an image take?

Readings fixed before the results of this module were computed, with a rough count of operations
at hand:

- The image is a clip of one frame by the same model, at the same size, chip and number of steps.
  Its pass was not timed. The fitted roofline, which is checked against passes of similar length,
  gives its time; the clip's time is measured (c90).
- The claim compares with a high-resolution image, so the clip of the larger size is the answer;
  the other size, other generators and 1080p stand beside it.
- Decoding to pixels is left out of both sides.
- For the time of an image (c19), images of about a megapixel by open models on data-centre chips,
  one at a time; of grades A and B and with the number of passes stated. The longest counts.
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
GRADES = ("A", "B")
SAME_PEAK = ("H100", "H200")  # table accelerators
MEGAPIXEL = (0.9e6, 1.2e6)


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


def frame_against_image(measured: pd.DataFrame | None) -> Answer:
    """A clip over as many images at the larger size that was timed (c90).

    Raises:
        InputError: where no clip was timed.
    """
    if measured is None:
        raise InputError("timings", "hold no clip of a video model that was known by then")
    row = measured.iloc[measured["clip_pass_s"].argmax()]
    return Answer(
        estimate=float(row["ratio"]),
        interval=None,
        n=1,
        grade="A",
        method="measured pass of a clip over frames times the fitted time of a pass of one frame",
        reason=(
            f"Wan2.1 14B at {row['size']}, {row['frames']:.0f} frames, one H100: compression over"
            " time saves work, attention among all frames costs it. The clip was timed, the image"
            " was not; and models that compress more give far lower ratios"
        ),
        detail={
            f"ratio_{size}": float(ratio)
            for size, ratio in zip(measured["size"], measured["ratio"], strict=True)
        },
    )


def images(times: pd.DataFrame) -> pd.DataFrame:
    """Published times of images of about a megapixel, longest first."""
    require("times", times, ["kind", "width_px", "height_px", "seconds", "passes", "grade"])
    pixels = times["width_px"] * times["height_px"]
    rows = times[(times["kind"] == "image") & pixels.between(*MEGAPIXEL)]
    columns = ["model", "accelerator", "passes", "seconds", "stack", "grade", "note"]
    return rows.sort_values("seconds", ascending=False)[columns].reset_index(drop=True)


def minute_as_images(answer: Answer, usd_per_gpu_hour: float) -> pd.DataFrame:
    """A minute at 30 frames a second as 1,800 images of a given time: GPU-hours and USD."""
    if answer.estimate is None:
        raise InputError("answer", "has no time of an image")
    hours = 1800 * answer.estimate / 3600
    return pd.DataFrame(
        {
            "images": [1800],
            "seconds_an_image": [answer.estimate],
            "gpu_hours": [hours],
            "usd_per_gpu_hour_at_work": [usd_per_gpu_hour],
            "usd": [hours * usd_per_gpu_hour],
        }
    )


def image_seconds(found: pd.DataFrame) -> Answer:
    """Longest published time of an image (c19).

    Raises:
        InputError: when no time of grade A or B with stated passes is known.
    """
    rows = found[found["grade"].isin(GRADES) & found["passes"].notna()]
    if rows.empty:
        raise InputError("times", "no graded time of an image with its steps was known by then")
    longest = rows.iloc[0]
    return Answer(
        estimate=float(longest["seconds"]),
        interval=None,
        n=len(rows),
        grade=str(longest["grade"]),
        method="longest published time, one image at a time",
        reason=(
            f"{longest['model']} on one {longest['accelerator']} ({longest['stack']}), 30 steps,"
            " by its maker; newer chips, compiled or distilled models take less, down to a fraction"
            " of a second, larger models more"
        ),
        detail={"shortest_of_grade": float(rows["seconds"].min())},
    )
