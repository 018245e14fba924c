"""Free limits of providers of language-model APIs: dated changes, and a panel by month."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.sidecar import Snapshots

LIMITS = "snapshots/free_api_limits/limits.csv"
LIVE = "was read from the history of a repository, difference by difference"
QUOTAS = ("requests_per_day", "requests_per_minute", "tokens_per_day", "tokens_per_minute")


def free_tier_limits(snapshots: Snapshots) -> pd.DataFrame:
    """Changes as the list shows them; a first listing starts the watch, it is no change."""
    rows = snapshots.csv(LIMITS)
    day = rows["day"]
    return rows.assign(event=_events(rows), refers_to=day, known_from=day, known_basis="vintage")


def free_tier_panel(snapshots: Snapshots) -> pd.DataFrame:
    """Limits in force at the end of each month, months without a change included.

    A service is watched from its first listing to the end of the observation; a month in which
    the list did not carry it at the month's end is left out.
    """
    rows = snapshots.csv(LIMITS)
    end = snapshots.used[LIMITS].last_observed
    rows = rows[(rows["after"] == "limits") | (rows["before"] == "limits")]
    months = pd.period_range(rows["day"].min(), end, freq="M").strftime("%Y-%m")
    state = rows.assign(month=rows["day"].str[:7]).groupby(["provider", "model", "month"]).last()
    services = state.reset_index("month").index.unique()
    grid = pd.MultiIndex.from_tuples(
        [(*service, month) for service in services for month in months],
        names=state.index.names,
    )
    held = state[[*QUOTAS, "after"]].reindex(grid).groupby(["provider", "model"]).ffill()
    panel = held[held["after"] == "limits"].drop(columns="after").reset_index()
    last = (pd.PeriodIndex(panel["month"], freq="M").end_time).strftime("%Y-%m-%d")
    return panel.assign(refers_to=last, known_from=last, known_basis="vintage")


def _events(rows: pd.DataFrame) -> list[str]:
    seen: set[tuple[str, str]] = set()
    found = []
    for provider, model, before, after in zip(
        rows["provider"], rows["model"], rows["before"], rows["after"], strict=True
    ):
        again = (provider, model) in seen
        seen.add((provider, model))
        if after == "none" and before == "limits":
            found.append("gone")
        elif before == "limits":
            found.append("changed")
        else:
            found.append("listed again" if again else "listed")
    return found


def _gemini_flash_was_cut(limits: pd.DataFrame) -> bool:
    """Google cut Gemini 2.5 Flash from 250 to 20 requests a day on 6 December 2025."""
    rows = limits[limits["model"] == "Gemini 2.5 Flash"].set_index("refers_to")
    return rows["requests_per_day"].tolist() == [250.0, 20.0] and "2025-12-06" in rows.index


def _nothing_is_lost(panel: pd.DataFrame) -> bool:
    """A service stays in the panel from its first month to the last."""
    months = panel.groupby(["provider", "model"])["month"]
    span = (
        pd.PeriodIndex(months.max(), freq="M").astype("int64")
        - pd.PeriodIndex(months.min(), freq="M").astype("int64")
        + 1
    )
    return bool((months.size().to_numpy() == span.to_numpy()).all())


_SERVICE = (
    Column("provider", "text", "whose interface"),
    Column("model", "text", "model, as the list names it"),
)
_LIMITS = tuple(
    Column(name, "number", f"free {name.replace('_', ' ')}", "count", required=False, least=0)
    for name in QUOTAS
)

TABLES = [
    Table(
        name="free_tier_limits",
        title="Changes of free limits of language-model APIs, April 2025 to June 2026",
        description=(
            "A row when a public list of free interfaces first shows a model, shows other limits"
            " or drops it; it was watched daily, mostly by machine. Days are those of observation."
            " Every model dropped came back within days, so a gap is one of the list. Limits of"
            " interfaces for developers, not of consumer plans; a limit of 0 is no free use."
        ),
        build=free_tier_limits,
        key=("provider", "model", "refers_to", "event", *QUOTAS),
        columns=(
            *_SERVICE,
            Column(
                "event",
                "text",
                "what the list showed",
                allowed=("listed", "changed", "gone", "listed again"),
            ),
            *_LIMITS,
        ),
        checks=(
            Check("gemini_2.5_flash_fell_to_20", "table", "from 250", _gemini_flash_was_cut),
            rows_at_least(133),
        ),
    ),
    Table(
        name="free_tier_panel",
        title="Free limits of language-model APIs by service and month",
        description=(
            "Limits in force at the end of each month for every model that the list carried, from"
            " its first month on: months without a change are rows, so rates can be taken. A model"
            " that the list dropped for good without a row would count as unchanged."
        ),
        build=free_tier_panel,
        key=("provider", "model", "month"),
        columns=(*_SERVICE, Column("month", "text", "month (YYYY-MM)"), *_LIMITS),
        checks=(
            value_is(
                "gemini_2.0_flash_of_2025_06_allows_200_a_day",
                {"model": "Gemini 2.0 Flash", "month": "2025-06"},
                "requests_per_day",
                200,
            ),
            Check("no_month_is_missing", "table", "from the first on", _nothing_is_lost),
            rows_at_least(900),
        ),
    ),
]
