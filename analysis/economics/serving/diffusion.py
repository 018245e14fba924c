"""Clips of a diffusion transformer."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.economics.serving.chips import Chip, Efficiencies, Model, above, at_least
from analysis.economics.serving.roofline import IDEAL, SECONDS_PER_HOUR, forward_pass
from analysis.methods.results import Result


@dataclass(frozen=True, repr=False)
class Diffusion(Result):
    """Generating one clip: ``passes`` forward passes of ``step_seconds`` each.

    Costs are None for chips without a price.
    """

    step_seconds: float
    bound: str
    passes: float
    total_seconds: float
    chip_seconds_per_video_second: float
    usd_per_clip: float | None
    usd_per_video_minute: float | None

    def summary(self) -> str:
        cost = self.usd_per_video_minute
        price = "" if cost is None else f", ${cost:.4g} per minute of video"
        return f"{self.total_seconds:.4g} s a clip ({self.bound}-bound){price}"


def diffusion(
    model: Model,
    chip: Chip,
    *,
    tokens: float,
    steps: float,
    video_seconds: float,
    guidance_passes: float = 2,
    chips: int = 1,
    efficiencies: Efficiencies = IDEAL,
    communication_seconds: float = 0.0,
) -> Diffusion:
    """A clip from a diffusion transformer that denoises all its latent tokens together.

    Each pass costs tokens (2 N_active + 4 · layers · width · tokens) FLOP, attention being
    full; a clip takes steps · guidance_passes passes.

    Args:
        tokens: latent tokens of the whole clip (after temporal and spatial compression).
        steps: denoising steps.
        video_seconds: length of the clip.
        guidance_passes: passes a step, 2 with classifier-free guidance and 1 without.

    Raises:
        InputError: for numbers that are not finite or out of range.
    """
    at_least("tokens", tokens, 1)
    at_least("steps", steps, 1)
    at_least("guidance_passes", guidance_passes, 1)
    above("video_seconds", video_seconds)
    step = forward_pass(
        model,
        chip,
        tokens=tokens,
        flop=tokens * (2 * model.active + model.attention_flop(tokens)),
        moved=model.weight_bytes_read(tokens),
        cache=0.0,
        chips=chips,
        efficiencies=efficiencies,
        communication_seconds=communication_seconds,
    )
    passes = steps * guidance_passes
    total = step.step_seconds * passes
    hourly = chip.usd_per_hour
    clip = None if hourly is None else total * chips * hourly / SECONDS_PER_HOUR
    return Diffusion(
        step_seconds=step.step_seconds,
        bound=step.bound,
        passes=passes,
        total_seconds=total,
        chip_seconds_per_video_second=total * chips / video_seconds,
        usd_per_clip=clip,
        usd_per_video_minute=None if clip is None else clip * 60 / video_seconds,
    )
