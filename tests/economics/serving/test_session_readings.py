"""What the rules on sessions and hours leave open, on small frames."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from account_frames import cached_prices, usage
from budget_frames import token_budgets

from analysis.economics.serving import session_curves, session_readings, sessions
from analysis.economics.serving import token_prices as listed


def _priced(day: str = "2026-07-01") -> session_curves.Priced:
    notes = {"bench": "hidden reasoning not in the output"}
    frame = token_budgets()
    frame = frame.assign(note=frame["budget"].map(notes), tool="", model="", hours_kind="")
    return session_curves.Priced(frame, cached_prices(), usage(), pd.Timestamp(day))


def test_the_hour_answers_at_the_level_of_its_rule() -> None:
    priced = _priced()
    values = sessions.hour(priced.budgets, priced.prices(listed.VENDORS))
    found = session_readings.hours_by_set(priced).set_index("models").loc[listed.VENDORS]
    assert (found["low"], found["high"]) == pytest.approx(tuple(np.quantile(values, [0.05, 0.95])))
    assert session_readings.agent_hour(priced).estimate == pytest.approx(np.median(values))


def test_no_set_of_models_decides_the_hour_alone() -> None:
    """A cheap model of the router widens the interval downwards and leaves the estimate."""
    cheap = cached_prices().query("listing == 'b/x'").assign(listing="deepseek/deepseek-chat")
    used = pd.DataFrame(
        [("2026-04", "deepseek/deepseek-v3.2-20251201", 9.0)], columns=usage().columns
    )
    plain = _priced()
    wider = session_curves.Priced(
        plain.budgets, pd.concat([cached_prices(), cheap]), pd.concat([usage(), used]), plain.today
    )
    before, after = (session_readings.agent_hour(found) for found in (plain, wider))
    assert before.interval is not None and after.interval is not None
    assert after.estimate == before.estimate
    assert after.interval[0] < before.interval[0]


def test_hidden_tokens_to_spare_bring_the_nearest_pair_to_the_limit() -> None:
    priced = _priced()
    spare = session_readings.hidden_to_spare(priced, 3.0)
    talk = sessions.chats(priced.budgets)
    longer = talk.assign(output=talk["output"] + spare * talk["turns"])
    found = sessions.ratio(
        sessions.agents(priced.budgets), longer, priced.prices(listed.VENDORS), n=2000
    )
    assert found.min() == pytest.approx(3.0)


def test_hidden_reasoning_brings_chats_nearer() -> None:
    found = session_readings.session_readings(_priced()).set_index("reading")["estimate"]
    assert found["chats hide as many tokens as they show"] < found["published budgets"]


def test_answers_and_curves_of_the_small_frames() -> None:
    priced = _priced()
    curves = {"c35": session_curves.hour_curve(priced)}
    found = session_readings.answers(priced, curves)
    assert found["c35"].specifications == curves["c35"].n
    assert found["c21"].specifications is None and found["c21"].estimate is not None
    assert session_curves.ratio_curve(priced, 0.95).n > 10
    assert session_curves.share_curve(priced).agree(0.5) == 1.0


def test_answers_without_prices_say_why() -> None:
    found = session_readings.answers(_priced("2025-01-01"), {})["c35"]
    assert found.estimate is None and "has a price" in found.reason
