"""Generators of images and video: their shapes, and how long they take by what was published."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

MODELS = "curated/video_models.csv"
TIMES = "curated/generation_times.csv"
PERIOD = Column("period", "text", "day, month or year")


def video_models(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(MODELS))


def generation_times(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(TIMES))


def _few_are_fewer(models: pd.DataFrame) -> bool:
    return bool((models["few_passes"] < models["steps"] * models["passes_per_step"]).all())


def _images_have_one_frame(times: pd.DataFrame) -> bool:
    return bool(((times["kind"] == "image") == (times["frames"] == 1)).all())


def _count(name: str, description: str, unit: str = "count", required: bool = True) -> Column:
    return Column(name, "number", description, unit, required=required, above=0)


TABLES = [
    Table(
        name="video_models",
        title="Shapes and recommended settings of open video generators",
        description=(
            "Diffusion transformers that denoise all tokens of a clip together. A token stands for"
            " a square of pixels_per_token pixels a side over frames_per_token frames; the first"
            " frame has tokens of its own. Closed generators are missing: they publish no shape."
        ),
        build=video_models,
        key=("model",),
        columns=(
            Column("model", "text", "name"),
            Column("maker", "text", "who trained it"),
            _count("layers", "blocks of the transformer"),
            _count("width", "width of a token in the transformer"),
            _count("feed_forward_width", "inner width of the feed-forward part"),
            Column(
                "text",
                "text",
                "how text enters: attention of its own in each block, or tokens beside the others",
                allowed=("cross", "joint"),
            ),
            _count("pixels_per_token", "side of the square that a token stands for"),
            _count("frames_per_token", "frames that a token stands for"),
            _count("clip_frames", "frames of a clip as the model was trained or is run"),
            _count("frames_per_second", "frames a second as trained", "frames per second"),
            _count("steps", "denoising steps by default"),
            _count("passes_per_step", "passes a step: two with guidance"),
            _count("few_passes", "passes of a clip by a distilled variant"),
            Column("few_source", "text", "who published the distilled variant"),
            PERIOD,
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is("wan_14b_has_40_layers", {"model": "Wan2.1 14B"}, "layers", 40),
            Check("few_passes_are_fewer", "table", "below steps times passes", _few_are_fewer),
            source_named(),
            rows_at_least(6),
        ),
    ),
    Table(
        name="generation_times",
        title="Published times of image and video generators on data-centre GPUs",
        description=(
            "Seconds for one image or one clip, one at a time, text encoding and decoding to pixels"
            " included where the source says nothing else. Chosen by hand; no sample."
        ),
        build=generation_times,
        key=("timing",),
        columns=(
            Column("timing", "text", "short name"),
            Column("kind", "text", "what was made", allowed=("image", "video")),
            Column("model", "text", "generator"),
            Column("accelerator", "text", "one of these"),
            _count("width_px", "pixels across"),
            _count("height_px", "pixels down"),
            _count("frames", "frames; one for an image"),
            _count("passes", "forward passes", required=False),
            Column("seconds", "number", "time of one image or clip", "s", above=0),
            Column("stack", "text", "software"),
            Column("note", "text", "what to know about it"),
            PERIOD,
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is("sdxl_on_h100_takes_2.5_s", {"timing": "sdxl_h100"}, "seconds", 2.496),
            Check("images_have_one_frame", "table", "and clips more", _images_have_one_frame),
            source_named(),
            rows_at_least(15),
        ),
    ),
]
