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

from analysis.economics.serving.chips import Chip, Efficiencies, Model, above, at_least, at_most_one
from analysis.methods.results import Result

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


def forward_pass(
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
    """Time and cost of one pass of ``flop`` FLOP that moves ``moved`` bytes.

    Args:
        tokens: tokens that the pass yields or reads.
        cache: bytes of the cache beside the weights.

    Raises:
        InputError: for numbers that are not finite or out of range.
    """
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
