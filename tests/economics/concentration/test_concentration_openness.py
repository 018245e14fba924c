"""Months behind the closed models, what fits on one chip, and who sells tokens."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.concentration import one_chip, openness, sellers
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, events, history, panel, quality


def models(*rows: tuple[str, str, float, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["model", "released", "ability", "open_weights"])
    released = pd.to_datetime(frame["released"])
    extra = {"developer": "D", "standard_error": 0.1, "parameters": np.nan}
    return frame.assign(released=released, **extra)


EVERY = models(
    ("closed-1", "2023-01-31", 1.0, False),
    ("closed-2", "2023-07-31", 2.0, False),
    ("closed-3", "2024-01-31", 3.0, False),
    ("open-7b", "2023-04-30", 0.5, True),
    ("open-70b", "2023-10-31", 1.5, True),
    ("open-2x300b", "2024-03-31", 3.5, True),
)
OPEN, CLOSED = EVERY[EVERY["open_weights"]], EVERY[~EVERY["open_weights"]]


def test_the_lag_counts_from_the_first_closed_model_as_able() -> None:
    best = openness.best_by_month(OPEN, "2024-03-31", start="2023-10-31")
    lags = openness.behind(best, CLOSED).set_index("month")
    october = lags.loc["2023-10-31"]
    assert october["rival"] == "closed-2"
    assert october["months_behind"] == pytest.approx(92 / openness.DAYS_PER_MONTH)
    assert lags.loc["2024-02-29", "months_behind"] > october["months_behind"]
    assert lags.loc["2024-03-31", "months_behind"] == 0 and lags.loc["2024-03-31", "rival"] == ""


def test_records_leave_out_models_that_were_behind() -> None:
    weak = models(("late", "2023-08-31", 1.2, False))
    found = openness.records(pd.concat([CLOSED, weak]))
    assert list(found["model"]) == ["closed-1", "closed-2", "closed-3"]
    with pytest.raises(InputError):
        openness.best_by_month(OPEN, "2023-01-31")


def test_the_wait_for_a_match_is_followed_to_the_end() -> None:
    curve = openness.catch_up(OPEN.iloc[:2], CLOSED, "2024-03-31")
    assert curve.n == 3 and curve.events.sum() == 1  # only closed-1 was matched
    assert curve.times[curve.events > 0][0] == pytest.approx(273 / openness.DAYS_PER_MONTH)
    near = models(("almost", "2023-08-31", 1.9, True))
    strict = openness.catch_up(near, CLOSED, "2024-03-31")
    lenient = openness.catch_up(near, CLOSED, "2024-03-31", within_error=True)
    assert lenient.events.sum() == strict.events.sum() + 1


def test_a_growing_lag_has_a_positive_trend() -> None:
    months = pd.date_range("2023-01-31", periods=24, freq="ME")
    noise = np.random.default_rng(0).normal(0, 0.2, 24)
    lags = pd.DataFrame({"month": months, "months_behind": 3 + np.arange(24) / 6 + noise})
    found = openness.lag_trend(lags)
    assert found.value * openness.SCALE == pytest.approx(2, abs=0.2) and found.interval[0] > 0
    table = openness.lag_summary(OPEN, CLOSED, lags, "2024-03-31").set_index("quantity")
    mean = table.loc["mean over months, shortest and longest"]
    assert mean["value"] == pytest.approx(lags["months_behind"].mean())


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("qwen3-235b-a22b", 235e9),
        ("mixtral-8x7b-v0.1", 56e9),
        ("qwen-1_8b", 1.8e9),
        ("qwen2.5-coder-0.5b", 0.5e9),
        ("gpt-4", None),
        ("gemini-1.5-flash-8b", 8e9),
    ],
)
def test_sizes_are_read_from_names(name: str, size: float | None) -> None:
    found = one_chip.parameters(models((name, "2024-01-01", 1.0, True))).iloc[0]
    assert np.isnan(found) if size is None else found == pytest.approx(size)


def test_weights_must_leave_room() -> None:
    def names(memory: float, each: float) -> list[str]:
        return list(one_chip.fitting(EVERY, memory, each)["model"])

    assert names(80e9, 2.0) == ["open-7b"]  # 140 GB of weights do not fit
    assert names(80e9, 0.5) == ["open-7b", "open-70b"]
    assert names(35e9, 0.5) == ["open-7b"]  # 35 GB would leave no room


def test_a_chip_counts_from_its_release() -> None:
    chips = pd.DataFrame(
        {
            "accelerator": ["Small", "Large"],
            "memory_bytes": [80e9, 400e9],
            "refers_to": pd.to_datetime(["2020-01-01", "2024-01-15"]),
        }
    )
    found = one_chip.on_one_chip(EVERY, chips, ("Small", "Large", "Unknown"), "2024-03-31")
    large = found[(found["chip"] == "Large") & (found["weights"] == "4 bits")]
    assert large["month"].min() == pd.Timestamp("2024-01-31")
    assert large["model"].iloc[-1] == "open-2x300b"
    groups = one_chip.chip_groups(found)
    assert list(groups) == ["open, on one chip of 80 GB at 16 bits",
                            "open, on one chip of 400 GB at 4 bits"]  # fmt: skip
    last = openness.now({"a": groups["open, on one chip of 80 GB at 16 bits"], "b": None})
    assert list(last["best_model"]) == ["open-7b"]
    with pytest.raises(InputError):
        one_chip.on_one_chip(EVERY, chips, ("Unknown",), "2024-03-31")


def test_token_shares_are_of_developers() -> None:
    usage = pd.DataFrame(
        {
            "refers_to": pd.Timestamp("2025-02-27"),
            "developer": ["a", "a", "b"],
            "tokens": [30.0, 30.0, 40.0],
            "open_weights": ["yes", "no", "unknown"],
        }
    )
    row = sellers.token_shares(usage).iloc[0]
    assert (row["developers"], row["largest"], row["open_weights"]) == (2, 0.6, 0.3)
    assert row["herfindahl"] == pytest.approx(60**2 + 40**2)
    with pytest.raises(InputError):
        sellers.token_shares(usage.iloc[:0])


OFFERS = pd.DataFrame(
    {
        "month": pd.Timestamp("2025-06-30"),
        "developer": ["a", "b", "b", "c", "d"],
        "host": ["h", "h", "i", "j", "k"],
        "ability": [1.0, 1.0, 2.0, 1.0, -1.0],
        "price": [1.0, 2.0, 1.5, 2.5, 0.1],
    }
)


def test_sellers_near_the_lowest_price_of_an_ability() -> None:
    row = sellers.near_the_lowest(OFFERS, 0.0).iloc[0]
    assert (row["lowest"], row["developers"], row["hosts"]) == (1.0, 2, 2)
    with pytest.raises(InputError):
        sellers.near_the_lowest(OFFERS, 9.0)


def test_the_best_cheap_model_is_set_against_the_closed_ones() -> None:
    cheap = panel(
        events(history("open-7b", ("2024-01-05", 0.5))),
        quality(("open-7b", "2023-04-30", 0.5)),
        crosswalk(("open-7b", "open-7b", "2024-01-05")),
    )
    found = sellers.cheap_lag({"price_lists": cheap}, CLOSED, 1.0, "2024-03-31")
    (name,) = found
    assert name == "on sale up to 1 USD, price lists"
    assert set(found[name]["rival"]) == {"closed-1"}
    with pytest.raises(InputError):
        sellers.cheap_lag({"price_lists": cheap}, CLOSED, 0.1, "2024-03-31")
