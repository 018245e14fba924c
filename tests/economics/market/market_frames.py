"""Small tables with known growth, in the columns of the real ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.economics.market.series import Series


def quarters(n: int = 14, first: str = "2022-12-31") -> pd.DatetimeIndex:
    return pd.date_range(first, periods=n, freq="QE")


def series(level: Callable[[np.ndarray], np.ndarray], n: int = 14, name: str = "made") -> Series:
    """Levels as a function of the years since the first quarter."""
    days = quarters(n)
    years = np.asarray((days - days[0]) / pd.Timedelta(days=365.25))
    frame = pd.DataFrame({"refers_to": days, "value_usd": 1e9 * level(years), "grade": "B"})
    return Series(name, "made up", frame)


def steady(rate: float = 0.3, n: int = 14) -> Series:
    return series(lambda years: (1 + rate) ** years, n, f"steady {rate}")


def bending(change: float, n: int = 20) -> Series:
    """Log growth that changes by ``change`` a year from 0.5 on."""
    return series(lambda years: np.exp(0.5 * years + change * years**2 / 2), n, f"bend {change}")


def rounds(yearly: float, companies: tuple[str, ...] = ("OpenAI", "Other")) -> pd.DataFrame:
    """One round a company in the middle of each quarter of 2023 to 2026Q1."""
    days = pd.date_range("2023-02-01", "2026-02-01", freq="3MS") + pd.Timedelta(days=14)
    years = np.asarray((days - days[0]) / pd.Timedelta(days=365.25))
    parts = [
        pd.DataFrame(
            {
                "dataset": "Epoch AI", "company": name, "status": "closed", "kind": "primary",
                "equity_usd": 1e9 * yearly**years, "grade": "A", "refers_to": days,
            }
        )
        for name in companies
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def article() -> pd.DataFrame:
    cells = {
        "Cloud AI Infrastructure Spend": (65, 45),
        "Enterprise AI Software (API-based)": (80, 60),
        "Consumer AI App Revenue": (120, 70),
        "AI Chip Startup Funding": (4.2e9, 6.5e9),
    }
    return pd.DataFrame(
        [
            {"table": 3, "row": row, "column": column, "value_low": float(value)}
            for row, pair in cells.items()
            for column, value in zip(("growth_2023", "growth_2024_2025"), pair, strict=True)
        ]
    )
