"""Chips, models and efficiencies: what the roofline is computed from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.errors import InputError


def above(argument: str, value: float) -> None:
    """Check that a number is finite and positive."""
    if not (_finite(value) and value > 0):
        raise InputError(argument, f"must be finite and above 0, not {value}")


def at_least(argument: str, value: float, least: float) -> None:
    """Check that a number is finite and not below ``least``."""
    if not (_finite(value) and value >= least):
        raise InputError(argument, f"must be finite and at least {least:g}, not {value}")


def at_most_one(argument: str, value: float) -> None:
    """Check that a share is not above 1."""
    if value > 1:
        raise InputError(argument, f"must be at most 1, not {value}")


def _finite(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and math.isfinite(value)


@dataclass(frozen=True)
class Chip:
    """One accelerator: peak FLOP/s in the format used, bytes/s and bytes of its memory, price."""

    flop_per_s: float
    memory_bandwidth_bytes_per_s: float
    memory_bytes: float | None = None
    usd_per_hour: float | None = None
    name: str = ""

    def __post_init__(self) -> None:
        above("flop_per_s", self.flop_per_s)
        above("memory_bandwidth_bytes_per_s", self.memory_bandwidth_bytes_per_s)
        for argument in ("memory_bytes", "usd_per_hour"):
            if (value := getattr(self, argument)) is not None:
                above(argument, value)

    @property
    def critical_batch(self) -> float:
        """FLOP per byte above which work is compute-bound: about the batch at 2 bytes a weight."""
        return self.flop_per_s / self.memory_bandwidth_bytes_per_s


@dataclass(frozen=True)
class Efficiencies:
    """Shares of peak that are reached, and seconds a layer that neither explains."""

    memory: float = 1.0
    compute: float = 1.0
    overhead_seconds_per_layer: float = 0.0

    def __post_init__(self) -> None:
        for argument in ("memory", "compute"):
            above(argument, getattr(self, argument))
            at_most_one(argument, getattr(self, argument))
        at_least("overhead_seconds_per_layer", self.overhead_seconds_per_layer, 0)


@dataclass(frozen=True)
class Model:
    """A transformer as far as its serving cost goes.

    ``active_parameters`` are those that one token uses (all by default). ``expert_share`` is
    the share of the routed experts that one token uses, 8 / 128 say; 1 for a dense model.
    Without ``layers``, heads and ``head_dim`` the cache and the attention cost nothing.
    """

    parameters: float
    active_parameters: float | None = None
    layers: int = 0
    query_heads: int = 0
    kv_heads: int = 0
    head_dim: int = 0
    bytes_per_weight: float = 2.0
    bytes_per_cache_value: float = 2.0
    expert_share: float = 1.0
    name: str = ""

    def __post_init__(self) -> None:
        above("parameters", self.parameters)
        above("active_parameters", self.active)
        if self.active > self.parameters:
            raise InputError("active_parameters", "must be at most parameters")
        for argument in ("layers", "query_heads", "kv_heads", "head_dim"):
            at_least(argument, getattr(self, argument), 0)
        above("bytes_per_weight", self.bytes_per_weight)
        above("bytes_per_cache_value", self.bytes_per_cache_value)
        above("expert_share", self.expert_share)
        at_most_one("expert_share", self.expert_share)

    @property
    def active(self) -> float:
        """Parameters that one token uses."""
        return self.parameters if self.active_parameters is None else self.active_parameters

    @property
    def kv_bytes_per_token(self) -> float:
        """Cache of one token: 2 · layers · kv_heads · head_dim · bytes."""
        return 2 * self.layers * self.kv_heads * self.head_dim * self.bytes_per_cache_value

    @property
    def weight_bytes(self) -> float:
        """All weights."""
        return self.parameters * self.bytes_per_weight

    def attention_flop(self, context: float) -> float:
        """Attention of one token over ``context`` others: 4 · layers · width · context FLOP."""
        return 4 * self.layers * self.query_heads * self.head_dim * context

    def weight_bytes_read(self, tokens: float) -> float:
        """Weights that a pass over ``tokens`` tokens reads.

        A dense model reads what one token uses. In a sparse one, tokens choose experts
        independently, so the share of experts read is 1 - (1 - expert_share)^tokens.
        """
        if self.expert_share == 1:
            return self.active * self.bytes_per_weight
        routed = (self.parameters - self.active) / (1 - self.expert_share)
        more = 1 - (1 - self.expert_share) ** tokens - self.expert_share
        return (self.active + routed * more) * self.bytes_per_weight
