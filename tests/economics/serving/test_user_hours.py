"""Chip-seconds of tokens and of video, hours of users, their specification curves, MLPerf."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from budget_frames import token_budgets
from serving_frames import DENSE, H100, SPARSE, generation_times, quotes, timings, video_models

from analysis.claims.answer import Answer, attempt
from analysis.economics.serving import (
    chances,
    cost_choices,
    fits,
    frames,
    grids,
    hour_answers,
    mlperf,
    shapes,
    text_cost,
    user_hours,
    video_cost,
)
from analysis.economics.serving.text import decode, prefill
from analysis.economics.serving.user_hours import World
from analysis.errors import InputError
from analysis.methods import multiverse

MODELS = shapes.language(timings())
GENERATORS = shapes.generators(video_models())
SHARES = {chances.WHOLE_SPAN: (0.2, 0.8), chances.GRADED: (0.8, 0.8)}
INDEX = pd.DataFrame(
    {
        "gpu": ["H100"] * 2,
        "refers_to": pd.to_datetime(["2026-08-01", "2026-09-01"]),
        chances.COMMITTED_RENT: [1.0, 2.0],
    }
)
INSTANCES = pd.DataFrame(
    {
        "gpu": ["H100"],
        "instance": ["p5"],
        "usd_per_gpu_hour": [8.0],
        "refers_to": pd.to_datetime(["2026-05-01"]),
    }
)


@pytest.fixture(scope="module")
def world() -> World:
    fitted = fits.fit(timings(), H100)
    rented = chances.rents(quotes(), INDEX, INSTANCES)
    inputs = chances.Inputs(rented, SHARES, np.zeros(1))
    videos = video_cost.settings(fitted, GENERATORS)
    return World(fitted, MODELS, videos, token_budgets(), inputs)


@pytest.mark.parametrize("name", ["llama3-8b", "qwen3-30b-a3b"])
def test_seconds_of_a_token_are_those_of_a_step(name: str) -> None:
    share = SPARSE if name in shapes.SPARSE else DENSE
    batch, context = np.array([1.0, 16.0]), np.array([1024.0, 2048.0])
    found = text_cost.decode_seconds(MODELS[name], H100, share, batch, context)
    steps = [
        decode(MODELS[name], H100, batch=b, context=c, efficiencies=share).step_seconds / b
        for b, c in zip(batch, context, strict=True)
    ]
    assert found == pytest.approx(steps)
    read = text_cost.read_seconds(MODELS[name], H100, share, np.array([1024.0]))[0]
    step = prefill(MODELS[name], H100, prompt=2048, efficiencies=share)
    assert read == pytest.approx(step.step_seconds / 2048)


def test_a_batch_takes_the_fewest_chips_on_which_it_fits() -> None:
    model = MODELS["llama3-8b"]
    one = 131_072 * model.kv_bytes_per_token
    room = 80e9 * text_cost.USABLE - model.weight_bytes
    fits_on_one = np.floor(room / one)
    batch, context = np.array([fits_on_one, fits_on_one + 1, 1e4]), np.full(3, 131_072.0)
    placed = text_cost.place(model, H100, batch, context)
    assert placed.chips.tolist() == [1, 2, 8]
    capacity = (8 * 80e9 * text_cost.USABLE - model.weight_bytes) / one
    assert placed.batch.tolist() == pytest.approx([fits_on_one, fits_on_one + 1, capacity])


def test_video_takes_its_passes_over_its_frames(world: World) -> None:
    wan = GENERATORS["Wan2.1 14B"]
    a_pass = frames.pass_seconds(world.fits, wan, (1920, 1080), 81)
    usual = video_cost.chip_seconds(world.fits, wan)
    assert usual == pytest.approx(100 * a_pass * 30 / 81)
    assert video_cost.chip_seconds(world.fits, wan, setting=video_cost.FEW) == pytest.approx(
        usual / 25
    )
    filled = video_cost.chip_seconds(world.fits, wan, rate=video_cost.INTERPOLATED)
    assert filled == pytest.approx(usual * 16 / 30)


def test_rents_are_the_newest_of_each_provider_of_the_last_year() -> None:
    found = chances.rents(quotes(), INDEX, INSTANCES)
    assert sorted(found[chances.CARDS]) == [3.0, 4.0]
    assert found[chances.LARGE].tolist() == [8.0]
    assert found[chances.COMMITTED].tolist() == [1.0, 2.0]
    with pytest.raises(InputError, match="no rent"):
        chances.rents(quotes()[quotes()["gpu"] == "A100"], INDEX, INSTANCES)


def test_each_rent_is_shown_with_its_own_table() -> None:
    """Also where one of the three sources has none."""
    rented = chances.rents(quotes(), INDEX, INSTANCES.iloc[:0])
    sources = chances.table(chances.Inputs(rented, SHARES, np.zeros(1)))["source"].tolist()
    assert f"{chances.COMMITTED}: gpu_rental_index" in sources


def test_shares_span_what_was_published() -> None:
    facts = pd.DataFrame(
        {
            "topic": [chances.TOPIC] * 2 + ["other"],
            "grade": ["C", "B", "A"],
            "value": [0.1, 0.8, 0.99],
            "value_low": [np.nan, 0.75, np.nan],
            "value_high": [np.nan, 0.85, np.nan],
        }
    )
    found = chances.shares(facts)
    assert found == {chances.WHOLE_SPAN: (0.1, 0.85), chances.GRADED: (0.75, 0.85)}
    with pytest.raises(InputError, match="known by then"):
        chances.shares(facts[facts["topic"] == "other"])


def test_published_clips_are_compared_with_the_model(world: World) -> None:
    found = chances.published_clips(world.fits, generation_times(), GENERATORS)
    assert found["model"].tolist() == ["Wan2.1 14B"]
    clip = frames.pass_seconds(world.fits, GENERATORS["Wan2.1 14B"], (832, 480), 81)
    assert found["ratio"].to_list() == pytest.approx([366 / (80 * clip)])


def test_rent_moves_dollars_and_not_ratios(world: World) -> None:
    dear = {name: 2 * rents for name, rents in world.inputs.rents.items()}
    other = replace(world, inputs=replace(world.inputs, rents=dear))
    first, second = (user_hours.simulate(w, seed=1, n=300) for w in (world, other))
    assert second.orders("video") == pytest.approx(first.orders("video"))
    assert second.usd("agent") == pytest.approx(2 * first.usd("agent"))
    again = user_hours.simulate(world, seed=1, n=300)
    assert again.usd("video") == pytest.approx(first.usd("video"), rel=1e-12)


def test_an_hour_of_video_is_priced_from_its_seconds(world: World) -> None:
    one = replace(world, videos=world.videos[world.videos["model"] == "Packed"].iloc[-1:])
    hours = user_hours.simulate(one, seed=0, n=200)
    assert hours.seconds["video"] == pytest.approx(3600 * one.videos["chip_seconds"].iloc[0])
    assert (hours.hourly >= 3.0 / 0.8 - 1e-9).all() and (hours.hourly <= 4.0 / 0.2 + 1e-9).all()
    answer = hour_answers.video_hour(hours, one, 0.9)
    low, high = answer.interval or (np.nan, np.nan)
    assert low < (answer.estimate or 0) < high and answer.n == 1


def test_answers_without_hours_say_why() -> None:
    for kind in ("video", "agent"):
        empty = attempt(hour_answers.orders_over_chat, None, None, kind, 0.95)
        assert empty.estimate is None and "known by then" in empty.reason
    assert attempt(hour_answers.video_hour, None, None, 0.95).estimate is None


def test_contexts_are_what_a_call_sends() -> None:
    agents = user_hours.contexts(token_budgets(), "agent")
    assert agents["tracelab_total"] == pytest.approx(10e6 / 800)
    chats = user_hours.contexts(token_budgets(), "chat")
    assert chats["short"] == pytest.approx((100 + 0.5 * 300) + 100)


def test_every_choice_of_a_curve_is_run_once(world: World) -> None:
    curve = cost_choices.video_curve(world, GENERATORS)
    assert len(curve.specifications) == 2 * 2 * 2 * 2 * 3 * 2 * 3
    rows = curve.specifications.set_index(list(curve.axes))["estimate"]
    choice = ("Packed", video_cost.FEW, cost_choices.NATIVE, video_cost.GENERATED)
    seconds = video_cost.chip_seconds(world.fits, GENERATORS["Packed"], setting=video_cost.FEW)
    expected = seconds * np.median([3.0, 4.0]) / 0.8
    found = rows[(*choice, chances.CARDS, chances.GRADED, cost_choices.MODEL_ALONE)]
    assert found == pytest.approx(expected)


def test_cached_tokens_at_a_tenth_move_the_agent_away_from_chat(world: World) -> None:
    table = cost_choices.agent_over_chat(world, 0).specifications
    dearer = table.groupby("cached")["estimate"].mean()
    assert dearer[0.1] > dearer[0.0]
    far = cost_choices.video_over_chat(world, GENERATORS, 0).specifications
    means = far.groupby("steps")["estimate"].mean()
    assert means[video_cost.USUAL] > means[video_cost.FEW]


@pytest.mark.parametrize(("estimate", "share"), [(0.5, 0.25), (1.0, 0.5), (3.0, 0.25)])
def test_agreement_counts_the_side_of_the_estimate(estimate: float, share: float) -> None:
    values = {"a": 0.4, "b": 1.0, "c": 2.0, "d": 3.0}

    def one(choice: str) -> tuple[float, float, float]:
        return values[choice], values[choice], values[choice]

    curve = multiverse.run({"choice": tuple(values)}, one)
    answer = hour_answers.agreeing_with_range(curve, Answer(estimate, (0.0, 4.0), 4))
    assert answer.agree_share == pytest.approx(share) and answer.specifications == 4


def test_results_made_by_the_model_are_reached_in_full(world: World) -> None:
    chips = pd.DataFrame(
        {
            "accelerator": ["NVIDIA H200 SXM"],
            "fp8_flop_per_s": [1979e12],
            "fp4_flop_per_s": [np.nan],
            "memory_bandwidth_bytes_per_s": [4.8e12],
            "memory_bytes": [141e9],
        }
    )
    row: dict[str, Any] = {
        "round": "v5.1", "submitter": "X", "benchmark": "llama2-70b-99", "scenario": "Offline",
        "accelerator": "NVIDIA H200-SXM-141GB", "accelerators": 8, "result_unit": "tokens/s",
        "declared_number_format": "fp8", "result": 8000.0,
    }  # fmt: skip
    results = pd.DataFrame([row, row | {"scenario": "Server"}, row | {"benchmark": "gptj-99"}])
    found = mlperf.compared(results, chips, world.fits)
    assert len(found) == 1 and found["reported"].iloc[0] == 1000.0
    alone, prompted = found[mlperf.ALONE].iloc[0], found[mlperf.WITH_PROMPT].iloc[0]
    assert alone > prompted
    shares = mlperf.errors(found).iloc[0]
    assert shares["of_bound_with_prompts"] == pytest.approx(1000 / prompted)
    with pytest.raises(InputError, match="known by then"):
        mlperf.compared(results.iloc[1:2], chips, world.fits)


def test_tables_over_batch_rent_and_size(world: World) -> None:
    rng = np.random.default_rng(0)
    table = grids.tokens(world.fits, MODELS, world.inputs, 200, rng, 0.9)
    assert len(table) == len(MODELS) * len(grids.BATCHES) * len(grids.CONTEXTS)
    assert (table["low"] < table["high"]).all()
    small = table[(table["model"] == "llama3-8b") & (table["context_tokens"] == 1024)]
    assert small["usd_per_million_tokens"].is_monotonic_decreasing
    rents = grids.rent_and_use(table, "llama3-8b", 8, 1024)
    assert rents["at_work_20%"].iloc[0] == pytest.approx(5 * rents["at_work_100%"].iloc[0])
    shown = grids.wide(table, ["model", "batch_wished"], "context_tokens", "usd_per_million_tokens")
    assert list(shown.columns[2:]) == [str(c) for c in grids.CONTEXTS] and "to" in shown.iloc[0, 2]


def test_only_standing_prices_of_video_count() -> None:
    prices = pd.DataFrame(
        {
            "listing": ["a", "a", "b", "c"],
            "resolution": ["base"] * 4,
            "event": ["listed", "changed", "gone", "listed"],
            "usd_per_minute": [6.0, 3.0, 5.0, 0.0],
            "refers_to": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-02-01", "2026-01-01"]),
        }
    )
    assert grids.newest_prices(prices)["usd_per_minute"].tolist() == [3.0]


def test_the_article_is_known_from_its_day() -> None:
    cells = {"row": [grids.VIDEO_ROW], "column": [grids.COST_COLUMN]}
    article = pd.DataFrame(cells | {"value_low": [15.0], "value_high": [50.0]})
    assert grids.stated_minute(article) == (15.0, 50.0)
    with pytest.raises(InputError, match="published"):
        grids.stated_minute(article.iloc[:0])


def test_an_hour_by_published_times_is_time_over_frames_times_the_rent() -> None:
    """366 s for 81 frames at 30 frames a second: 135.6 chip-hours at $3 or $3.50 (H100 rents)."""
    times = generation_times().query("kind == 'video'")
    found = video_cost.published_hours(times, quotes())
    assert list(found["model"]) == ["Unknown"]  # no rent of an H200 is known
    row = video_cost.published_hours(times.assign(accelerator="H100"), quotes()).iloc[-1]
    assert row["chip_hours"] == pytest.approx(366 * 30 / 81)
    assert row["usd_at_lowest_rent"] == pytest.approx(366 * 30 / 81 * 3)
    assert row["usd_at_median_rent"] == pytest.approx(366 * 30 / 81 * 3.5)
    with pytest.raises(InputError, match="known by then"):
        video_cost.published_hours(times.iloc[:0], quotes())
