"""What serving a model costs, from first principles: the roofline.

A forward pass takes as long as the slower of its arithmetic and its memory traffic, plus a
fixed overhead a layer:

    seconds = max(flop / (n F η_c), bytes / (n B η_m)) + layers · overhead + communication

n chips of peak F FLOP/s and bandwidth B bytes/s, at efficiencies η. Sources: Williams, Waterman
and Patterson (2009), CACM 52:65 (roofline); Pope et al. (2022), arXiv 2211.05102; Erdil (2025),
arXiv 2506.04645.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.economics._efficiencies import EfficiencyFit, fit_efficiencies
from analysis.economics._hardware import Chip, Efficiencies, Model, above, at_least, at_most_one
from analysis.methods.results import Result

__all__ = [
    "Chip",
    "Diffusion",
    "Efficiencies",
    "EfficiencyFit",
    "Model",
    "Step",
    "cost_per_million_tokens",
    "decode",
    "diffusion",
    "fit_efficiencies",
    "prefill",
]

SECONDS_PER_HOUR = 3600
IDEAL = Efficiencies()


@dataclass(frozen=True, repr=False)
class Step(Result):
    """One forward pass: ``tokens`` tokens in ``step_seconds``, limited by ``bound``.

    ``memory_needed_bytes`` is what weights and cache occupy; ``fits`` compares it with the
    chips' memory and is None where that is unknown. ``usd_per_million_tokens`` is None for
    chips without a price.
    """

    step_seconds: float
    bound: str
    tokens_per_second: float
    usd_per_million_tokens: float | None
    tokens: float
    compute_seconds: float
    memory_seconds: float
    flop: float
    bytes_moved: float
    memory_needed_bytes: float
    fits: bool | None

    def summary(self) -> str:
        cost = self.usd_per_million_tokens
        price = "" if cost is None else f", ${cost:.4g} per million tokens"
        return (
            f"{self.step_seconds * 1e3:.4g} ms a step ({self.bound}-bound), "
            f"{self.tokens_per_second:.4g} tokens/s{price}"
        )


def decode(
    model: Model,
    chip: Chip,
    *,
    batch: float = 1,
    context: float = 0,
    chips: int = 1,
    efficiencies: Efficiencies = IDEAL,
    communication_seconds: float = 0.0,
) -> Step:
    """One decoding step: each of ``batch`` sequences gains one token.

    flop = batch (2 N_active + 4 · layers · width · context), the second term where the model
    gives its attention width; bytes = weights read + batch · context · kv_bytes_per_token. A
    sparse model reads only the experts its batch chooses: ``Model.weight_bytes_read``.

    Args:
        batch: sequences decoded together, at least 1.
        context: tokens in the cache of each, at least 0.
        chips: chips that share the work evenly.
        communication_seconds: time a step between chips, added.

    Raises:
        InputError: for numbers that are not finite or out of range.
    """
    at_least("batch", batch, 1)
    at_least("context", context, 0)
    cache = batch * context * model.kv_bytes_per_token
    return _step(
        model,
        chip,
        tokens=batch,
        flop=batch * (2 * model.active + model.attention_flop(context)),
        moved=model.weight_bytes_read(batch) + cache,
        cache=cache,
        chips=chips,
        efficiencies=efficiencies,
        communication_seconds=communication_seconds,
    )


def prefill(
    model: Model,
    chip: Chip,
    *,
    prompt: float,
    batch: float = 1,
    chips: int = 1,
    efficiencies: Efficiencies = IDEAL,
    communication_seconds: float = 0.0,
) -> Step:
    """Reading prompts of ``prompt`` tokens, ``batch`` of them at once.

    flop = batch · prompt (2 N_active + 4 · layers · width · prompt / 2): causal attention sees
    half the prompt on average. Compute-bound but for the shortest prompts.

    Raises:
        InputError: for numbers that are not finite or out of range.
    """
    at_least("batch", batch, 1)
    at_least("prompt", prompt, 1)
    tokens = batch * prompt
    cache = tokens * model.kv_bytes_per_token
    return _step(
        model,
        chip,
        tokens=tokens,
        flop=tokens * (2 * model.active + model.attention_flop(prompt / 2)),
        moved=model.weight_bytes_read(tokens) + cache,
        cache=cache,
        chips=chips,
        efficiencies=efficiencies,
        communication_seconds=communication_seconds,
    )


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
    step = _step(
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


def cost_per_million_tokens(
    tokens_per_second: float, usd_per_hour: float, *, chips: int = 1, utilisation: float = 1.0
) -> float:
    """USD per million tokens.

    10⁶ · chips · usd_per_hour / (3600 · tokens_per_second · utilisation).

    Args:
        tokens_per_second: of all chips together while they work.
        usd_per_hour: of one chip.
        utilisation: share of paid hours that they work, in (0, 1].

    Raises:
        InputError: for numbers that are not positive and finite, or a utilisation above 1.
    """
    above("tokens_per_second", tokens_per_second)
    above("usd_per_hour", usd_per_hour)
    above("chips", chips)
    above("utilisation", utilisation)
    at_most_one("utilisation", utilisation)
    return 1e6 * chips * usd_per_hour / (SECONDS_PER_HOUR * tokens_per_second * utilisation)


def _step(
    model: Model,
    chip: Chip,
    *,
    tokens: float,
    flop: float,
    moved: float,
    cache: float,
    chips: int,
    efficiencies: Efficiencies,
    communication_seconds: float,
) -> Step:
    at_least("chips", chips, 1)
    at_least("communication_seconds", communication_seconds, 0)
    compute = flop / (chips * chip.flop_per_s * efficiencies.compute)
    memory = moved / (chips * chip.memory_bandwidth_bytes_per_s * efficiencies.memory)
    overhead = model.layers * efficiencies.overhead_seconds_per_layer
    seconds = max(compute, memory) + overhead + communication_seconds
    needed, hourly = model.weight_bytes + cache, chip.usd_per_hour
    return Step(
        step_seconds=seconds,
        bound="memory" if memory > compute else "compute",
        tokens_per_second=tokens / seconds,
        usd_per_million_tokens=None
        if hourly is None
        else cost_per_million_tokens(tokens / seconds, hourly, chips=chips),
        tokens=tokens,
        compute_seconds=compute,
        memory_seconds=memory,
        flop=flop,
        bytes_moved=moved,
        memory_needed_bytes=needed,
        fits=None if chip.memory_bytes is None else needed <= chips * chip.memory_bytes,
    )
