"""Acts on labels against the rule, and the odds of both readings."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from energy_samples import acts, price_events

from analysis.claims.answer import Answer
from analysis.economics.energy import answers, citing, labels
from analysis.economics.energy.citing import Part
from analysis.errors import InputError

TALKS = ("Talks", "consultation", "AI models", "no", "closed", "2026-04-07", "towards a label")
CITES = ("Cites", "bill", "AI models", "yes", "open", "2026-05-07", "label, after a price")


def test_each_reading_takes_the_proposals_that_meet_it() -> None:
    rows = acts(TALKS)
    found = {name: list(rows.loc[labels.meets(rows, name), "act"]) for name in labels.READINGS}
    assert list(found.values()) == [["Talks"], [], ["Bill", "Talks"]]
    with pytest.raises(InputError):
        labels.meets(rows, "any")


def test_a_proposal_in_the_window_is_certain_and_one_before_is_a_rate() -> None:
    met = labels.lenient(acts(TALKS), labels.READINGS[0])
    assert (met.probability, met.inside, met.before) == (1.0, 1, 0)
    wide = labels.lenient(acts(), labels.READINGS[2])
    years = (pd.Timestamp(2026, 6, 30) - labels.SINCE).days / 365.25
    ahead = (labels.WINDOW_END - pd.Timestamp(2026, 6, 30)).days / 365.25
    assert wide.probability == pytest.approx(1 - (years / (years + ahead)) ** 1.5)


def test_before_the_window_the_months_ahead_are_the_whole_window() -> None:
    early = labels.lenient(acts(as_of="2025-06-30"), labels.READINGS[0])
    years = (pd.Timestamp(2025, 6, 30) - labels.SINCE).days / 365.25
    window = (labels.WINDOW_END - labels.WINDOW_START).days / 365.25
    assert early.probability == pytest.approx(1 - (years / (years + window)) ** 0.5)


def test_the_timeline_says_what_came_first() -> None:
    table = labels.timeline(acts(TALKS, CITES)).set_index("act")
    assert table.loc["Talks", "when"] == "month of the article"
    assert table.loc["Cites", "when"] == "after the article"
    assert list(table["names_a_label"]) == ["yes", "no", "yes", "yes"]


def test_controversies_need_kind_and_size_and_may_be_undone() -> None:
    assert list(citing.controversies(price_events())["service"]) == ["Pictures", "Words"]


def test_no_citation_among_two_is_a_sixth_with_a_wide_interval() -> None:
    """(0 + 1/2) / (2 + 1). With x = sin^2 t, B(1/2, 5/2) is the integral of cos^4 t to t."""
    found = citing.cited(acts(), price_events())
    assert found.probability == pytest.approx(0.5 / 3) and (found.count, found.n) == (0, 2)
    below = []
    for end in found.interval:
        t = math.asin(math.sqrt(end))
        area = 3 * t / 8 + math.sin(2 * t) / 4 + math.sin(4 * t) / 32
        below.append(area / (3 * math.pi / 16))
    assert below == pytest.approx([0.025, 0.975])


def test_both_halves_must_happen() -> None:
    """P(UV <= x) = x (1 - ln x) for two uniform chances; its quantiles are below."""
    rng = np.random.default_rng(0)
    first, second = (Part(0.5, (0.025, 0.975), 1, 9, "", rng.random(200_000)) for _ in range(2))
    found = citing.product(first, second)
    assert found.probability == pytest.approx(0.25)
    below = [x * (1 - math.log(x)) for x in found.interval]
    assert below == pytest.approx([0.025, 0.975], abs=0.002)
    assert found.interval[1] < 0.975**2
    assert len(citing.table(first, second)) == 3


def test_the_draws_of_a_part_have_its_interval() -> None:
    part = citing.event(price_events())
    assert np.quantile(part.draws, [0.025, 0.975]) == pytest.approx(part.interval, abs=0.01)
    cite = citing.cited(acts(), price_events())
    assert np.quantile(cite.draws, [0.025, 0.975]) == pytest.approx(cite.interval, abs=0.01)
    assert part.of.endswith("months") and cite.of == "2 changes"


def _called(*more: tuple[str, ...], as_of: str = "2026-06-30") -> Answer:
    rows = acts(*more, as_of=as_of)
    return answers.calls(rows, labels.lenient(rows, labels.READINGS[0]))


def test_the_open_window_has_no_estimate_until_an_act_cites_an_event() -> None:
    assert _called(TALKS).estimate is None and _called(TALKS).n == 1
    assert _called(TALKS, CITES).estimate == 1
    assert "had not begun" in _called(as_of="2025-06-30").reason


def test_forecasts_name_what_they_count() -> None:
    event = Part(0.4, (0.4, 0.4), 1, 9, "41 months", np.full(9, 0.4))
    cite = Part(0.1, (0.1, 0.1), 0, 4, "4 changes", np.full(9, 0.1))
    strict = answers.strict_forecast(event, cite)
    assert strict["probability"] == pytest.approx(0.04) and "4 changes" in strict["reference_class"]
    none = answers.strict_forecast(None, cite)
    assert none["probability"] is None and none["reason"]
    assert "first half: 1 in 41 months" in strict["reference_class"]


def test_an_event_met_under_one_reading_shows_the_narrower_one() -> None:
    rows = acts(TALKS)
    wide, narrow = (labels.lenient(rows, name) for name in labels.READINGS[:2])
    met = answers.lenient_forecast(wide, narrow, rows)
    assert met["probability"] == 1 and "2026-04-07" in met["reason"]
    assert met["interval"] == (narrow.probability, 1.0) and 0 < narrow.probability < 1
    assert f"{narrow.probability:.2f}" in met["reason"]
    both = acts(TALKS, CITES)
    sure = [labels.lenient(both, name) for name in labels.READINGS[:2]]
    assert answers.lenient_forecast(sure[0], sure[1], both)["interval"] == (1.0, 1.0)


def test_the_event_of_the_first_half_is_that_of_the_price_events() -> None:
    found = citing.event(price_events())
    assert 0 < found.probability < 1 and found.count == 0 and found.n == 4
