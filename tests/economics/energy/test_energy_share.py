"""The terms of the share of inference and their draws."""

from __future__ import annotations

import numpy as np
import pytest
from energy_samples import facts

from analysis.economics.energy import answers, choices, share, sources, terms
from analysis.economics.energy.published import Range, point, spanning, value
from analysis.errors import InputError


def _ends(span: Range) -> tuple[float, float, float]:
    return span.low, span.mode, span.high


def test_a_figure_that_was_not_known_is_named() -> None:
    with pytest.raises(InputError, match="2031"):
        value(facts(), "data centre electricity", "IEA", "all data centres", 2031)


def test_a_span_has_its_median_most_likely() -> None:
    assert spanning([3, 1, 10]) == Range(1, 3, 10) and point(2).fixed


def test_paths_by_hand() -> None:
    """The cases are 0.7 and 1800 / 1200 of the base; ten percent for six years."""
    table = facts()
    assert _ends(terms.path(table, "IEA", "cases of the IEA")) == pytest.approx((700, 1000, 1500))
    assert terms.path(table, "Gartner", "none") == Range(800, 800, 800)
    grown = terms.path(table, "growth of 2025 goes on", "none")
    assert grown.mode == pytest.approx(400 * 1.1**6)
    assert _ends(terms.path(table, "Goldman Sachs", "none")) == pytest.approx((0.03, 0.04, 0.05))
    both = terms.path(table, "all published", "cases of the IEA")
    assert (both.low, both.mode, both.high) == pytest.approx((630, 900, 1350))


def test_parts_by_hand() -> None:
    """400 x 25 % x 1.5 x 2 / 1000; earlier 400 x 25 % x 4 / 1000."""
    table = facts()
    assert terms.iea_ai_part(table) == pytest.approx(0.3)
    earlier = table[table["fact"] != "growth from 2025 to 2030"]
    assert terms.iea_ai_part(earlier) == pytest.approx(0.4)
    assert _ends(terms.ai_part(table, "all published")) == pytest.approx((0.3, 0.4, 0.7))
    assert _ends(terms.inference_part(table, "all published")) == pytest.approx((0.5, 0.6, 0.7))
    most = terms.inference_part(table, "up to what is attributed to the IEA")
    assert most.high == pytest.approx(0.9)


def test_servers_are_charged_with_the_building_and_capacity_is_not() -> None:
    """0.4 x 1.5 for servers; McKinsey counts capacity, which holds the building."""
    table, with_it = facts(), terms.BUILDINGS[1]
    assert terms.ai_part(table, "Gartner", with_it).mode == pytest.approx(0.6)
    assert terms.ai_part(table, "McKinsey", with_it).mode == pytest.approx(0.7)
    both = terms.ai_part(table, "all published", with_it)
    assert _ends(both) == pytest.approx((0.45, 0.6, 0.7))
    rows = share.by_building(table, draws=2_000)
    assert rows["median"].is_monotonic_increasing and len(rows) == 2
    early = table[table["publisher"] != "Uptime Institute"]
    assert len(share.by_building(early, draws=2_000)) == 1


def test_the_world_by_hand() -> None:
    table = facts()
    assert terms.world(table, "the IEA's own share").mode == pytest.approx(25_000)
    assert terms.consumption(table) == pytest.approx(20_000)
    grown = 20_000 * 1.03 * 1.04**5
    assert terms.world(table, "demand of the IEA").mode == pytest.approx(grown)
    assert terms.world(table, "both of the IEA").high == pytest.approx(max(grown, 25_000))
    assert terms.world(table, "generation of Ember").mode == pytest.approx(30_000 * 1.04**5)


@pytest.mark.parametrize("shape", share.SHAPES)
def test_draws_stay_in_their_range_and_rise(shape: str) -> None:
    values = share.quantile(Range(1, 2, 4), shape, np.linspace(0, 1, 101))
    assert values[0] == pytest.approx(1) and values[-1] == pytest.approx(4)
    assert (np.diff(values) > 0).all()


def test_a_triangle_has_its_mode_where_its_distribution_says() -> None:
    """F(mode) = (mode - low) / (high - low) = 1/3."""
    assert share.quantile(Range(1, 2, 4), "triangular", np.array([1 / 3])) == pytest.approx(2)


def test_the_draws_are_the_product() -> None:
    """Without any spread: 1000 / 25000 x 0.4 x 0.6."""
    table = facts()
    fixed = table[~table["publisher"].isin(["Meta"])]
    fixed = fixed[fixed["fact"] != "inference share of AI compute"]
    found = share.simulate(
        fixed, spread="none", ai_part="Gartner", world="the IEA's own share", draws=10
    )
    assert found.median == pytest.approx(1000 / 25_000 * 0.4 * 0.6)
    assert found.interval == pytest.approx((found.median, found.median))


def test_terms_that_move_together_spread_further() -> None:
    apart = share.simulate(facts(), draws=20_000)
    together = share.simulate(facts(), draws=20_000, dependence="together")
    assert together.interval[1] > apart.interval[1] and together.interval[0] < apart.interval[0]
    again = share.simulate(facts(), draws=20_000)
    assert again.median == apart.median


def test_joint_sources_skip_the_terms_they_include() -> None:
    found = share.simulate(
        facts(), path="Goldman Sachs", ai_part="McKinsey, inference included", draws=20_000
    )
    low, high = 0.03 * 0.3, 0.05 * 0.4
    assert low <= found.draws.min() and found.draws.max() <= high


def test_one_at_a_time_ends_where_the_formula_does() -> None:
    found = share.simulate(facts(), draws=10)
    table = share.one_at_a_time(found).set_index("term")
    total = found.ranges["world"].mode
    assert table.loc["AI part", "share_at_high"] == pytest.approx(1000 / total * 0.7 * 0.6)
    assert share.most_likely(found) == pytest.approx(1000 / total * 0.4 * 0.6)


def test_the_curve_agrees_as_far_as_both_readings_do() -> None:
    curve = choices.curve(facts())
    found = share.simulate(facts(), draws=20_000)
    answer = answers.inference_share(facts(), found, curve)
    above = float((curve.estimates["high"] >= 0.01).mean())
    same = float(((curve.estimates["estimate"] >= 0.01) == (found.median >= 0.01)).mean())
    assert found.interval[1] >= 0.01 and answer.detail is not None
    assert answer.detail["upper_ends_agree"] == pytest.approx(above)
    assert answer.detail["estimates_agree"] == pytest.approx(same)
    assert answer.agree_share == pytest.approx(min(above, same))
    assert answer.specifications == curve.n >= 50 and answer.grade == "C"
    assert not set(choices.REPEATS) & set(curve.specifications["path"])
    ends = choices.upper_ends(curve).set_index("ai_part")
    weighted = (ends["upper_ends_above"] * ends["specifications"]).sum() / curve.n
    assert weighted == pytest.approx(above)


def test_the_headline_names_what_it_uses() -> None:
    table = sources.table(facts())
    headline = table[table["enters"] == sources.HEADLINE]
    weak = headline.loc[headline["grade"] == "C", "figure"]
    assert list(weak) == ["data centre electricity, all data centres, high case"]
    assert set(headline["term"]) == set(share.TERMS)
    later = table[(table["year"] == 2035) & (table["term"] == "data centres")]
    assert len(later) == 2 and set(later["enters"]) == {sources.COMPARISON}
    assert set(table["source"]) == {"example.org"}
    assert set(table["term"]) == set(share.TERMS)
    assert "growth from 2024 to 2030, AI data centres" not in set(table["figure"])


def test_without_figures_there_is_no_share() -> None:
    with pytest.raises(InputError):
        share.simulate(facts().iloc[:1])
    with pytest.raises(InputError, match="terms"):
        answers.inference_share(facts(), None, None)
