"""Changes of free limits are told apart from first listings, and the panel has every month."""

from __future__ import annotations

from pathlib import Path

from analysis.sources import free_tiers
from tests.sources.small_data import hold

HEADER = (
    "day,provider,model,before,after,requests_per_day,requests_per_minute,"
    "tokens_per_day,tokens_per_minute\n"
)
ROWS = (
    "2026-01-10,P,m,none,limits,250,10,,\n"
    "2026-03-05,P,m,limits,limits,20,5,,\n"
    "2026-03-20,P,m,limits,none,,,,\n"
    "2026-03-24,P,m,none,limits,0,,,\n"
    "2026-05-02,P,n,none,limits,9,,,\n"
    "2026-05-30,P,n,limits,none,,,,\n"
)


def test_events_say_what_the_list_showed(tmp_path: Path) -> None:
    rows = free_tiers.free_tier_limits(hold(tmp_path, {free_tiers.LIMITS: HEADER + ROWS}))
    found = rows["event"].tolist()
    assert found == ["listed", "changed", "gone", "listed again", "listed", "gone"]


def test_the_panel_has_every_month_and_its_zeros(tmp_path: Path) -> None:
    panel = free_tiers.free_tier_panel(hold(tmp_path, {free_tiers.LIMITS: HEADER + ROWS}))
    limits = panel.set_index(["model", "month"])["requests_per_day"]
    assert limits["m"].to_dict() == {
        "2026-01": "250",
        "2026-02": "250",
        "2026-03": "0",
        "2026-04": "0",
        "2026-05": "0",
        "2026-06": "0",
    }
    assert "n" not in limits.index.get_level_values("model")  # gone at the month's end


def test_the_panel_ends_with_the_observation(tmp_path: Path) -> None:
    snapshots = hold(tmp_path, {free_tiers.LIMITS: HEADER + ROWS}, observed="2026-02-28")
    panel = free_tiers.free_tier_panel(snapshots)
    assert panel["month"].tolist() == ["2026-01", "2026-02"]
