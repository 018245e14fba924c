"""Spells, ability, raises and cuts, and the price of the best model."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import tables
from analysis.economics import listings
from analysis.errors import InputError
from analysis.methods import price_index

INPUT, OUTPUT = "input_usd_per_million_tokens", "output_usd_per_million_tokens"
END = pd.Timestamp("2026-12-31")


def event(
    day: str,
    listing: str,
    kind: str,
    into: float | None = None,
    out: float | None = None,
    *,
    name: str = "litellm",
    host: str = "openai",
    model: str = "",
    flag: str = "",
) -> dict[str, object]:
    return {
        "list": name,
        "listing": listing,
        "host": host,
        "model": model,
        "event": kind,
        INPUT: into,
        OUTPUT: out,
        "flag": flag,
        "refers_to": pd.Timestamp(day),
    }


def events(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({INPUT: float, OUTPUT: float})


def spans(spells: pd.DataFrame, listing: str) -> list[tuple[str, str]]:
    rows = spells[spells["listing"] == listing]
    days = zip(rows["date"], rows["until"].fillna(END), strict=True)
    return [(f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}") for start, end in days]


@pytest.fixture(scope="module")
def api() -> pd.DataFrame:
    return tables.load("api_prices")


@pytest.fixture(scope="module")
def router() -> pd.DataFrame:
    return tables.load("router_prices")


@pytest.fixture(scope="module")
def scored() -> pd.DataFrame:
    quality, crosswalk = tables.load("model_quality"), tables.load("model_crosswalk")
    spells = listings.clean(listings.intervals(tables.load("api_prices")))
    return listings.with_quality(spells, quality, crosswalk).frame


class TestIntervals:
    def test_a_spell_lasts_until_the_next_event(self) -> None:
        spells = listings.intervals(
            events(
                event("2024-01-01", "a", "listed", 1, 2),
                event("2024-02-01", "a", "changed", 0.5, 1),
                event("2024-03-01", "a", "gone"),
                event("2024-05-01", "a", "listed", 0.4, 1),
            )
        )
        assert spans(spells, "a") == [
            ("2024-01-01", "2024-02-01"),
            ("2024-02-01", "2024-03-01"),
            ("2024-05-01", "2026-12-31"),
        ]

    def test_a_list_that_ended_asks_no_price_any_more(self) -> None:
        spells = listings.intervals(
            events(
                event("2024-01-01", "a", "listed", 1, 2, name="tokencost"),
                event("2025-02-11", "b", "listed", 1, 2, name="tokencost"),
                event("2026-11-12", "a", "listed", 1, 2),
            ),
            patience="500D",
        )
        ended = spells[spells["list"] == "tokencost"]
        assert set(ended["until"]) == {pd.Timestamp("2025-02-12")}
        assert spells.loc[spells["list"] == "litellm", "until"].isna().all()

    def test_a_gap_between_copies_is_silence(self) -> None:
        spells = listings.intervals(
            events(
                event("2023-12-14", "a", "listed", 1, 2),
                event("2023-12-14", "b", "listed", 1, 2),
                event("2023-12-14", "c", "listed", 1, 2),
                event("2024-11-28", "a", "changed", 0.5, 1),
                event("2024-11-28", "b", "gone"),
                event("2024-12-31", "c", "changed", 3, 4),
            )
        )
        assert spans(spells, "a") == [("2023-12-14", "2023-12-15"), ("2024-11-28", "2026-12-31")]
        assert spans(spells, "b") == [("2023-12-14", "2023-12-15")]
        assert spans(spells, "c") == [
            ("2023-12-14", "2023-12-15"),
            ("2024-11-28", "2024-12-31"),
            ("2024-12-31", "2026-12-31"),
        ]

    def test_spells_of_a_listing_never_overlap(self, api: pd.DataFrame) -> None:
        spells = listings.intervals(api).sort_values(["list", "listing", "date"])
        until = spells["until"].fillna(END)
        assert (spells["date"] < until).all()
        following = spells.groupby(["list", "listing"])["date"].shift(-1)
        assert (until <= following.fillna(END)).all()

    @pytest.mark.parametrize("day", ["2023-12-31", "2024-06-30", "2025-06-30"])
    def test_what_is_known_later_changes_no_earlier_spell(self, day: str) -> None:
        cut = pd.Timestamp(day)
        then = listings.intervals(tables.load("api_prices", as_of=day))
        now = listings.intervals(tables.load("api_prices"))
        columns = ["list", "listing", "date", INPUT, OUTPUT, "flag"]
        past = now[now["date"] <= cut]
        pd.testing.assert_frame_equal(
            then[columns].sort_values(columns[:3], ignore_index=True),
            past[columns].sort_values(columns[:3], ignore_index=True),
        )

    def test_a_router_table_is_one_list(self, router: pd.DataFrame) -> None:
        assert set(listings.intervals(router)["list"]) == {"openrouter"}

    def test_a_missing_column_is_named(self, api: pd.DataFrame) -> None:
        with pytest.raises(InputError, match="'flag'"):
            listings.intervals(api.drop(columns="flag"))


class TestClean:
    def test_flags_go_by_kind_and_prices_must_be_there(self) -> None:
        spells = pd.DataFrame(
            {
                "flag": ["", "unit_error:wandb", "regional|variant", "regional", ""],
                INPUT: [1, 1, 1, 1, None],
                OUTPUT: [2.0] * 5,
            }
        )
        assert len(listings.clean(spells)) == 1
        assert len(listings.clean(spells, drop_flags={"unit_error", "variant"})) == 2

    def test_an_unknown_flag_is_an_error(self) -> None:
        spells = pd.DataFrame({"flag": [""], INPUT: [1.0], OUTPUT: [1.0]})
        with pytest.raises(InputError, match="drop_flags"):
            listings.clean(spells, drop_flags={"regoinal"})

    def test_every_flag_in_the_tables_is_a_known_kind(self, api, router) -> None:
        found = pd.concat([api["flag"], router["flag"]]).str.split("|").explode()
        assert set(found.str.partition(":")[0]) - {""} == set(listings.FLAWS)

    @pytest.mark.parametrize("name", ["api_prices", "router_prices"])
    def test_no_absurd_price_is_left(self, name: str) -> None:
        kept = listings.clean(listings.intervals(tables.load(name)))
        prices = kept[[INPUT, OUTPUT]]
        assert prices.max(axis=None) <= 600
        assert prices.min(axis=None) >= 0.001
        assert (prices[OUTPUT] >= prices[INPUT]).all()
        assert not kept["listing"].str.contains(":(?:batch|thinking|exacto|extended|free)$").any()


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0, 1))
def test_a_blend_lies_between_its_prices(into: float, out: float, share: float) -> None:
    frame = pd.DataFrame({INPUT: [into], OUTPUT: [out]})
    (price,) = listings.blended(frame, output_share=share)
    assert min(into, out) - 1e-9 <= price <= max(into, out) + 1e-9


def test_the_default_blend_is_three_to_one() -> None:
    frame = pd.DataFrame({INPUT: [30.0], OUTPUT: [60.0]})
    assert listings.blended(frame).tolist() == [37.5]


class TestQuality:
    QUALITY = pd.DataFrame(
        {
            "model": ["old", "new", "new", "new", "vague"],
            "effort": ["default", "low", "high", "unknown", "unknown"],
            "ability": [-0.5, 0.2, 0.9, 1.5, 0.1],
            "standard_error": [0.1] * 5,
            "benchmarks": [9, 5, 3, 8, 4],
            "developer": ["OpenAI"] * 5,
            "released": pd.to_datetime(["2023-03-14"] * 5),
        }
    )

    def test_the_best_declared_effort_counts(self) -> None:
        best = listings.best_effort(self.QUALITY).set_index("model")
        assert best["ability"].to_dict() == {"old": -0.5, "new": 0.9, "vague": 0.1}
        any_effort = listings.best_effort(self.QUALITY, declared_first=False)
        assert any_effort.set_index("model").loc["new", "ability"] == 1.5
        enough = listings.best_effort(self.QUALITY, least_benchmarks=4).set_index("model")
        assert enough.loc["new", "ability"] == 0.2

    def test_a_spell_is_cut_where_the_alias_moves(self) -> None:
        spells = listings.intervals(events(event("2023-04-01", "gpt-4", "listed", 30, 60)))
        crosswalk = pd.DataFrame(
            {
                "list": "litellm",
                "listing": "gpt-4",
                "model": ["old", "new", ""],
                "valid_from": pd.to_datetime(["2023-04-01", "2023-06-27", "2024-06-01"]),
            }
        )
        match = listings.with_quality(spells, self.QUALITY, crosswalk)
        assert match.frame["model"].tolist() == ["old", "new"]
        assert spans(match.frame, "gpt-4") == [
            ("2023-04-01", "2023-06-27"),
            ("2023-06-27", "2024-06-01"),
        ]
        assert (match.listings, match.matched_listings, match.models) == (1, 1, 2)

    def test_a_later_pointer_does_not_reach_back(self) -> None:
        spells = listings.intervals(
            events(
                event("2023-04-01", "a", "listed", 30, 60),
                event("2023-05-01", "a", "gone"),
            )
        )
        crosswalk = pd.DataFrame(
            {
                "list": ["litellm"],
                "listing": ["a"],
                "model": ["new"],
                "valid_from": pd.to_datetime(["2023-06-27"]),
            }
        )
        assert listings.with_quality(spells, self.QUALITY, crosswalk).frame.empty

    def test_half_of_the_priced_listings_are_scored(self, api: pd.DataFrame) -> None:
        spells = listings.clean(listings.intervals(api))
        match = listings.with_quality(
            spells, tables.load("model_quality"), tables.load("model_crosswalk")
        )
        assert match.matched_listings >= 1700
        assert 0.45 <= match.matched_listings / match.listings <= 0.65
        assert match.models >= 200
        assert "listings" in str(match)

    @pytest.mark.parametrize(
        ("threshold", "day", "low", "high"),
        [
            # GPT-4 level cost 37.5 in 2023 and a thousandth of it in 2026
            ("gpt-4-0314", "2023-07-01", 37.5, 37.5),
            ("gpt-4-0314", "2024-01-01", 15, 15),
            ("gpt-4-0314", "2024-07-01", 0.175, 0.175),
            ("gpt-4-0314", "2025-01-01", 0.05, 0.11),
            ("gpt-4o-2024-05-13", "2024-07-01", 7.5, 7.5),
            ("gpt-4o-2024-05-13", "2025-01-01", 0.1, 0.2),
            ("o1-2024-12-17", "2025-01-01", 26.25, 26.25),
            ("o1-2024-12-17", "2025-07-01", 1.5, 2.2),
        ],
    )
    def test_cheapest_at_a_level(
        self, scored: pd.DataFrame, threshold: str, day: str, low: float, high: float
    ) -> None:
        least = listings.best_effort(tables.load("model_quality")).set_index("model")
        date = pd.Timestamp(day)
        live = scored[(scored["date"] <= date) & ~(scored["until"] <= date)]
        able = live[live["ability"] >= least.loc[threshold, "ability"]]
        assert low <= round(listings.blended(able).min(), 6) <= high

    def test_it_feeds_the_price_of_a_fixed_capability(self, scored: pd.DataFrame) -> None:
        models = scored.assign(price=listings.blended(scored), item=scored["model"])
        found = price_index.fixed_capability(models, score="ability", threshold=-0.1)
        assert found.series.iloc[0] > 5
        assert found.reduction_per_year > 3


class TestChanges:
    def test_a_change_has_a_ratio_and_a_direction(self) -> None:
        changes = listings.price_changes(
            events(
                event("2024-01-01", "a", "listed", 10, 30),
                event("2024-02-01", "a", "changed", 5, 15),
                event("2024-03-01", "a", "changed", 6, 12),
                event("2024-04-01", "a", "changed", 6, 18),
                event("2024-05-01", "a", "gone"),
                event("2024-06-01", "a", "listed", 1, 1),
            )
        )
        assert changes["direction"].tolist() == ["cut", "mixed", "raise"]
        assert changes["ratio"].tolist() == [0.5, 1.0, 1.2]
        assert changes["days"].tolist() == [31, 29, 31]

    def test_a_flag_alone_is_no_change(self) -> None:
        changes = listings.price_changes(
            events(
                event("2024-01-01", "a", "listed", 10, 30),
                event("2024-02-01", "a", "changed", 10, 30, flag="withdrawn"),
            )
        )
        assert changes.empty

    @pytest.mark.parametrize(
        ("reason", "prices"),
        [
            ("", [(2, 4), (1, 2)]),
            ("rounding", [(1.00002, 5.99998), (1, 6)]),
            ("slipped_point", [(2, 4), (0.2, 0.4)]),
        ],
    )
    def test_one_listing(self, reason: str, prices: list[tuple[float, float]]) -> None:
        (before, after) = prices
        rows = [
            event("2024-01-01", "a", "listed", *before),
            event("2024-02-01", "a", "changed", *after),
        ]
        (found,) = listings.screen_changes(listings.price_changes(events(*rows)))["reason"]
        assert found == reason

    def test_gpt_5_5_pro_was_typed_twice_too_dear_and_is_no_cut(self, api: pd.DataFrame) -> None:
        changes = listings.price_changes(api)
        assert not (changes["listing"] == "gpt-5.5-pro").any()

    def test_a_flag_on_either_side_takes_a_change_out(self) -> None:
        rows = [
            event("2024-01-01", "a", "listed", 9, 9, flag="unit_error:x"),
            event("2024-02-01", "a", "changed", 1, 2),
        ]
        (found,) = listings.screen_changes(listings.price_changes(events(*rows)))["reason"]
        assert found == "flagged"

    def test_a_change_that_is_taken_back_is_two_mistakes(self) -> None:
        rows = [
            event("2024-01-01", "a", "listed", 1, 2),
            event("2024-02-01", "a", "changed", 3, 5),
            event("2024-03-01", "a", "changed", 1, 2),
            event("2025-06-01", "a", "changed", 3, 5),
        ]
        screened = listings.screen_changes(listings.price_changes(events(*rows)))
        assert screened["reason"].tolist() == ["reversed", "reversed", ""]

    def test_an_alias_that_moves_is_no_change_of_price(self) -> None:
        rows = [
            event("2024-05-13", "gpt-4o", "listed", 5, 15, model="gpt-4o-2024-05-13"),
            event("2024-10-09", "gpt-4o", "changed", 2.5, 10, model="gpt-4o-2024-08-06"),
        ]
        (found,) = listings.screen_changes(listings.price_changes(events(*rows)))["reason"]
        assert found == "alias_moved"

    def test_a_host_that_edits_all_its_prices_by_one_ratio(self) -> None:
        rows = [event("2024-01-01", f"{n}", "listed", n, 2 * n) for n in range(1, 7)]
        rows += [event("2024-02-01", f"{n}", "changed", 1.06 * n, 2.12 * n) for n in range(1, 7)]
        changes = listings.price_changes(events(*rows))
        assert set(listings.screen_changes(changes)["reason"]) == {"bulk"}
        assert set(listings.screen_changes(changes, bulk=7)["reason"]) == {""}

    def test_two_names_of_a_model_count_once(self) -> None:
        rows = [
            event(day, name, kind, *price, model="o3")
            for name in ("o3", "o3-2025-04-16")
            for day, kind, price in [
                ("2025-04-30", "listed", (10, 40)),
                ("2025-06-28", "changed", (2, 8)),
            ]
        ]
        screened = listings.screen_changes(listings.price_changes(events(*rows)))
        assert sorted(screened["reason"]) == ["", "same_model"]

    def test_a_copied_router_is_not_counted_but_the_router_itself_is(self) -> None:
        def moved(name: str) -> list[dict[str, object]]:
            return [
                event("2024-01-01", "a", "listed", 1, 2, name=name, host="openrouter"),
                event("2024-02-01", "a", "changed", 2, 3, name=name, host="openrouter"),
            ]

        rows = moved("litellm") + moved("openrouter")
        screened = listings.screen_changes(listings.price_changes(events(*rows)))
        reasons = dict(zip(screened["list"], screened["reason"], strict=True))
        assert reasons == {"litellm": "endpoint", "openrouter": ""}

    def test_moves_add_up_on_both_panels(self, api: pd.DataFrame, router: pd.DataFrame) -> None:
        for table in (api, router):
            changes = listings.price_changes(table)
            screened = listings.screen_changes(changes)
            moves = listings.raises_and_cuts(screened)
            kept = screened[screened["reason"] == ""]
            mixed = int((kept["direction"] == "mixed").sum())
            assert moves.raises + moves.cuts + mixed + moves.removed == len(changes)
            assert moves.reasons.sum() == moves.removed
            assert moves.removed > 200
            assert 0 < moves.share_raised < 0.5

    def test_redirected_slugs_of_xai_are_no_wave_of_raises(self, api: pd.DataFrame) -> None:
        screened = listings.screen_changes(listings.price_changes(api))
        xai = screened[(screened["host"] == "xai") & (screened["direction"] == "raise")]
        assert len(xai) >= 10
        assert not (xai["reason"] == "").any()

    def test_lists_are_never_differenced_against_each_other(self) -> None:
        rows = [
            event("2024-10-17", "gpt-4o", "listed", 5, 15, name="tokencost"),
            event("2024-11-28", "gpt-4o", "listed", 2.5, 10, name="litellm"),
        ]
        assert listings.price_changes(events(*rows)).empty


class TestFrontier:
    SPELLS = pd.DataFrame(
        {
            "list": "litellm",
            "listing": ["o", "a", "b", "c"],
            "host": ["openai", "anthropic", "bedrock", "novita"],
            "developer": ["OpenAI", "Anthropic", "Anthropic", "Meta"],
            "model": ["gpt", "claude", "claude", "llama"],
            "ability": [0.0, 1.0, 1.0, 0.5],
            "standard_error": 0.1,
            "date": pd.to_datetime(["2024-01-01", "2024-03-01", "2024-03-01", "2024-05-01"]),
            "until": pd.to_datetime([None, "2024-06-01", "2024-06-01", None]),
            INPUT: [1.0, 4.0, 2.0, 0.5],
            OUTPUT: [1.0, 4.0, 2.0, 0.5],
        }
    )

    def test_the_best_model_on_sale_at_its_developers_price(self) -> None:
        days = pd.to_datetime(["2023-12-01", "2024-02-01", "2024-04-01", "2024-07-01"])
        found = listings.frontier_price(self.SPELLS, days)
        assert found["model"].tolist() == ["gpt", "claude", "llama"]
        assert found["price"].tolist() == [1.0, 4.0, 0.5]
        assert found["first_party"].tolist() == [True, True, False]

    def test_launches_are_records_at_their_first_price(self) -> None:
        found = listings.frontier_launches(self.SPELLS)
        assert found["model"].tolist() == ["gpt", "claude"]
        assert found["host"].tolist() == ["openai", "anthropic"]

    def test_records_of_the_real_panel_only_rise(self, scored: pd.DataFrame) -> None:
        found = listings.frontier_launches(scored)
        assert found["ability"].is_monotonic_increasing
        assert found["model"].iloc[0] == "gpt-4-0314"
        assert {"o1-2024-12-17", "gpt-5-2025-08-07", "claude-fable-5"} <= set(found["model"])


class TestPanel:
    def test_prices_on_the_first_of_each_month(self) -> None:
        spells = listings.intervals(
            events(
                event("2024-01-15", "a", "listed", 1, 1),
                event("2024-02-15", "a", "changed", 2, 2),
                event("2024-04-01", "a", "gone"),
            )
        )
        panel = listings.matched_panel(spells)
        assert [f"{day:%Y-%m}" for day in panel["period"]] == ["2024-02", "2024-03"]
        assert panel["price"].tolist() == [1, 2]
        assert set(panel["item"]) == {"litellm|a"}

    def test_it_feeds_a_multilateral_index(self, router: pd.DataFrame) -> None:
        spells = listings.clean(listings.intervals(router))
        panel = listings.matched_panel(spells[spells["date"] < "2025-01-01"], freq="QS")
        index = price_index.multilateral(panel, method="geks_jevons")
        assert index.series.iloc[0] == 1
        assert (index.series > 0).all()
