"""Dated copies become change events, and no event rests on a later copy."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.sources import api_prices, price_lists, price_snapshots
from analysis.sources.price_flags import Offer
from analysis.sources.price_lists import Facts, Release
from analysis.sources.sidecar import Snapshots

DATA = Path(__file__).resolve().parents[2] / "data"
PRICE = ["input_usd_per_million_tokens", "output_usd_per_million_tokens"]


def release(day: str, *offers: Offer) -> Release:
    return Release("litellm", f"litellm {day}", day, offers)


def sold(listing: str, into: float | None, out: float | None, **more) -> Offer:
    return Offer(listing, more.pop("host", "openai"), more.pop("mode", "chat"), into, out, **more)


def rows(events: pd.DataFrame, listing: str) -> list[tuple]:
    chosen = events[events["listing"] == listing]
    cells = chosen[["refers_to", "event", *PRICE, "flag"]].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def test_listed_changed_gone_and_listed_again() -> None:
    copies = [
        release("2024-01-01", sold("a", 1, 2)),
        release("2024-02-01", sold("a", 1, 2)),
        release("2024-03-01", sold("a", 0.5, 1)),
        release("2024-04-01", sold("b", 1, 1)),
        release("2024-05-01", sold("a", 0.5, 1), sold("b", 1, 1)),
    ]
    assert rows(price_lists.events(reversed(copies), Facts()), "a") == [
        ("2024-01-01", "listed", 1.0, 2.0, ""),
        ("2024-03-01", "changed", 0.5, 1.0, ""),
        ("2024-04-01", "gone", None, None, ""),
        ("2024-05-01", "listed", 0.5, 1.0, ""),
    ]


def test_zero_and_non_text_prices_are_left_empty_and_flagged() -> None:
    copies = [
        release("2024-01-01", sold("a", 0, 0), sold("b", 5, 20, mode="realtime")),
        release("2024-02-01", sold("a", 1, 2), sold("b", 6, 24, mode="realtime")),
    ]
    events = price_lists.events(copies, Facts())
    assert rows(events, "a") == [
        ("2024-01-01", "listed", None, None, "free_or_local"),
        ("2024-02-01", "changed", 1.0, 2.0, ""),
    ]
    assert rows(events, "b") == [("2024-01-01", "listed", None, None, "non_text")]


def test_an_earlier_published_price_is_stale_from_the_day_of_the_new_one() -> None:
    facts = Facts({("openai", "gpt-4o"): [("2024-05-13", 5, 15), ("2024-10-02", 2.5, 10)]})
    copies = [
        release("2024-06-01", sold("gpt-4o", 5, 15)),
        release("2024-10-01", sold("gpt-4o", 5, 15)),
        release("2024-10-17", sold("gpt-4o", 5, 15)),
        release("2024-11-16", sold("gpt-4o", 2.5, 10)),
    ]
    assert rows(price_lists.events(copies, facts), "gpt-4o") == [
        ("2024-06-01", "listed", 5.0, 15.0, ""),
        ("2024-10-17", "changed", 5.0, 15.0, "stale"),
        ("2024-11-16", "changed", 2.5, 10.0, ""),
    ]


def test_a_listing_is_withdrawn_from_the_day_the_list_or_a_closure_says() -> None:
    facts = Facts(closures={"anyscale": "2024-08-01"})
    copies = [
        release(day, sold("a", 1, 2, ends="2024-09-01"), sold("b", 1, 2, host="anyscale"))
        for day in ("2024-07-25", "2024-08-15", "2024-10-17")
    ]
    events = price_lists.events(copies, facts)
    assert [row[0] for row in rows(events, "a")] == ["2024-07-25", "2024-10-17"]
    assert [row[0] for row in rows(events, "b")] == ["2024-07-25", "2024-08-15"]
    assert set(events.loc[events["event"] == "changed", "flag"]) == {"withdrawn"}


def test_slugs_that_meet_at_one_price_from_both_sides_are_redirected() -> None:
    before = [sold("x/old-mini", 0.3, 0.5), sold("x/old", 3, 15), sold("x/old-fast-1", 0.2, 0.5)]
    after = [sold(offer.listing, 1.25, 2.5) for offer in before]
    now = sold("x/new", 1.25, 2.5)
    copies = [release("2026-08-22", now, *before), release("2026-09-29", now, *after)]
    events = price_lists.events(copies, Facts())
    changed = events[events["event"] == "changed"]
    assert len(changed) == 3
    assert set(changed["flag"]) == {"alias_roll"}


def test_cuts_to_one_price_are_no_redirection() -> None:
    before = [sold("x/a", 3, 15), sold("x/b", 4, 16), sold("x/c", 5, 20)]
    after = [sold(offer.listing, 1.25, 2.5) for offer in before]
    now = sold("x/new", 1.25, 2.5)
    copies = [release("2026-08-22", now, *before), release("2026-09-29", now, *after)]
    events = price_lists.events(copies, Facts())
    assert set(events["flag"]) == {""}


@pytest.mark.parametrize("day", ["2023-12-14", "2024-10-17", "2025-06-28", "2026-09-29"])
def test_events_up_to_a_day_are_those_of_the_copies_up_to_that_day(day: str) -> None:
    snapshots = Snapshots(DATA)
    facts = price_lists.facts(snapshots)
    for source in api_prices.SOURCES:
        copies = price_snapshots.releases(source.UPSTREAM, snapshots, source.offers)
        known = [copy for copy in copies if copy.released <= day]
        if not known:
            continue
        full = price_lists.events(copies, facts)
        past = full[full["refers_to"] <= day].reset_index(drop=True)
        order = ["listing", "refers_to"]
        now = price_lists.events(known, facts).sort_values(order, ignore_index=True)
        pd.testing.assert_frame_equal(now, past.sort_values(order, ignore_index=True))


def test_a_literal_is_read_without_running_the_file(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    source = f"open({str(mark)!r}, 'w')\nPRICES = {{'a': 1.5e-06}}\n".encode()
    assert price_lists.literal(source, "PRICES", "x.py") == {"a": 1.5e-06}
    assert not mark.exists()


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"PRICES = {'a': f()}", "not a literal"),
        (b"OTHER = {}", "assigns no dict"),
        (b"PRICES = 3", "assigns no dict"),
        (b"PRICES = {", "is not Python"),
    ],
)
def test_what_is_no_literal_is_refused(source: bytes, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        price_lists.literal(source, "PRICES", "x.py")


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"a": 3}', b"{"])
def test_a_list_that_is_no_mapping_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match=r"prices\.json"):
        price_lists.parse(content, "prices.json")
