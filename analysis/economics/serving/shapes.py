"""Shapes of the models that are costed: language models as timed, generators as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.economics.serving.chips import Chip, Model

NODE_CHIPS = 8  # H100 servers as clouds rent them, table instance_prices
EXPERT_SHARE = 8 / 128  # Qwen3 technical report, arXiv 2505.09388, table 2

# layers, query heads, key-value heads, width of a head: Llama 3 (arXiv 2407.21783, table 3),
# Qwen2.5 (arXiv 2412.15115, table 1), Qwen3 (arXiv 2505.09388, tables 1 and 2)
_LANGUAGE = {
    "llama3-8b": (32, 32, 8, 128),
    "qwen3-30b-a3b": (48, 32, 4, 128),
    "qwen2.5-32b": (64, 40, 8, 128),
    "llama3-70b": (80, 64, 8, 128),
}
SPARSE = ("qwen3-30b-a3b",)


def language(timings: pd.DataFrame) -> dict[str, Model]:
    """The language models that were timed, with the parameters of the table, smallest first."""
    found = {}
    for name, (layers, heads, kv_heads, width) in _LANGUAGE.items():
        rows = timings[(timings["model"] == name) & (timings["phase"] == "decode")]
        if rows.empty:
            continue
        found[name] = Model(
            float(rows["parameters"].iloc[0]),
            float(rows["active_parameters"].iloc[0]),
            layers=layers,
            query_heads=heads,
            kv_heads=kv_heads,
            head_dim=width,
            expert_share=EXPERT_SHARE if name in SPARSE else 1.0,
            name=name,
        )
    return found


def h100(accelerators: pd.DataFrame) -> Chip | None:
    """Peaks of the H100 SXM from the table of accelerators, or None while it is not known."""
    rows = accelerators[accelerators["accelerator"] == "NVIDIA H100 SXM5 80GB"]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Chip(
        float(row["fp16_flop_per_s"]),
        float(row["memory_bandwidth_bytes_per_s"]),
        memory_bytes=float(row["memory_bytes"]),
        name="H100 SXM",
    )


@dataclass(frozen=True)
class Generator:
    """An open video generator: its transformer, its compression, its usual settings."""

    transformer: Model
    pixels_per_token: int
    frames_per_token: int
    clip_frames: int
    frames_per_second: float
    passes: float
    few_passes: float

    @property
    def name(self) -> str:
        return self.transformer.name

    def tokens(self, width_px: float, height_px: float, frames: float) -> float:
        """Tokens of a clip: those of a frame times 1 + (frames - 1) / frames_per_token.

        Sides that are no multiple of a token's are padded; so are frames.
        """
        across, down = (-(-side // self.pixels_per_token) for side in (width_px, height_px))
        return across * down * (1 + -(-(frames - 1) // self.frames_per_token))


def generators(models: pd.DataFrame) -> dict[str, Generator]:
    """Generators of the table ``video_models`` by name."""
    return {str(row["model"]): _generator(row) for row in models.to_dict("records")}


def _generator(row: Mapping[Any, Any]) -> Generator:
    """Parameters that a token meets: 4 d² of its own attention, 2 d² of that to text, 2 d f."""
    attention = 6 if row["text"] == "cross" else 4
    a_layer = attention * row["width"] ** 2 + 2 * row["width"] * row["feed_forward_width"]
    transformer = Model(
        row["layers"] * a_layer,
        layers=int(row["layers"]),
        query_heads=1,
        head_dim=int(row["width"]),
        name=row["model"],
    )
    return Generator(
        transformer,
        int(row["pixels_per_token"]),
        int(row["frames_per_token"]),
        int(row["clip_frames"]),
        float(row["frames_per_second"]),
        float(row["steps"] * row["passes_per_step"]),
        float(row["few_passes"]),
    )
