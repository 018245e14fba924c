"""How long does an image take?

Readings: images of about a megapixel by open models on data-centre chips, small ones included, one
at a time; of grades A and B and with the number of passes stated. The longest counts (c19).
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.columns import require
from analysis.errors import InputError

GRADES = ("A", "B")
MEGAPIXEL = (0.9e6, 1.2e6)


def images(times: pd.DataFrame) -> pd.DataFrame:
    """Published times of images of about a megapixel, longest first."""
    require("times", times, ["kind", "width_px", "height_px", "seconds", "passes", "grade"])
    pixels = times["width_px"] * times["height_px"]
    rows = times[(times["kind"] == "image") & pixels.between(*MEGAPIXEL)]
    columns = ["model", "accelerator", "passes", "seconds", "stack", "grade", "note"]
    return rows.sort_values("seconds", ascending=False, kind="stable")[columns].reset_index(
        drop=True
    )


def minute_as_images(found: pd.DataFrame, gpu: str, usd_per_gpu_hour: float) -> pd.DataFrame:
    """A minute at 30 frames a second as 1,800 images by the times on one GPU: hours and USD.

    Raises:
        InputError: when no time of grade A or B with stated passes is known for the GPU.
    """
    rows = _graded(found)
    rows = rows[rows["accelerator"] == gpu]
    if rows.empty:
        raise InputError("times", f"no graded time of an image on an {gpu} was known by then")
    hours = 1800 * rows["seconds"] / 3600
    return pd.DataFrame(
        {
            "model": rows["model"],
            "stack": rows["stack"],
            "accelerator": gpu,
            "seconds_an_image": rows["seconds"],
            "gpu_hours": hours,
            "usd_per_gpu_hour_at_work": usd_per_gpu_hour,
            "usd": hours * usd_per_gpu_hour,
        }
    ).reset_index(drop=True)


def image_seconds(found: pd.DataFrame) -> Answer:
    """Longest published time of an image (c19).

    Raises:
        InputError: when no time of grade A or B with stated passes is known.
    """
    rows = _graded(found)
    if rows.empty:
        raise InputError("times", "no graded time of an image with its steps was known by then")
    longest = rows.iloc[0]
    alike = rows[(rows["model"] == longest["model"]) & (rows["stack"] == longest["stack"])]
    others = ", ".join(
        f"{row['seconds']:.1f} on an {row['accelerator']}" for row in alike[1:].to_dict("records")
    )
    return Answer(
        estimate=float(longest["seconds"]),
        interval=None,
        n=len(rows),
        grade=str(longest["grade"]),
        method="longest published time, one image at a time",
        reason=(
            f"{longest['model']} on one {longest['accelerator']} ({longest['stack']};"
            f" {longest['note']}){f'; seconds on other chips: {others}' if others else ''};"
            " tuned, distilled and later models take less, down to a fraction of a second"
        ),
        detail={
            "shortest_of_grade": float(rows["seconds"].min()),
            "longest_by_chip": rows.groupby("accelerator")["seconds"].max().to_dict(),
        },
    )


def _graded(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["grade"].isin(GRADES) & found["passes"].notna()]
