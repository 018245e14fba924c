"""What is on sale when: lists side by side, flags, the newest copy."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.prices import panels as price_panels
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, events, history, panel, quality

SCORES = quality(("m", "2023-01-01", 1.0), ("n", "2023-01-01", 2.0))
BLEND = 1.75  # of an output price four times the input price, three to one


def _walk() -> pd.DataFrame:
    both = [crosswalk(("m", "m", "2023-01-01"), ("n", "n", "2023-01-01"), name=name)
            for name in ("litellm", "tokencost")]  # fmt: skip
    return pd.concat(both, ignore_index=True)


def _copies(name: str, *days: str) -> list[dict[str, object]]:
    return history("c", *((day, 1 + i / 1000) for i, day in enumerate(days)), host="x", name=name,
                   flag="non_text")  # fmt: skip


def test_the_list_with_the_newest_copy_speaks() -> None:
    frame = events(
        history("m", ("2024-01-10", 4.0)),
        history("m", ("2024-01-20", 2.0), name="tokencost"),
        _copies("tokencost", "2024-02-15"),
        through="2024-03-31",
    )
    frame = frame[(frame["listing"] != "copies") | (frame["list"] == "litellm")]
    frame.attrs["observed_through"] = "2024-03-31"
    found = panel(frame, SCORES, _walk()).offers("2024-01-01").set_index("month")
    # litellm is copied on each month end, tokencost on 20 January and 15 February
    assert found.loc["2024-01-31", "list"] == "litellm"
    assert found.loc["2024-01-31", "price"] == pytest.approx(4 * BLEND)
    days = pd.DatetimeIndex(["2024-01-25", "2024-02-20"])
    between = panel(frame, SCORES, _walk())
    live = between.live(between.spells, days).set_index("month")
    assert live["list"].tolist() == ["tokencost", "tokencost"]
    assert live["price"].tolist() == pytest.approx([2 * BLEND, 2 * BLEND])


def test_what_only_an_older_list_names_stays() -> None:
    frame = events(
        history("m", ("2024-01-10", 4.0)), history("n", ("2024-01-20", 2.0), name="tokencost")
    )
    found = panel(frame, SCORES, _walk()).offers("2024-02-01", "2024-02-29")
    assert found["model"].tolist() == ["n", "m"]


def test_flagged_rows_are_left_out() -> None:
    flawed = history("m", ("2024-01-10", 4.0), flag="per_character")
    frame = events(flawed, history("n", ("2024-01-10", 9.0)))
    found = panel(frame, SCORES, _walk())
    assert set(found.spells["model"]) == {"n"}
    assert set(found.listings["listing"]) == {"n"}


def test_a_listing_is_gone_on_the_day_it_ends() -> None:
    frame = events(history("m", ("2024-01-10", 4.0), ("2024-03-31", None)))
    found = panel(frame, SCORES, _walk()).offers()
    assert found["month"].dt.strftime("%Y-%m").tolist() == ["2024-01", "2024-02"]


def test_one_row_a_model_and_host_the_cheapest_listing() -> None:
    walk = crosswalk(("m", "m", "2023-01-01"), ("m-eu", "m", "2023-01-01"))
    frame = events(history("m", ("2024-01-10", 4.0)), history("m-eu", ("2024-01-10", 3.0)))
    found = panel(frame, SCORES, walk).offers("2024-01-01", "2024-01-31")
    assert found["listing"].tolist() == ["m-eu"]


def test_nothing_is_known_after_the_last_day_observed() -> None:
    frame = events(history("m", ("2024-01-10", 4.0)), through="2024-05-15")
    found = panel(frame, SCORES, _walk())
    assert found.last == pd.Timestamp("2024-05-15")
    assert found.months()[-1] == pd.Timestamp("2024-04-30")
    assert found.months(end="2024-02-10")[-1] == pd.Timestamp("2024-01-31")


def test_output_share_sets_the_blend() -> None:
    frame = events(history("m", ("2024-01-10", 4.0)))
    router = frame.drop(columns="list").assign(host="openrouter", variant="")
    router.attrs = frame.attrs
    both = price_panels.panels(frame, router, SCORES, _walk(), output_share=1.0)
    assert both["price_lists"].spells["price"].tolist() == [16.0]


def test_the_ability_of_an_unknown_model_is_an_error() -> None:
    assert price_panels.ability_of(SCORES, "n") == 2.0
    with pytest.raises(InputError, match="no ability score"):
        price_panels.ability_of(SCORES, "gpt-9")


def test_coverage_counts_models_that_are_able_enough() -> None:
    frame = events(history("m", ("2024-01-10", 4.0)), history("n", ("2024-01-10", 9.0)))
    row = price_panels.coverage({"price_lists": panel(frame, SCORES, _walk())}, 1.5).iloc[0]
    assert (row["models_with_ability"], row["models_able_enough"]) == (2, 1)
