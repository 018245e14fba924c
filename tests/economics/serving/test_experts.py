"""Prices of mixtures of experts: a known premium is recovered, documents and refusals hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.prices.panels import Panel
from analysis.economics.serving import experts
from analysis.economics.serving.experts import MIXTURE
from analysis.errors import InputError

N = 48
FACTOR = 0.5


def _models(noise: float = 0.05) -> pd.DataFrame:
    """Price = 10^(0.3 ability - 0.4 year) with mixtures at half; eight developers of both kinds."""
    rng = np.random.default_rng(0)
    ability = rng.normal(0, 1, N)
    released = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 700, N), unit="D")
    years = (released - pd.Timestamp("2024-01-01")).days / 365.25
    flag = np.arange(N) % 2
    logs = 0.3 * ability - 0.4 * years + flag * np.log10(FACTOR) + rng.normal(0, noise, N)
    return pd.DataFrame(
        {
            "model": [f"m{i}" for i in range(N)],
            "developer": [f"d{i % 8}" for i in range(N)],
            "ability": ability,
            "benchmarks": 8,
            "released": released,
            "price": 10**logs,
            MIXTURE: flag.astype(float),
            "active_parameters": 1e10,
            "parameters": np.where(flag, 1e11, 1e10),
        }
    )


def _quality() -> pd.DataFrame:
    found = _models()
    return found[["model", "parameters", "active_parameters"]].assign(open_weights=True)


def _papers() -> pd.DataFrame:
    kinds = ["mixture of experts"] * 3
    return pd.DataFrame(
        {"model": ["m0", "new", "hearsay"], "architecture": kinds, "grade": ["A", "B", "C"]}
    )


def _panel() -> Panel:
    rows = _models().assign(
        list="litellm", listing=lambda f: f["model"], host="h", flag="", open_weights=True,
        date=pd.Timestamp("2026-01-01"), until=pd.NaT, standard_error=0.1,
        input_usd_per_million_tokens=lambda f: f["price"],
        output_usd_per_million_tokens=lambda f: f["price"],
    ).drop(columns=[MIXTURE, "active_parameters", "parameters"])  # fmt: skip
    dear = rows.assign(host="dear", price=rows["price"] * 9)
    for name in ("input_usd_per_million_tokens", "output_usd_per_million_tokens"):
        dear[name] = rows[name] * 9
    every = pd.concat([rows, dear], ignore_index=True)
    copies = pd.DataFrame({"list": ["litellm"], "date": [pd.Timestamp("2026-01-01")]})
    return Panel("price_lists", every, every, copies, pd.Timestamp("2026-03-15"))


def test_fewer_active_than_total_parameters_make_a_mixture() -> None:
    known = experts.documented(_quality(), _papers())
    assert known[MIXTURE].sum() == N / 2 + 1


def test_a_paper_speaks_where_no_parameters_are_stated() -> None:
    known = experts.documented(_quality(), _papers()).set_index("model")[MIXTURE]
    assert known["new"] == 1.0 and known["m0"] == 0.0
    assert "hearsay" not in known
    every = experts.documented(_quality(), _papers(), by=experts.KNOWN)
    assert "hearsay" in set(every["model"])


def test_the_sample_takes_the_cheapest_host() -> None:
    found = experts.sample(_panel(), experts.documented(_quality(), _papers()))
    assert set(found["host"]) == {"h"} and len(found) == N


def test_a_known_premium_is_recovered() -> None:
    found = experts.price_premium(_panel(), experts.documented(_quality(), _papers()))
    assert found.estimate == pytest.approx(FACTOR, rel=0.1)
    assert found.interval is not None
    assert found.interval[0] < FACTOR < found.interval[1] < 1


def test_what_is_held_equal_is_named() -> None:
    sizes = np.random.default_rng(1).uniform(9, 11, N)
    varied = _models().assign(active_parameters=10**sizes, parameters=10 ** (sizes + 0.5))
    found = experts.at_equal_size({"price_lists": varied, "router": None})
    assert list(found["holding"]) == ["ability", "active parameters", "parameters"]
    assert found["mixtures"].eq(N / 2).all()


def test_few_models_of_a_kind_are_refused() -> None:
    known = experts.documented(_quality(), _papers())
    few = known[(known[MIXTURE] == 0) | known["model"].isin(["m1", "m3"])]
    with pytest.raises(InputError, match="2 mixtures"):
        experts.sample(_panel(), few)
