"""Chip-seconds of a token, vectorised over batch and context for simulations.

The formulas are those of ``text.decode`` and ``text.prefill``: the slower of arithmetic and memory
traffic, plus overhead a layer. Readings fixed before any result was computed:

- A token that is read shares one pass with ``CHUNK`` others and attends to all of its context.
- A token read from a cache takes no chip time; what keeping it costs is left out.
- Sequences decoded together are as many as wished, or as fit into the memory of eight chips; one
  or more chips are taken, the fewest on which the wished batch fits. Traffic between them is free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.economics.serving.chips import Chip, Efficiencies, Model
from analysis.economics.serving.shapes import NODE_CHIPS

CHUNK = 2048  # tokens of a pass that reads; vLLM's default with chunked prefill
USABLE = 0.9  # share of memory for weights and cache; vLLM's default gpu_memory_utilization
CHIP_COUNTS = tuple(2**k for k in range(4) if 2**k <= NODE_CHIPS)


@dataclass(frozen=True, eq=False)
class Placed:
    """Chips that a batch runs on, and the batch that fits."""

    chips: np.ndarray
    batch: np.ndarray


def place(model: Model, chip: Chip, batch: np.ndarray, context: np.ndarray) -> Placed:
    """The fewest chips on which ``batch`` sequences of ``context`` tokens fit, else a whole node.

    On a whole node the batch is cut to what fits, but not below one sequence.
    """
    memory = (chip.memory_bytes or np.inf) * USABLE
    sequence = np.maximum(context, 1) * model.kv_bytes_per_token
    room = [(count * memory - model.weight_bytes) / sequence for count in CHIP_COUNTS]
    fits = np.array(room) >= batch
    first = np.where(fits.any(axis=0), fits.argmax(axis=0), len(CHIP_COUNTS) - 1)
    capacity = np.maximum(np.take_along_axis(np.array(room), first[None], axis=0)[0], 1)
    return Placed(np.array(CHIP_COUNTS)[first], np.minimum(batch, capacity))


def decode_seconds(
    model: Model, chip: Chip, efficiencies: Efficiencies, batch: np.ndarray, context: np.ndarray
) -> np.ndarray:
    """Chip-seconds of a token that is written."""
    placed = place(model, chip, batch, context)
    size = placed.batch
    flop = size * (2 * model.active + model.attention_flop(1) * context)
    moved = weights_read(model, size) + size * context * model.kv_bytes_per_token
    compute = flop / (chip.flop_per_s * efficiencies.compute)
    memory = moved / (chip.memory_bandwidth_bytes_per_s * efficiencies.memory)
    overhead = model.layers * efficiencies.overhead_seconds_per_layer
    return (np.maximum(compute, memory) + placed.chips * overhead) / size


def read_seconds(
    model: Model, chip: Chip, efficiencies: Efficiencies, context: np.ndarray
) -> np.ndarray:
    """Chip-seconds of a token that is read."""
    flop = 2 * model.active + model.attention_flop(1) * context
    overhead = model.layers * efficiencies.overhead_seconds_per_layer / CHUNK
    return flop / (chip.flop_per_s * efficiencies.compute) + overhead


def weights_read(model: Model, tokens: np.ndarray) -> np.ndarray:
    """``Model.weight_bytes_read`` for an array of token counts."""
    if model.expert_share == 1:
        return np.full(np.shape(tokens), model.active * model.bytes_per_weight)
    routed = (model.parameters - model.active) / (1 - model.expert_share)
    more = 1 - (1 - model.expert_share) ** tokens - model.expert_share
    return (model.active + routed * more) * model.bytes_per_weight
