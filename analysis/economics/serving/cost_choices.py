"""Specification curves of an hour of video and of its and an agent's distance from chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from analysis.economics.serving import budgets, chances, user_hours, video_cost
from analysis.economics.serving.shapes import Generator
from analysis.economics.serving.user_hours import World
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

Estimate = tuple[float, float, float]
MODEL_ALONE, MEDIAN_STACK, FASTEST_STACK = "roofline", "median stack", "fastest stack"
STACKS = (MODEL_ALONE, MEDIAN_STACK, FASTEST_STACK)
NATIVE, ENLARGED = "1080p", "720p, enlarged"
DRAWS = 300


def video_curve(world: World, generators: Mapping[str, Generator]) -> Multiverse:
    """USD of an hour of video.

    Axes: generator, steps, size, frames, source of the rent, share of time at work, stack.
    """
    axes: dict[str, Sequence[Any]] = {
        **_of_video(generators),
        "rent": tuple(world.inputs.rents),
        "at_work": chances.SHARES,
        "stack": STACKS,
    }
    second = _video_seconds(world, generators)

    def estimate(
        model: str, steps: str, size: str, frames: str, rent: str, at_work: str, stack: str
    ) -> Estimate:
        seconds = second(model, steps, size, frames) * _stack(world, stack)
        return _exact(seconds * world.inputs.middle(rent, at_work))

    return multiverse.run(axes, estimate)


def video_over_chat(world: World, generators: Mapping[str, Generator], seed: int) -> Multiverse:
    """Orders of magnitude of an hour of video over chat.

    Axes: generator, steps, size, frames, language model, batch, what a chat sends along.
    """
    axes: dict[str, Sequence[Any]] = {
        **_of_video(generators),
        "text_model": tuple(world.models),
        "batch": (8.0, 64.0),
        "context": budgets.CONTEXTS,
    }
    second, text = _video_seconds(world, generators), _text_seconds(world, seed)

    def estimate(
        model: str, steps: str, size: str, frames: str, text_model: str, batch: float, context: str
    ) -> Estimate:
        video = 3600 * second(model, steps, size, frames) * _stack(world, MEDIAN_STACK)
        return _exact(np.log10(video / text("chat", text_model, batch, 0.0, context=context)))

    return multiverse.run(axes, estimate)


def agent_over_chat(world: World, seed: int) -> Multiverse:
    """Orders of magnitude of an hour of an agent over chat.

    Axes: language model, batch, what an hour is, traces of users or all, what a chat sends along,
    what a cached token costs of a fresh one (nothing, or the tenth that price lists ask).
    """
    axes: dict[str, Sequence[Any]] = {
        "text_model": tuple(world.models),
        "batch": (8.0, 64.0),
        "hours": budgets.HOURS,
        "traces": ("samples of users", "all grades"),
        "context": budgets.CONTEXTS,
        "cached": (0.0, 0.1),
    }
    text = _text_seconds(world, seed)

    def estimate(
        text_model: str, batch: float, hours: str, traces: str, context: str, cached: float
    ) -> Estimate:
        grades = budgets.USERS if traces == "samples of users" else ("A", "B", "C")
        agent = text("agent", text_model, batch, cached, hours=hours, grades=grades)
        return _exact(np.log10(agent / text("chat", text_model, batch, cached, context=context)))

    return multiverse.run(axes, estimate)


def _of_video(generators: Mapping[str, Generator]) -> dict[str, Sequence[Any]]:
    return {
        "model": tuple(generators),
        "steps": video_cost.SETTINGS,
        "size": (NATIVE, ENLARGED),
        "frames": video_cost.RATES,
    }


def _video_seconds(world: World, generators: Mapping[str, Generator]) -> Any:
    sizes = {NATIVE: "1080p", ENLARGED: "720p"}
    found = {
        (name, setting, size, rate): video_cost.chip_seconds(
            world.fits, generator, size=sizes[size], setting=setting, rate=rate
        )
        for (name, generator), setting, size, rate in product(
            generators.items(), video_cost.SETTINGS, sizes, video_cost.RATES
        )
    }
    return lambda *choice: found[choice]


def _text_seconds(world: World, seed: int) -> Any:
    """Median chip-seconds of an hour of text for one set of choices, computed once each."""

    @cache
    def hours(kind: str, **choice: Any) -> tuple[user_hours.Text, np.random.Generator]:
        rng = np.random.default_rng(seed)
        return user_hours.text_hours(world, kind, DRAWS, rng, **choice), rng

    @cache
    def seconds(kind: str, model: str, batch: float, cached: float, **choice: Any) -> float:
        drawn, rng = hours(kind, **choice)
        names, sizes = np.full(DRAWS, model), np.full(DRAWS, batch)
        priced = user_hours.text_seconds(
            world, drawn, names, sizes, deepcopy(rng), cached_share=cached
        )
        return float(np.median(priced))

    return seconds


def _stack(world: World, stack: str) -> float:
    logs = world.inputs.stacks
    if stack == MODEL_ALONE:
        return 1.0
    return float(np.exp(np.median(logs) if stack == MEDIAN_STACK else logs.min()))


def _exact(value: float) -> Estimate:
    return float(value), float(value), float(value)
