"""Small frames in the shape of the tables that the cost of inference comes from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics.serving.chips import Chip, Efficiencies, Model
from analysis.economics.serving.diffusion import diffusion
from analysis.economics.serving.shapes import Generator, generators, language
from analysis.economics.serving.text import decode, prefill

H100 = Chip(989e12, 3.35e12, memory_bytes=80e9, name="H100 SXM")
DENSE = Efficiencies(memory=0.8, compute=0.6, overhead_seconds_per_layer=5e-5)
SPARSE = Efficiencies(memory=0.7, compute=0.4, overhead_seconds_per_layer=1e-4)
_SIZES = {
    "llama3-8b": (8.03e9, 7.5e9),
    "qwen2.5-32b": (32.8e9, 32e9),
    "qwen3-30b-a3b": (30.5e9, 3.04e9),
}


def video_models() -> pd.DataFrame:
    """Wan2.1 14B as in the table, and one that packs 32 pixels and 8 frames into a token."""
    columns = ["model", "layers", "width", "feed_forward_width", "text", "pixels_per_token"]
    columns += ["frames_per_token", "clip_frames", "frames_per_second", "steps"]
    columns += ["passes_per_step", "few_passes"]
    rows = [
        ("Wan2.1 14B", 40, 5120, 13824, "cross", 16, 4, 81, 16, 50, 2, 4),
        ("Packed", 28, 2048, 8192, "cross", 32, 8, 121, 24, 20, 2, 8),
    ]
    return pd.DataFrame(rows, columns=columns)


def timings() -> pd.DataFrame:
    """Passes that follow the roofline exactly, with ``DENSE`` and ``SPARSE``."""
    bare = pd.DataFrame(
        [
            {"model": name, "phase": "decode", "parameters": total, "active_parameters": active}
            for name, (total, active) in _SIZES.items()
        ]
    )
    rows: list[dict[str, Any]] = []
    for name, model in language(bare).items():
        share = SPARSE if model.expert_share < 1 else DENSE
        steps = [
            ("decode", decode(model, H100, batch=b, context=1024, efficiencies=share))
            for b in (1, 8, 64)
        ]
        steps += [
            ("prefill", prefill(model, H100, prompt=p, efficiencies=share)) for p in (2048, 8192)
        ]
        rows += [_timing(name, phase, step, model) for phase, step in steps]
    wan = generators(video_models())["Wan2.1 14B"]
    rows += [
        _clip(wan, size, pixels) for size, pixels in (("480p", (832, 480)), ("720p", (1280, 720)))
    ]
    return pd.DataFrame(rows)


def _timing(name: str, phase: str, step: Any, model: Model) -> dict[str, Any]:
    return {
        "model": name,
        "phase": phase,
        "step_ms": step.step_seconds * 1e3,
        "moved_bytes": step.bytes_moved,
        "work_flop": step.flop,
        "layers": model.layers,
        "parameters": model.parameters,
        "active_parameters": model.active,
    }


def _clip(wan: Generator, size: str, pixels: tuple[int, int]) -> dict[str, Any]:
    model, tokens = wan.transformer, wan.tokens(*pixels, 81)
    options: dict[str, Any] = {"tokens": tokens, "steps": 1, "video_seconds": 1}
    clip = diffusion(model, H100, guidance_passes=1, efficiencies=DENSE, **options)
    return {
        "model": f"dit-14b-{size}-81f",
        "phase": "diffusion",
        "step_ms": clip.step_seconds * 1e3,
        "moved_bytes": model.weight_bytes,
        "work_flop": tokens * (2 * model.active + model.attention_flop(tokens)),
        "layers": model.layers,
        "parameters": model.parameters,
        "active_parameters": model.active,
    }


def generation_times() -> pd.DataFrame:
    """Two images of grade A, a longer one of grade C, a small one, and one clip."""
    columns = ["kind", "model", "accelerator", "width_px", "height_px", "frames", "passes"]
    columns += ["seconds", "stack", "note", "grade"]
    rows = [
        ("image", "Old", "A100", 1024, 1024, 1, 60, 3.7, "plain", "", "A"),
        ("image", "Old", "H100", 1024, 1024, 1, 60, 2.5, "plain", "", "A"),
        ("image", "Large", "A100", 1024, 1024, 1, 28, 16.0, "plain", "", "C"),
        ("image", "Small", "A100", 512, 512, 1, 60, 30.0, "plain", "", "A"),
        ("image", "Unclear", "H100", 1024, 1024, 1, None, 5.0, "plain", "", "B"),
        ("video", "Wan2.1 14B", "H200", 832, 480, 81, 80, 366.0, "plain", "", "B"),
        ("video", "Unknown", "H100", 832, 480, 81, 80, 1.0, "plain", "", "B"),
    ]
    return pd.DataFrame(rows, columns=columns)


def quotes() -> pd.DataFrame:
    """Three providers; one left more than a year ago, one changed its price."""
    rows = [
        ("H100", "gone", "2024-01-01", 9.0),
        ("H100", "one", "2025-10-01", 2.0),
        ("H100", "one", "2026-09-01", 4.0),
        ("H100", "two", "2026-06-01", 3.0),
        ("A100", "two", "2026-09-01", 1.0),
    ]
    frame = pd.DataFrame(rows, columns=["gpu", "provider", "refers_to", "usd_per_gpu_hour"])
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]))
