"""Passes of a language model: decoding a token for each sequence, and reading prompts."""

from __future__ import annotations

from analysis.economics.serving.chips import Chip, Efficiencies, Model, at_least
from analysis.economics.serving.roofline import IDEAL, Step, forward_pass


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
    return forward_pass(
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
    return forward_pass(
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
